import Foundation
import JSON
import Ledger
import LedgerAPI
import LedgerService
import LedgerStore
import StripeSimulator
import WebServer

/// A webhook on its way to a hotel's ledger.
struct Letter {
    let delivery: WebhookDelivery
    let hotel: Int
}

extension World {
    /// Takes in what Stripe has to send; from here the seed decides when it arrives.
    func receiveMail() {
        if size.has(.events), dice.chance(3) {
            order("webhooks", ["disorder": [.text(dice.pick(["old_api_version", "thin", "foreign_account", "other_livemode"]))]])
        }
        for delivery in simulator.dueDeliveries() {
            mail.append(Letter(delivery: delivery, hotel: Int(delivery.url.split(separator: "/").last ?? "0") ?? 0))
        }
    }

    /// One webhook meets its fate: any of those on their way, so that the order is lost.
    func deliverOne() {
        guard !mail.isEmpty else { return }
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

    /// A letter comes through the API, signed afresh as Stripe signs every attempt, and is worked off.
    func deliver(_ letter: Letter) {
        let hotel = hotels[letter.hotel]
        guard !house(of: hotel).processes.isEmpty else { return }
        if plant == .goneUnheard, Plant.isOfEnd(JSON(parsing: letter.delivery.body) ?? .null) { return }
        let message = plant?.spoil(letter.delivery.body) ?? letter.delivery.body
        let kind = Self.kind(of: message)
        if let kind { count(kind) }
        let request = HTTPRequest(
            method: "POST", target: "/stripe/webhooks/\(hotel.id)",
            headers: [(name: "Stripe-Signature", value: signature(message, hotel.webhookSecret))], body: message)
        let process = dice.pick(house(of: hotel).processes)
        run(process, "a webhook") { [self] ledger in
            guard let response = await process.api.answer(request), !process.isDead, case .bytes(let body) = response.body else { return }
            if response.status != 200 {
                find(.webhook, hotel.id, "\(kind.map { "\($0.rawValue): " } ?? "")\(String(decoding: body, as: UTF8.self))")
            }
            if plant == .doubledEffect, JSON(parsing: body)?["known"] == true { try await bookOnceMore(letter, process) }
            try await ledger.workOffEvents(of: try ledger.tenant(hotel.id))
        }
    }

    private static func kind(of body: [UInt8]) -> Kind? {
        let text = String(decoding: body, as: UTF8.self)
        if text.contains("\"v2.core.event\"") { return .thinEvent }
        if text.contains("\"acct_1SimulatorStranger\"") { return .foreignAccount }
        if text.contains("\"api_version\":\"2020-08-27\"") { return .oldVersion }
        return text.contains("\"livemode\":true,\"pending_webhooks\"") ? .otherMode : nil
    }

    /// The planted bug: the money of a doubled event is booked twice.
    private func bookOnceMore(_ letter: Letter, _ process: Process) async throws {
        let event = JSON(parsing: letter.delivery.body)
        let intent = event?["data"]?["object"] ?? .null
        guard event?["type"] == "payment_intent.succeeded", let id = intent["id"]?.textValue, let origin = belongings.intents[id],
            stays[origin.stay].hotel == letter.hotel
        else { return }
        let (reference, received) = (stays[origin.stay].reference, Int64(intent["amount_received"]?.intValue ?? 0))
        let tenant = try process.ledger.tenant(hotels[letter.hotel].id)
        try await process.file.write(of: tenant) { book in
            guard let folio = try book.folio(reference),
                let posting = Posting.payment(
                    Money(minorUnits: received, currency: tenant.currency), folio: folio.reference,
                    on: book.now.day(in: tenant.timeZone), intent: id)
            else { return }
            _ = try book.post(posting, folio: folio, by: "stripe")
        }
    }
}
