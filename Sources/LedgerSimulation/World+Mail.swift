import Foundation
import Ledger
import LedgerService
import LedgerStore
import Stripe
import StripeSimulator

extension World {
    /// Takes in what Stripe has to send; from here the seed decides when it arrives.
    func receiveMail() {
        for delivery in simulator.dueDeliveries() {
            mail.append(Letter(delivery: delivery, tenant: Int(delivery.url.split(separator: "/").last ?? "0") ?? 0))
        }
    }

    /// One webhook meets its fate: any of those on their way, so that the order is lost.
    func deliverOne() {
        guard !mail.isEmpty, !processes.isEmpty else { return }
        let letter = mail.remove(at: dice.below(mail.count))
        switch dice.pick(weighted: [(60, 0), (12, 1), (10, 2), (8, 3), (10, 4)]) {
        case 0:
            deliver(letter)
            simulator.delivered(letter.delivery.id, status: 200)
        case 1:
            // Twice, and the second time later.
            deliver(letter)
            mail.append(letter)
        case 2:
            // Taken in, but Stripe does not hear of it, and repeats it in a while.
            deliver(letter)
            simulator.delivered(letter.delivery.id, status: nil)
        case 3: simulator.delivered(letter.delivery.id, status: 500)
        default:
            // Lost for good.
            simulator.delivered(letter.delivery.id, status: 200)
        }
    }

    func deliver(_ letter: Letter) {
        let id = tenant(letter.tenant)
        let body = Data(letter.delivery.body)
        let plant = plant
        run(dice.pick(processes), "a webhook") { ledger in
            let tenant = try ledger.tenant(id)
            let event = try Event(raw: body)
            let isNew = try await ledger.store.write { transaction in
                try transaction.keepEvent(
                    event.id, type: event.type, objectID: event.objectID, createdAt: event.created ?? transaction.now,
                    body: String(decoding: event.raw, as: UTF8.self), of: tenant)
            }
            if plant == .doubledEffect, !isNew { try await Self.bookOnceMore(event, ledger, tenant) }
            try await ledger.workOffEvents(of: tenant)
        }
    }

    /// The planted bug: the money of a doubled event is booked twice.
    private static func bookOnceMore(_ event: Event, _ ledger: LedgerService, _ tenant: Tenant) async throws {
        guard event.type == "payment_intent.succeeded", let intent = try? event.object(as: PaymentIntent.self) else { return }
        try await ledger.store.write { transaction in
            guard let number = intent.metadata["ledger_folio"].flatMap({ Int64($0) }),
                let folio = try transaction.folio(number: number, of: tenant),
                let posting = Posting.payment(
                    Money(minorUnits: intent.amountReceived, currency: tenant.currency), folio: folio.reference,
                    on: transaction.now.day(in: tenant.timeZone), intent: intent.id)
            else { return }
            _ = try transaction.post(posting, folio: folio, by: "stripe", to: tenant)
        }
    }
}
