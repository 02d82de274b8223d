import JSON
import Ledger
import LedgerService
import LedgerStore

extension World {
    /// At any time: holds that took each other's places count once, by what Stripe holds, and a call is under way to an old one that is held.
    func checkChains() {
        for hotel in hotels {
            guard let process = house(of: hotel).processes.first else { continue }
            let id = hotel.id
            let references = try? process.file.read { transaction in
                try transaction.all(
                    """
                    SELECT DISTINCT f.reference FROM hold h JOIN tenant t ON t.number = h.tenant
                    JOIN folio f ON f.tenant = h.tenant AND f.number = h.folio
                    WHERE t.id = \(id) AND h.replaces IS NOT NULL AND f.closed_at IS NULL ORDER BY f.reference
                    """
                ) { try $0.string(0) }
            }
            for reference in references ?? [] {
                guard let stay = stayNamed["\(hotel.index) \(reference)"].map({ stays[$0] }),
                    let view = try? process.ledger.folio(reference, of: id)
                else { continue }
                let calls = openCalls(of: stay, process)
                checkReleased(stay, view, calls)
                if !calls.contains(where: { ["capture", "release", "increment"].contains($0.kind) }) { checkCounted(stay, view, calls) }
            }
        }
        checkPlacesTaken()
    }

    /// Of two holds one of which took the other's place at Stripe, one counts: also in books that have forgotten how it came about.
    private func checkPlacesTaken() {
        let (now, all) = (clock.now, belongings.holds)
        let held = watch.renewals.filter { one in
            !watch.touched.contains(one.stay) && [one.old, one.new].allSatisfy { all[$0]?.end.map { now < $0 } ?? false }
        }
        for one in held {
            let (stay, hotel) = (stays[one.stay], hotel(of: stays[one.stay]))
            guard let process = house(of: hotel).processes.first, let view = try? process.ledger.folio(stay.reference, of: hotel.id) else {
                continue
            }
            let counted = view.holds.filter { $0.state == .authorised }.compactMap(\.intent)
            guard view.folio.state == .open, counted.contains(one.old), counted.contains(one.new),
                !openCalls(of: stay, process).contains(where: { ["capture", "release", "increment"].contains($0.kind) })
            else { continue }
            find(.chain, stay.what, "\(one.new) took the place of \(one.old), and both are counted")
        }
    }

    /// Calls of a folio that are not over.
    private func openCalls(of stay: Stay, _ process: Process) -> [(kind: String, intent: String?)] {
        let (id, reference) = (hotel(of: stay).id, stay.reference)
        let calls = try? process.file.read { transaction in
            try transaction.all(
                """
                SELECT o.kind, o.payment_intent FROM operation o JOIN tenant t ON t.number = o.tenant
                JOIN folio f ON f.tenant = o.tenant AND f.number = o.folio
                WHERE t.id = \(id) AND f.reference = \(reference) AND o.state IN ('waiting', 'parked')
                """
            ) { (kind: try $0.string(0), intent: try $0.optionalString(1)) }
        }
        return calls ?? []
    }

    /// Of each chain only the newest hold that a bank has agreed to is left at Stripe, or a call is at the others. One that the owner let go
    /// before the books heard of it has taken no place.
    private func checkReleased(_ stay: Stay, _ view: FolioView, _ calls: [(kind: String, intent: String?)]) {
        let covering = Set(view.holds.filter { $0.state == .authorised }.map(\.number))
        let replaced = Set(
            view.holds.filter { new in
                new.authorised.isPositive && !(new.state == .released && new.replaces.map(covering.contains) == true)
            }.compactMap(\.replaces))
        for hold in view.holds where replaced.contains(hold.number) {
            guard let intent = hold.intent, held(intent) ?? 0 > 0, !calls.contains(where: { $0.intent == intent }) else { continue }
            find(.overlap, stay.what, "\(intent) is held, another hold has its place, and nobody lets it go")
        }
    }

    /// A folio shows no more than the newest hold of each chain holds at Stripe, and something when it holds something.
    private func checkCounted(_ stay: Stay, _ view: FolioView, _ calls: [(kind: String, intent: String?)]) {
        guard view.folio.state == .open, !watch.touched.contains(stay.index) else { return }
        var (most, isKnown) = (Int64(0), calls.isEmpty)
        for (_, holds) in Dictionary(grouping: view.holds, by: \.chain).sorted(by: { $0.key < $1.key }) {
            // One that no bank has agreed to has replaced nothing.
            guard let newest = holds.filter({ $0.intent.map { belongings.holds[$0] != nil } ?? false }).max(by: { $0.number < $1.number }),
                let intent = newest.intent
            else { continue }
            guard let held = held(intent) else { return }
            most += held
            if held > 0, newest.state == .requested { isKnown = false }
        }
        let shown = view.totals.held.minorUnits
        if shown > most { find(.chain, stay.what, "\(shown) is shown as held, and the newest of each chain holds \(most)") }
        if shown == 0, most > 0, isKnown { find(.coverLost, stay.what, "nothing is shown as held, and Stripe holds \(most)") }
    }

    /// After everything has come to its end: money came from one hold of each chain, and no old one is left.
    func checkChainsAtEnd() {
        checkChains()
        for stay in stays where stay.isOpened {
            let hotel = hotel(of: stay)
            guard let view = try? reader(of: hotel).ledger.folio(stay.reference, of: hotel.id) else { continue }
            for (chain, holds) in Dictionary(grouping: view.holds, by: \.chain).sorted(by: { $0.key < $1.key }) where holds.count > 1 {
                let intents = holds.compactMap(\.intent)
                let captured = intents.filter(watch.captured.contains)
                if captured.count > 1 { find(.chain, stay.what, "chain \(chain) was captured from \(captured.joined(separator: ", "))") }
                let live = intents.filter { held($0) ?? 0 > 0 }
                if live.count > 1 { find(.overlap, stay.what, "chain \(chain) is held as \(live.joined(separator: ", "))") }
            }
        }
        for one in watch.renewals where !watch.touched.contains(one.stay) && [one.old, one.new].allSatisfy(watch.captured.contains) {
            find(.chain, stays[one.stay].what, "\(one.new) took the place of \(one.old), and both were captured")
        }
    }
}
