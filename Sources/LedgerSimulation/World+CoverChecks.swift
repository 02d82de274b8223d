import JSON
import Ledger
import LedgerStore

extension World {
    /// What a live hold holds at Stripe; 0 when it is over, nil when Stripe does not show it.
    func held(_ intent: String) -> Int64? {
        guard let hold = belongings.holds[intent] else { return 0 }
        guard !hold.isOver else { return 0 }
        let now = atStripe(hotel(of: stays[hold.stay]).key, "/v1/payment_intents/\(intent)")
        guard let status = now["status"] else { return nil }
        if status != "requires_capture" {
            // Of what has run out it is still to be asked whether it was to be renewed.
            if hold.end.map({ $0 > clock.now }) ?? true { belongings.holds[intent]?.isOver = true }
            return 0
        }
        return Int64(now["amount_capturable"]?.intValue ?? 0)
    }

    /// What all live holds of a stay but one hold; nil when Stripe does not show one of them.
    private func held(by stay: Int, besides intent: String) -> Int64? {
        var sum: Int64 = 0
        for id in belongings.holds.filter({ $0.value.stay == stay && $0.key != intent }).keys.sorted() {
            guard let held = held(id) else { return nil }
            sum += held
        }
        return sum
    }

    /// Whether a stay's cover is not the ledger's alone: somebody else touched it, gave it back, or took the books away.
    private func isExcused(_ stay: Int) -> Bool {
        watch.touched.contains(stay) || restored.contains(hotel(of: stays[stay]).house)
            || hasAsked(of: stay) { if case .release = $0 { true } else { false } }
    }

    /// A program lets a hold go that covered: others hold as much.
    func checkLetGo(_ intent: String, _ hotel: Int, _ process: Process) {
        guard let hold = belongings.holds[intent], !hold.isOver else { return }
        let now = atStripe(hotels[hotel].key, "/v1/payment_intents/\(intent)")
        guard now["status"] == "canceled", now["cancellation_reason"] != "expired" else { return }
        belongings.holds[intent]?.isOver = true
        guard !isExcused(hold.stay), !hasAsked(of: hold.stay, { if case .end = $0 { true } else { false } }),
            let books = state(ofHold: intent, hotel, process), books.folio == "open", ["authorised", "replaced"].contains(books.hold),
            let others = held(by: hold.stay, besides: intent)
        else { return }
        let was = Int64(now["amount"]?.intValue ?? 0)
        if others < was { find(.coverLost, stays[hold.stay].what, "\(intent) over \(was) is let go, and \(others) is held in its place") }
    }

    /// A sync has come to its end by day. What ends soon, and what no program was at meanwhile, should be renewed by now, or staff be told.
    func noteDue(_ hotel: Hotel, since begun: Instant) {
        let now = clock.now
        guard Promised.isOpen(begun), Promised.isOpen(now), begun.day(in: Promised.zone) == now.day(in: Promised.zone),
            let process = house(of: hotel).processes.first
        else { return }
        for (intent, hold) in belongings.holds where !hold.isOver && stays[hold.stay].hotel == hotel.index {
            guard let end = hold.end, let settled = stays[hold.stay].settled, hold.since < begun.milliseconds,
                end.adding(seconds: -Promised.renewalSeconds) <= begun, now < end, end < settled,
                let folio = folio(of: intent, hotel, process)
            else { continue }
            if folio.isTold { watch.told.insert(intent) }
            if folio.covers, !folio.isBusy, isQuiet(hold.stay, since: begun) { watch.due.insert(intent) }
        }
    }

    /// Whether nobody has asked for anything of a stay since, and no program has called Stripe about it.
    func isQuiet(_ stay: Int, since begun: Instant) -> Bool {
        (watch.lastCall[stay] ?? 0) < begun.milliseconds
            && asked.allSatisfy { $0.stay != stay || ($0.running == 0 && $0.movedAt < begun.milliseconds) }
    }

    private func folio(of intent: String, _ hotel: Hotel, _ process: Process) -> (covers: Bool, isBusy: Bool, isTold: Bool)? {
        let id = hotel.id
        return try? process.file.read { transaction in
            try transaction.one(
                """
                SELECT h.state = 'authorised' AND f.state = 'open',
                    EXISTS (
                        SELECT 1 FROM operation o
                        WHERE o.tenant = f.tenant AND o.folio = f.number AND o.state IN ('waiting', 'parked')),
                    f.notice_code IS NOT NULL
                FROM hold h JOIN tenant t ON t.number = h.tenant JOIN folio f ON f.tenant = h.tenant AND f.number = h.folio
                WHERE t.id = \(id) AND h.payment_intent = \(intent)
                """
            ) { (covers: try $0.bool(0), isBusy: try $0.bool(1), isTold: try $0.bool(2)) }
        }
    }

    /// What has run out: it was renewed in time, or a refusal or a notice is on record.
    func checkEnds() {
        for (intent, hold) in belongings.holds.sorted(by: { $0.key < $1.key }) where !hold.isOver {
            guard let end = hold.end, end <= clock.now else { continue }
            belongings.holds[intent]?.isOver = true
            let hotel = hotel(of: stays[hold.stay])
            guard watch.due.contains(intent), !isExcused(hold.stay), let process = house(of: hotel).processes.first,
                atStripe(hotel.key, "/v1/payment_intents/\(intent)")["cancellation_reason"] == "expired",
                let folio = folio(of: intent, hotel, process), state(ofHold: intent, hotel.index, process)?.folio == "open",
                held(by: hold.stay, besides: intent) == 0
            else { continue }
            let isRefused = watch.tries.contains { $0.stay == hold.stay && $0.isRefused && $0.at.milliseconds >= hold.since }
            if isRefused || folio.isTold || folio.isBusy || watch.told.contains(intent) {
                count(.endedKnown)
            } else {
                find(.coverLost, stays[hold.stay].what, "\(intent) has ended at \(end), and nobody has said no or been told")
            }
        }
    }
}
