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
        if let index = stays.firstIndex(where: { !$0.isOpened }), dice.chance(22) {
            return open(index, dice.pick(houses[hotel(of: stays[index]).house].processes))
        }
        let opened = stays.indices.filter { stays[$0].isOpened }
        guard !opened.isEmpty else { return }
        let stay = stays[dice.pick(opened)]
        let process = dice.pick(house(of: hotel(of: stay)).processes)
        guard let view = try? process.ledger.folio(stay.reference, of: hotel(of: stay).id) else { return }
        switch view.folio.state {
        case .open where stay.lateOf != nil: actOnLate(stay, view, process)
        case .open: actOnOpen(stay, view, process)
        case .closing, .awaitingGuest: pressAgain(stay, process)
        case .checkedOut, .cancelled, .noShow: actOnClosed(stay, view, process)
        }
    }

    private func actOnClosed(_ stay: Stay, _ view: FolioView, _ process: Process) {
        if dice.chance(25) { giveBack(stay, view, process) }
    }

    private func open(_ index: Int, _ process: Process) {
        stays[index].isOpened = true
        let stay = stays[index]
        let hotel = hotel(of: stay)
        if sharesAccount(hotel), hotel.house == 1 { count(.secondLedger) }
        let arrival = today.adding(days: dice.pick([0, 0, 0, 1, 2, 9]))
        let isLong = size.has(.cover) && dice.chance(45)
        let isDirect = dice.chance(isLong ? 5 : 30)
        let amount = dice.pick([10_000, 20_000, 30_000, 500])
        stays[index].amount = Int64(amount)
        if isDirect { stays[index].prepaid = Int64(amount) }
        if hotel.account != 1, !isLong, dice.chance(30) { stays[index].method = isDirect ? dice.pick(["klarna", "sofort"]) : "klarna" }
        let departure = arrival.adding(days: isLong ? nightsOfLongStay() : 1 + dice.below(4))
        (stays[index].isLong, stays[index].departure) = (isLong, departure)
        if size.has(.cover), isLong || dice.chance(20) { stays[index].card = newCard(of: stays[index]) }
        let opening = Self.opening(stays[index], arrival: arrival, departure: departure, isDirect: isDirect, amount: amount)
        ask(.open, of: stay, "", opening, at: process)
    }

    var today: Day { clock.now.day(in: Promised.zone) }

    static func opening(_ stay: Stay, arrival: Day, departure: Day, isDirect: Bool, amount: Int) -> JSON {
        [
            "reference": .text(stay.reference), "guest": ["name": .text("Guest \(stay.index)"), "language": "en"],
            "arrival": .text(arrival.description), "departure": .text(departure.description),
            "payment": ["mode": isDirect ? "direct" : "reserved", "method": .text(stay.method), "amount": .int(amount)],
        ]
    }

    private func actOnOpen(_ stay: Stay, _ view: FolioView, _ process: Process) {
        let (id, reference) = (hotel(of: stay).id, stay.reference)
        let path = "/\(reference)"
        if view.refunds.contains(where: \.isUndecided), plant == .asideTaken || dice.chance(15) { return decide(stay, view, process) }
        // Whoever stays for long is seldom asked to leave.
        if stay.isLong, today < view.folio.departure, dice.chance(60), desk(renews: stay, view, process) { return }
        switch dice.pick(weighted: [(40, 0), (5, 1), (4, 2), (26, 3), (4, 4), (2, 5), (5, 6), (6, 7), (8, 8), (3, 9)]) {
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
            ask(.end, of: stay, path + "/cancellation", ["fee": .int(dice.pick([0, 2_000])), "reason": "ill"], at: process)
        case 5: ask(.end, of: stay, path + "/no-show", ["fee": 10_700, "reason": "did not come"], at: process)
        case 6:
            guard let hold = view.holds.last else { return }
            ask(.release, of: stay, path + "/holds/\(hold.number)/release", at: process)
        case 7:
            let amount = dice.pick([15_000, 25_000]) + serial(of: stay)
            ask(.hold(amount: Int64(amount)), of: stay, path + "/holds", ["amount": .int(amount)], at: process)
        case 9:
            let amount = dice.pick([1_000, 8_000]) + serial(of: stay)
            stays[stay.index].askedToPay += Int64(amount)
            ask(.payment(amount: Int64(amount)), of: stay, path + "/payments", ["amount": .int(amount)], at: process)
        default: giveBack(stay, view, process)
        }
    }

    /// Somebody says what becomes of a bill that stayed as it was when money went back.
    private func decide(_ stay: Stay, _ view: FolioView, _ process: Process) {
        // The planted bug: it is taken again, and nobody has said so.
        if plant == .asideTaken, let refund = view.refunds.first(where: \.isUndecided) {
            ask(
                .decision(takesAgain: 0), of: stay, "/\(stay.reference)/refunds/\(refund.number)/decision", ["bill": "charge_again"],
                at: process)
            return
        }
        guard let refund = view.refunds.first(where: \.isUndecided) else { return }
        decide(stay, refund, lowers: dice.chance(50), process)
    }

    func decide(_ stay: Stay, _ refund: Ledger.Refund, lowers: Bool, _ process: Process) {
        count(lowers ? .decidedLower : .decidedAgain)
        ask(
            .decision(takesAgain: lowers ? 0 : refund.amount.minorUnits), of: stay, "/\(stay.reference)/refunds/\(refund.number)/decision",
            ["bill": lowers ? "lowered" : "charge_again"], at: process)
    }

    func serial(of stay: Stay) -> Int {
        stays[stay.index].serial += 1
        return stays[stay.index].serial
    }

    func checkOut(_ stay: Stay, _ process: Process) {
        if plant == .sentUnstored { return chargeUnstored(stay, process) }
        guard let plan = try? process.ledger.checkOutPreview(stay.reference, of: hotel(of: stay).id).plan else { return }
        press(stay, plan.id, process)
    }

    /// The button, and sometimes the same button on the other screen: another key, and the same wish.
    private func press(_ stay: Stay, _ plan: String, _ process: Process) {
        let isTwice = size.has(.callers) && dice.chance(6)
        if isTwice { count(.twoKeys) }
        let wish: JSON = ["plan": .text(plan), "nothing_charged": true]
        for _ in 0..<(isTwice ? 2 : 1) { ask(.end, of: stay, "/\(stay.reference)/check-out", wish, at: process) }
    }

    /// The planted bug: straight to Stripe.
    private func chargeUnstored(_ stay: Stay, _ process: Process) {
        let (wire, key) = (Wire(world: self, process: process), Secret(hotel(of: stay).key)!)
        run(process, "a charge past the file") { _ in
            let request = StripeRequest(
                method: "POST", path: "/v1/payment_intents",
                body: "amount=4330&currency=eur&confirm=true&payment_method=pm_card_visa&payment_method_types%5B0%5D=card")
            _ = await StripeClient(key: key, baseURL: "http://stripe", transport: wire).perform(request, key: "unstored")
        }
    }

    /// The same button once more, by somebody who did not see that it is being carried out.
    private func pressAgain(_ stay: Stay, _ process: Process) {
        let id = hotel(of: stay).id
        let plan = try? process.file.read { transaction in
            try transaction.tenant(id).flatMap { tenant in
                try transaction.withBook(of: tenant) { book in
                    try book.folio(stay.reference).flatMap { try book.checkOuts(of: $0).last?.plan }
                }
            }
        }
        guard let plan = plan ?? nil else { return }
        press(stay, plan, process)
    }

    private func giveBack(_ stay: Stay, _ view: FolioView, _ process: Process) {
        guard let payment = view.payments.last(where: { $0.state == .succeeded && $0.refundable > 0 }) else { return }
        let amount = min(Int(payment.refundable), dice.pick([500, 2_000, 50_000]))
        let reason = "goodwill \(asked.count)"
        let lowers = view.folio.state == .open && dice.chance(50)
        var body: JSON = ["amount": .int(amount), "reason": .text(reason)]
        if view.folio.state == .open { body["bill"] = lowers ? "lowered" : "unchanged" }
        count(lowers ? .refundLower : .refundUnchanged)
        let isTwice = size.has(.callers) && dice.chance(10)
        if isTwice { count(.twoKeys) }
        for _ in 0..<(isTwice ? 2 : 1) {
            ask(
                .refund(reason: reason, lowersBill: lowers), of: stay, "/\(stay.reference)/payments/\(payment.number)/refunds", body,
                at: process)
        }
    }
}
