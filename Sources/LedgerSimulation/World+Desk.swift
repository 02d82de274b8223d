import Foundation
import JSON
import Ledger
import LedgerService
import LedgerStore
import Stripe

extension World {
    private func euros(_ cents: Int) -> Money { Money(minorUnits: Int64(cents), currency: .eur) }

    /// Somebody at a desk does what somebody at a desk does.
    func deskActs() {
        let process = dice.pick(processes)
        if let index = stays.firstIndex(where: { !$0.isOpened }), dice.chance(22) { return open(index, process) }
        let opened = stays.indices.filter { stays[$0].isOpened }
        guard !opened.isEmpty else { return }
        let stay = stays[dice.pick(opened)]
        guard let view = try? process.ledger.folio(stay.reference, of: tenant(stay.tenant)) else { return }
        switch view.folio.state {
        case .open: actOnOpen(stay, view, process)
        case .closing, .awaitingGuest: pressAgain(stay, process)
        case .checkedOut, .cancelled, .noShow: if dice.chance(25) { giveBack(stay, view, process) }
        }
    }

    private func open(_ index: Int, _ process: Process) {
        stays[index].isOpened = true
        let stay = stays[index]
        let today = clock.now.day(in: TimeZone(identifier: "Europe/Berlin")!)
        let arrival = today.adding(days: dice.pick([0, 0, 0, 1, 2, 9]))
        let isDirect = dice.chance(30)
        let amount = dice.pick([10_000, 20_000, 30_000, 500])
        if isDirect { stays[index].prepaid = Int64(amount) }
        if stay.tenant == 0, dice.chance(30) { stays[index].method = isDirect ? dice.pick([.klarna, .sofort]) : .klarna }
        var new = NewFolio(
            reference: stay.reference, guest: .init(name: "Guest \(index)", email: nil, language: "en"), arrival: arrival,
            departure: arrival.adding(days: 1 + dice.below(4)), mode: isDirect ? .direct : .reserved, amount: euros(amount))
        new.method = stays[index].method
        let id = tenant(stay.tenant)
        run(process, "opening \(stay.reference)") { [new] ledger in _ = try await ledger.openFolio(new, of: id, by: "desk") }
    }

    private func actOnOpen(_ stay: Stay, _ view: FolioView, _ process: Process) {
        let (id, reference) = (tenant(stay.tenant), stay.reference)
        switch dice.pick(weighted: [(40, 0), (5, 1), (4, 2), (26, 3), (4, 4), (2, 5), (5, 6), (6, 7), (5, 8)]) {
        case 0:
            let price = euros(dice.pick([30, 700, 4_750, 10_700, 21_400]))
            run(process, "a line on \(reference)") {
                _ = try await $0.addLine(
                    .free(category: .lodging, description: "Night", quantity: 1, unitAmount: price), to: reference, of: id, by: "desk")
            }
        case 1:
            guard let line = view.lines.first(where: { $0.kind == .charge }) else { return }
            let amount = euros(100)
            run(process, "an allowance on \(reference)") {
                _ = try await $0.allow(amount, on: line.number, reason: "noise", of: reference, of: id, by: "desk")
            }
        case 2:
            guard let line = view.lines.last(where: { $0.kind == .charge }) else { return }
            run(process, "a reversal on \(reference)") {
                _ = try await $0.reverse(line: line.number, reason: "mistake", of: reference, of: id, by: "desk")
            }
        case 3: checkOut(stay, process)
        case 4:
            let fee = euros(dice.pick([0, 2_000]))
            run(process, "cancelling \(reference)") { _ = try await $0.cancel(reference, fee: fee, reason: "ill", of: id, by: "desk") }
        case 5:
            let fee = euros(10_700)
            run(process, "no-show of \(reference)") {
                _ = try await $0.recordNoShow(reference, fee: fee, reason: "did not come", of: id, by: "desk")
            }
        case 6:
            guard let hold = view.holds.last else { return }
            run(process, "releasing a hold of \(reference)") {
                _ = try await $0.releaseHold(hold.number, of: reference, of: id, by: "desk")
            }
        case 7:
            let amount = euros(dice.pick([15_000, 25_000]))
            run(process, "asking for a hold on \(reference)") {
                _ = try await $0.askForHold(amount, on: reference, of: id, by: "desk")
            }
        default: giveBack(stay, view, process)
        }
    }

    func checkOut(_ stay: Stay, _ process: Process) {
        let (id, reference) = (tenant(stay.tenant), stay.reference)
        if plant == .sentUnstored { return chargeUnstored(stay, process) }
        guard let plan = try? process.ledger.checkOutPreview(reference, of: id).plan else { return }
        run(process, "check-out of \(reference)") { _ = try await $0.checkOut(reference, plan: plan.id, of: id, by: "desk") }
    }

    /// The planted bug: straight to Stripe.
    private func chargeUnstored(_ stay: Stay, _ process: Process) {
        let (wire, key) = (Wire(world: self, process: process), Secret(key(stay.tenant))!)
        run(process, "a charge past the file") { _ in
            let request = StripeRequest(
                method: "POST", path: "/v1/payment_intents",
                body: "amount=4330&currency=eur&confirm=true&payment_method=pm_card_visa&payment_method_types%5B0%5D=card")
            _ = await StripeClient(key: key, baseURL: "http://stripe", transport: wire).perform(request, key: "unstored")
        }
    }

    /// The same button once more, by somebody who did not see that it is being carried out.
    private func pressAgain(_ stay: Stay, _ process: Process) {
        let (id, reference) = (tenant(stay.tenant), stay.reference)
        let plan = try? process.file.read { transaction in
            try transaction.tenant(id).flatMap { tenant in
                try transaction.folio(reference, of: tenant).flatMap { try transaction.checkOuts(of: $0, of: tenant).last?.plan }
            }
        }
        guard let plan = plan ?? nil else { return }
        run(process, "check-out of \(reference), again") { _ = try await $0.checkOut(reference, plan: plan, of: id, by: "desk") }
    }

    private func giveBack(_ stay: Stay, _ view: FolioView, _ process: Process) {
        guard let payment = view.payments.last(where: { $0.state == .succeeded && $0.refundable > 0 }) else { return }
        let (id, reference) = (tenant(stay.tenant), stay.reference)
        let amount = euros(min(Int(payment.refundable), dice.pick([500, 2_000, 50_000])))
        let bill: Ledger.Refund.BillChoice? = view.folio.state != .open ? nil : amount.minorUnits <= 500 ? .lower : .unchanged
        run(process, "a refund of \(reference)") {
            _ = try await $0.refund(
                payment: payment.number, amount: amount, reason: "goodwill", bill: bill, of: reference, of: id, by: "desk")
        }
    }

    // MARK: - Guests

    private static let cards = [
        (60, "4242424242424242"),
        // Saved, and refused whenever it is charged.
        (12, "4000000000000341"),
        // Asks for the guest each time.
        (8, "4000002760003184"),
        (8, "4000000000009995"),
        // Refunds to it fail, or take their time.
        (5, "4000000000005126"), (4, "4000000000007726"),
        // Its bank contests the charge.
        (3, "4000000000000259"),
    ]

    /// A guest uses a page that was sent at any time, also one that is long over.
    func guestActs() {
        for index in stays.indices where stays[index].isOpened {
            guard let url = try? processes.first?.ledger.folio(stays[index].reference, of: tenant(stays[index].tenant)).folio.pageURL,
                let session = url.firstMatch(of: /cs_[A-Za-z0-9_]+/).map({ String($0.0) }), !stays[index].pages.contains(session)
            else { continue }
            stays[index].pages.append(session)
        }
        let invited = stays.indices.filter { !stays[$0].pages.isEmpty }
        guard !invited.isEmpty else { return }
        let stay = stays[dice.pick(invited)]
        let page = dice.chance(80) ? stay.pages[stay.pages.count - 1] : dice.pick(stay.pages)
        // The rest of a stay is taken by card when its own method is not offered any more.
        let method: (String, JSON) =
            stay.method != .card && dice.chance(80)
            ? ("method", .text(stay.method.rawValue)) : ("card", .text(dice.pick(weighted: Self.cards)))
        order("checkout/\(page)/pay", .object([method, ("authentication", dice.chance(90) ? "succeed" : "fail")]))
    }
}
