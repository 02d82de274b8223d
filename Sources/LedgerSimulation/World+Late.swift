import JSON
import Ledger
import LedgerService
import LedgerStore

extension World {
    /// Something is found when its guest has left, or the next day comes.
    func lateActs() {
        if dice.chance(20) { nightPasses() } else { chargeLate() }
    }

    /// Somebody charges what was found: mostly on a stay that is over, and mostly what its guest has agreed to.
    private func chargeLate() {
        let hotel = dice.pick(hotels)
        let process = dice.pick(house(of: hotel).processes)
        let isOver = dice.chance(90)
        if !isOver { count(.lateTooEarly) }
        let opened = stays.indices.filter { stays[$0].hotel == hotel.index && stays[$0].isOpened }
        let found = isOver ? staysThatAreOver(hotel, process) : opened
        guard !found.isEmpty else { return }
        let stay = stays[dice.pick(found)]
        let isAgreed = dice.chance(75)
        let byLink = dice.chance(isAgreed ? 15 : 60)
        if byLink { count(.lateByLink) } else if !isAgreed { count(.lateOfOtherKind) }
        // No other late charge of the stay has the amount.
        let amount = dice.pick([300, 890, 4_200]) + serial(of: stay)
        let line: JSON = [
            "category": .text(isAgreed ? "minibar" : Self.otherKind), "description": "Found later", "unit_amount": .int(amount),
        ]
        ask(
            .lateCharge(amount: Int64(amount), isAgreed: isAgreed), of: stay, "/\(stay.reference)/late-charges",
            ["lines": [line], "by": byLink ? "link" : "card"], at: process)
    }

    /// No guest agrees to late charges for it.
    static let otherKind = "other"

    /// The hotel's stays that are checked out, in order.
    private func staysThatAreOver(_ hotel: Hotel, _ process: Process) -> [Int] {
        let id = hotel.id
        let references = try? process.file.read { transaction in
            try transaction.all(
                """
                SELECT f.reference FROM folio f JOIN tenant t ON t.number = f.tenant
                WHERE t.id = \(id) AND f.source = 'reservation' AND f.state = 'checked_out' ORDER BY f.number
                """
            ) { try $0.string(0) }
        }
        return (references ?? []).compactMap { stayNamed["\(hotel.index) \($0)"] }
    }

    /// Somebody at the desk sees a late charge that is not paid.
    func actOnLate(_ late: Stay, _ view: FolioView, _ process: Process) {
        switch dice.pick(weighted: [(60, 0), (20, 1), (20, 2)]) {
        case 0: checkOut(late, process)
        case 1:
            ask(.end, of: late, "/\(late.reference)/cancellation", ["fee": 0, "reason": "goodwill"], at: process)
        default:
            // What is added later may be of another kind.
            let (id, day) = (hotel(of: late).id, view.folio.arrival)
            let line = NewLine.free(
                category: .other, description: "Broken mirror", quantity: 1,
                unitAmount: Money(minorUnits: 4_750, currency: .eur), serviceDate: day)
            run(process, "a line on \(late.reference)") { _ = try await $0.addLine(line, to: late.reference, of: id, by: "desk") }
        }
    }

    // MARK: - Whose a late charge is

    /// A late charge as one of the stays, known from when it is seen first.
    ///
    /// - Parameter reference: What a call says it is for.
    /// - Returns: nil where it is no late charge of this stay.
    func late(_ reference: String?, of stay: Int) -> Int? {
        guard let reference, stays[stay].lateOf == nil, let parts = reference.wholeMatch(of: /(.+)-L[0-9]+/),
            stays[stay].reference == String(parts.1)
        else { return nil }
        let name = "\(stays[stay].hotel) \(reference)"
        if let known = stayNamed[name] { return known }
        var new = Stay(index: stays.count, hotel: stays[stay].hotel, reference: reference)
        (new.lateOf, new.isOpened, new.card) = (stay, true, stays[stay].card)
        stays.append(new)
        stayNamed[name] = new.index
        return new.index
    }

    /// The stay, or the late charge, that goes by a reference.
    func stay(named reference: String?, at hotel: Int) -> Int? {
        guard let reference else { return nil }
        if let known = stayNamed["\(hotel) \(reference)"] { return known }
        guard let parts = reference.wholeMatch(of: /(.+)-L[0-9]+/), let stay = stayNamed["\(hotel) \(parts.1)"] else { return nil }
        return late(reference, of: stay)
    }

    /// The late charge that a call takes from a saved card; nil for every other call.
    func lateCharged(by sent: Sent) -> Int? {
        guard sent.path == ["payment_intents"], sent.operation?.kind == "charge_saved_card" else { return nil }
        return stay(of: sent).flatMap { stays[$0].lateOf == nil ? nil : $0 }
    }

    /// Learns of those of which no call has come to Stripe.
    func findLateCharges() {
        for hotel in hotels {
            guard let process = house(of: hotel).processes.first else { continue }
            let id = hotel.id
            let references = try? process.file.read { transaction in
                try transaction.all(
                    """
                    SELECT f.reference FROM folio f JOIN tenant t ON t.number = f.tenant
                    WHERE t.id = \(id) AND f.stay IS NOT NULL ORDER BY f.number
                    """
                ) { try $0.string(0) }
            }
            for reference in references ?? [] { _ = stay(named: reference, at: hotel.index) }
        }
    }

    /// A stay and its late charges.
    func group(of stay: Int) -> [Int] { [stay] + stays.indices.filter { stays[$0].lateOf == stay } }
}
