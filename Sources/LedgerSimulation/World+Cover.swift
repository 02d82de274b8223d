import JSON
import Ledger
import LedgerService

extension World {
    /// What becomes of stays that are longer than their holds live.
    func coverActs() throws {
        switch dice.pick(weighted: [(28, 0), (22, 1), (18, 2), (14, 3), (18, 4)]) {
        case 0: try renewTogether()
        case 1: nightPasses()
        case 2: bankChangesMind()
        case 3: if size.has(.owner), !watch.renewals.isEmpty { actInRenewal(dice.pick(Array(watch.renewals.suffix(4)))) }
        default: guestRenews()
        }
    }

    /// Two programs at once find the same holds due.
    private func renewTogether() throws {
        let hotel = dice.pick(hotels)
        let house = house(of: hotel)
        if house.processes.count < 2, processes.count < 5 { try start(house) }
        if house.processes.count > 1 { count(.renewedTogether) }
        for process in house.processes { sync(hotel, at: process) }
    }

    /// The next morning, or the middle of the next night.
    func nightPasses() {
        count(.nightPassed)
        let next = today.adding(days: 1).at(hour: dice.chance(70) ? 10 : 2, in: Promised.zone)
        pass(seconds: Int(next.unixSeconds - clock.now.unixSeconds))
        for hotel in hotels where dice.chance(40) { sync(hotel, at: dice.pick(house(of: hotel).processes)) }
    }

    /// Somebody looks at Stripe's own pages while one hold takes another's place.
    func actInRenewal(_ renewed: Watch.Renewed) {
        let hotel = hotel(of: stays[renewed.stay])
        let id = dice.chance(50) ? renewed.old : renewed.new
        let intent = atStripe(hotel.key, "/v1/payment_intents/\(id)")
        guard intent["status"] == "requires_capture" else { return }
        count(.ownerInRenewal)
        actOnHold(hotel, id, capturable: intent["amount_capturable"]?.intValue ?? 0, of: renewed.stay)
    }

    /// A guest uses the page that asks for a new hold, or leaves it for good.
    private func guestRenews() {
        for index in stays.indices where stays[index].isOpened { findPage(of: index) }
        let asked = stays.indices.filter { stays[$0].pages.last.map { belongings.sessions[$0]?.renews == true } ?? false }
        guard !asked.isEmpty else { return }
        let stay = dice.pick(asked)
        if dice.chance(30) {
            count(.renewalPageLeft)
            stays[stay].leftPages.insert(stays[stay].pages.removeLast())
        } else {
            use(stays[stay].pages[stays[stay].pages.count - 1], by: stays[stay])
        }
    }

    // MARK: - At the desk

    /// How many nights a long stay has.
    func nightsOfLongStay() -> Int { 6 + dice.below(16) }

    /// Somebody renews or raises what covers a long stay.
    ///
    /// - Returns: Whether there was anything to do.
    func desk(renews stay: Stay, _ view: FolioView, _ process: Process) -> Bool {
        guard let hold = view.holds.last(where: { $0.isLive(at: view.asOf) }) else { return false }
        let path = "/\(stay.reference)/holds/\(hold.number)"
        switch dice.pick(weighted: [(40, 0), (45, 1), (15, 2)]) {
        case 0:
            let isTwice = size.has(.callers) && dice.chance(15)
            if isTwice { count(.twoKeys) }
            for _ in 0..<(isTwice ? 2 : 1) {
                ask(.renewal, of: stay, "\(path)/renew", at: dice.pick(houses[process.house].processes))
            }
        case 1:
            let total = Int(hold.held.minorUnits) + dice.pick([1_100, 3_300, 7_700]) + serial(of: stay)
            ask(.raise(to: Int64(total)), of: stay, "\(path)/raise", ["amount": .int(total)], at: process)
        default:
            count(.raisedTooFar)
            let total = Int(Self.tooFar) + serial(of: stay)
            ask(.raise(to: Int64(total)), of: stay, "\(path)/raise", ["amount": .int(total)], at: process)
        }
        return true
    }

    /// No guest consents to so much.
    static let tooFar: Int64 = 500_000
}
