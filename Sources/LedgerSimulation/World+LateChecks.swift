import JSON
import Ledger
import LedgerStore

extension World {
    // MARK: - What is taken

    /// A late charge has been taken from a saved card: once, in time, and for nothing that the guest has not agreed to.
    func checkLate(_ id: String, of late: Int, _ sent: Sent, _ process: Process) {
        guard let stay = stays[late].lateOf else { return }
        let (what, hotel) = (stays[late].what, hotels[sent.hotel])
        watch.lateTaken[late, default: []].append(id)
        let taken = watch.lateTaken[late] ?? []
        if taken.count > 1 { find(.late, what, "taken as \(taken.joined(separator: ", "))") }
        let amount = sent.form["amount"].flatMap { Int64($0) } ?? 0
        for one in asked where one.stay == stay {
            if case .lateCharge(amount, false) = one.deed { find(.late, what, "\(id) is for what the guest has not agreed to") }
        }
        if isByLink(stays[late], process) { find(.late, what, "\(id) is taken, and its guest was to pay on a page") }
        let others = categories(of: stays[late], process).subtracting(Promised.lateCategories)
        if !others.isEmpty { find(.late, what, "\(id) is taken for \(others.sorted().joined(separator: ", "))") }
        guard let operation = sent.operation, let closed = closing(of: stays[stay], process)?.day else { return }
        let last = lastDay(of: stays[stay], closed: closed)
        let decided = Instant(milliseconds: operation.created).day(in: Promised.zone)
        if decided > last { find(.late, what, "\(id) is taken on \(decided), and the card may be charged until \(last) at \(hotel.id)") }
    }

    /// Whether somebody chose the link for it.
    private func isByLink(_ late: Stay, _ process: Process) -> Bool {
        let (id, reference) = (hotel(of: late).id, late.reference)
        let way = try? process.file.read { transaction in
            try transaction.one(
                """
                SELECT f.late_way FROM folio f JOIN tenant t ON t.number = f.tenant WHERE t.id = \(id) AND f.reference = \(reference)
                """
            ) { try $0.optionalString(0) }
        }
        return way == "link"
    }

    /// In which anything is left to pay.
    private func categories(of late: Stay, _ process: Process) -> Set<String> {
        let (id, reference) = (hotel(of: late).id, late.reference)
        let categories = try? process.file.read { transaction in
            try transaction.all(
                """
                SELECT l.category FROM line_item l JOIN tenant t ON t.number = l.tenant
                JOIN folio f ON f.tenant = l.tenant AND f.number = l.folio
                WHERE t.id = \(id) AND f.reference = \(reference) GROUP BY l.category HAVING sum(l.gross) > 0
                """
            ) { try $0.string(0) }
        }
        return Set(categories ?? [])
    }

    /// When a stay was closed, by the books, and whether it took place; nil while it is not.
    private func closing(of stay: Stay, _ process: Process) -> (day: Day, tookPlace: Bool)? {
        let (id, reference) = (hotel(of: stay).id, stay.reference)
        let found = try? process.file.read { transaction in
            try transaction.one(
                """
                SELECT f.closed_at, f.state = 'checked_out' FROM folio f JOIN tenant t ON t.number = f.tenant
                WHERE t.id = \(id) AND f.reference = \(reference) AND f.closed_at IS NOT NULL
                """
            ) { (Instant(milliseconds: try $0.int64(0)).day(in: Promised.zone), try $0.bool(1)) }
        }
        return (found ?? nil).map { (day: $0.0, tookPlace: $0.1) }
    }

    /// Until when the guest has agreed that the card is charged.
    private func lastDay(of stay: Stay, closed: Day) -> Day {
        min(stay.departure ?? closed, closed).adding(days: hotel(of: stay).lateDays)
    }

    /// After everything has come to its end: who was told that something is charged late has one folio for it, and nobody else has.
    func checkLateAnswers() {
        for hotel in hotels where !restored.contains(hotel.house) {
            let id = hotel.id
            let actors = try? reader(of: hotel).file.read { transaction in
                try transaction.all(
                    """
                    SELECT c.actor FROM check_out c JOIN tenant t ON t.number = c.tenant
                    JOIN folio f ON f.tenant = c.tenant AND f.number = c.folio
                    WHERE t.id = \(id) AND f.stay IS NOT NULL GROUP BY f.number, c.actor
                    """
                ) { try $0.string(0) }
            }
            for one in asked where stays[one.stay].hotel == hotel.index && !one.isLost {
                guard case .lateCharge = one.deed, let final = one.final else { continue }
                let made = (actors ?? []).count { $0 == one.actor }
                if made != (final.isDone ? 1 : 0) {
                    find(.late, "\(stays[one.stay].what) \(one.key)", "\(final.status) \(final.code), and \(made) late charges")
                }
            }
        }
    }

    // MARK: - How long a card is kept

    /// A card of a stay that is over, as the books have it.
    private struct Kept {
        let stay: Int
        let card: String
        let isSaved: Bool
    }

    private func cards(of hotel: Hotel, _ process: Process) -> [Kept] {
        let id = hotel.id
        let cards = try? process.file.read { transaction in
            try transaction.all(
                """
                SELECT f.reference, c.payment_method, c.state = 'saved' FROM saved_card c JOIN tenant t ON t.number = c.tenant
                JOIN folio f ON f.tenant = c.tenant AND f.number = c.folio
                WHERE t.id = \(id) AND c.payment_method IS NOT NULL AND f.closed_at IS NOT NULL ORDER BY f.number
                """
            ) { (try $0.string(0), try $0.string(1), try $0.bool(2)) }
        }
        return (cards ?? []).compactMap { reference, card, isSaved in
            stayNamed["\(hotel.index) \(reference)"].map { Kept(stay: $0, card: card, isSaved: isSaved) }
        }
    }

    /// Whether the days of a card are over, and nothing of its stay is open.
    private func isOver(_ kept: Kept, _ process: Process) -> Bool {
        guard let closing = closing(of: stays[kept.stay], process) else { return false }
        let isPast = !closing.tookPlace || today > lastDay(of: stays[kept.stay], closed: closing.day)
        let now = clock.now.milliseconds
        return isPast && open(kept.stay, since: now, contestedSince: now, process) == nil && !isAwaited(kept.stay, process)
    }

    /// Whether something may still come of pages of a stay or its late charges, or of what was found at Stripe.
    private func isAwaited(_ stay: Int, _ process: Process) -> Bool {
        let (id, key) = (hotel(of: stays[stay]).id, hotel(of: stays[stay]).key)
        return group(of: stay).contains { one in
            let reference = stays[one].reference
            let found = try? process.file.read { transaction -> (isAwaited: Bool, page: String?) in
                guard let tenant = try transaction.tenant(id) else { return (false, nil) }
                return try transaction.withBook(of: tenant) { book in
                    guard let folio = try book.folio(reference) else { return (false, nil) }
                    let isAwaited =
                        try !book.waitingFoundObjects(reference: reference).isEmpty
                        || book.holds(of: folio).contains { $0.state == .requested }
                        || book.payments(of: folio).contains { $0.state == .requested || $0.state == .processing }
                    return (isAwaited, folio.paymentURL?.firstMatch(of: /cs_[A-Za-z0-9_]+/).map { String($0.0) })
                }
            }
            // Nothing comes of a page that is over at Stripe, whatever the books show.
            func isOpen(_ page: String) -> Bool { atStripe(key, "/v1/checkout/sessions/\(page)")["status"] == "open" }
            return found.map { $0.isAwaited || $0.page.map(isOpen) ?? false } ?? false
        }
    }

    /// A sync has come to its end: what could be let go before it began is being let go.
    func checkKept(_ hotel: Hotel, since begun: Instant) {
        guard chargesLate, let process = house(of: hotel).processes.first, !restored.contains(hotel.house) else { return }
        for kept in cards(of: hotel, process) where kept.isSaved {
            guard isOver(kept, process) else {
                watch.overSince[kept.card] = nil
                continue
            }
            guard let since = watch.overSince[kept.card] else {
                watch.overSince[kept.card] = clock.now
                continue
            }
            guard since < begun, group(of: kept.stay).allSatisfy({ isQuiet($0, since: since) }), !isBeingDetached(kept.card, process) else {
                continue
            }
            find(.kept, stays[kept.stay].what, "\(kept.card) could go since \(since), and nobody lets it go")
        }
    }

    private func isBeingDetached(_ card: String, _ process: Process) -> Bool {
        let path = "/v1/payment_methods/\(card)/detach"
        let found = try? process.file.read { transaction in
            try transaction.one("SELECT 1 FROM operation WHERE kind = 'detach_card' AND path = \(path)") { _ in true }
        }
        return (found ?? nil) ?? false
    }

    /// After everything has come to its end: no card is left at Stripe whose days are over.
    func checkKeptAtEnd() {
        guard chargesLate else { return }
        for hotel in hotels where !restored.contains(hotel.house) {
            let process = reader(of: hotel)
            for kept in cards(of: hotel, process) where isOver(kept, process) {
                guard atStripe(hotel.key, "/v1/payment_methods/\(kept.card)")["customer"]?.textValue != nil else { continue }
                find(.kept, stays[kept.stay].what, "\(kept.card) is still there at Stripe, and its days are over")
            }
        }
    }

    // MARK: - When it is let go

    /// A saved card is detached by a program: nothing of its stay was open when that was decided.
    ///
    /// - Parameter decided: When: milliseconds.
    func checkDetached(_ card: String, _ hotel: Int, decided: Int64, _ process: Process) {
        let at = hotels[hotel]
        guard !restored.contains(at.house), atStripe(at.key, "/v1/payment_methods/\(card)")["customer"]?.textValue == nil,
            let kept = cards(of: at, process).first(where: { $0.card == card && $0.isSaved })
        else { return }
        count(.cardLetGo)
        // Of what a bank began just before, the ledger had perhaps not heard.
        let heard = decided - 3 * 86_400_000
        if let what = open(kept.stay, since: decided, contestedSince: heard, process) {
            find(.cardDetachedEarly, stays[kept.stay].what, "\(card) is let go, and \(what)")
        }
    }

    /// What of a stay or its late charges was open at a time and still is; nil for nothing.
    ///
    /// - Parameter contested: Since when a payment is contested at the latest.
    private func open(_ stay: Int, since time: Int64, contestedSince contested: Int64, _ process: Process) -> String? {
        for one in group(of: stay) {
            if let busy = busy(stays[one], since: time, contestedSince: contested, process) { return busy }
            let holds = belongings.holds.filter { $0.value.stay == one && $0.value.since <= time && !$0.value.isOver }
            for intent in holds.keys.sorted() {
                guard let state = state(ofHold: intent, stays[one].hotel, process)?.hold else { continue }
                if ["authorised", "replaced"].contains(state), held(intent) ?? 0 > 0 { return "\(intent) is held" }
            }
        }
        return nil
    }

    /// A check-out, a call or a dispute of a folio that is not over.
    private func busy(_ stay: Stay, since time: Int64, contestedSince contested: Int64, _ process: Process) -> String? {
        let (id, reference) = (hotel(of: stay).id, stay.reference)
        let found = try? process.file.read { transaction in
            try transaction.one(
                """
                SELECT coalesce(
                    (SELECT 'its check-out is ' || c.state FROM check_out c
                        WHERE c.tenant = f.tenant AND c.folio = f.number AND c.finished_at IS NULL AND c.started_at <= \(time)),
                    (SELECT 'a call is not over: ' || min(o.kind) FROM operation o
                        WHERE o.tenant = f.tenant AND o.folio = f.number AND o.state IN ('waiting', 'parked')
                            AND o.kind NOT IN ('detach_card', 'release_replaced') AND o.created_at <= \(time)),
                    (SELECT 'a payment is contested: ' || min(d.id) FROM dispute d
                        WHERE d.tenant = f.tenant AND d.folio = f.number AND d.payment IS NOT NULL AND d.created_at <= \(contested)
                            AND d.status NOT IN ('won', 'lost', 'warning_closed', 'prevented')))
                FROM folio f JOIN tenant t ON t.number = f.tenant WHERE t.id = \(id) AND f.reference = \(reference)
                """
            ) { try $0.optionalString(0) }
        }
        return (found ?? nil) ?? nil
    }
}
