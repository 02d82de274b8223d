import JSON
import Ledger
import Stripe
import StripeSimulator

extension World {
    /// After a call has come to Stripe, and before its program hears of it: what it did to cards and holds keeps what is promised.
    ///
    /// - Parameters:
    ///   - request: As it came to Stripe.
    ///   - newestBefore: The last object of its kind before the call.
    func witness(_ sent: Sent, _ request: HTTPRequest, _ response: SimulatorResponse, newestBefore: String?, by process: Process) {
        let path = Self.path(of: request)
        switch (path.first, path.last, path.count) {
        case ("payment_intents"?, _, 1): witnessIntent(sent, newestBefore: newestBefore, process)
        case ("payment_intents"?, "increment_authorization"?, 3): witnessRaise(path[1], sent, response, process)
        case ("payment_intents"?, "capture"?, 3): witnessCapture(path[1], sent, process)
        case ("payment_intents"?, "cancel"?, 3): checkLetGo(path[1], sent.hotel, process)
        case ("checkout"?, "sessions"?, 2): checkHourOfPage(sent)
        case ("payment_methods"?, "detach"?, 3):
            if let operation = sent.operation { checkDetached(path[1], sent.hotel, decided: operation.created, process) }
        default: return
        }
        // The program dies at some point of what comes next.
        if let (what, chance) = mayDie(in: sent), watch.doomed == nil, dice.chance(chance) {
            watch.doomed = (process.number, dice.below(5), what)
        }
    }

    /// In what a program may die now, and how often it does, in percent.
    private func mayDie(in sent: Sent) -> (what: Kind, chance: Int)? {
        let kind = sent.operation?.kind
        if size.has(.cover), sent.operation?.renewal != nil || kind == "release_replaced" { return (.diedRenewing, 6) }
        let isLate = kind == "detach_card" || stay(of: sent).map { stays[$0].lateOf != nil } ?? false
        return chargesLate && isLate ? (.diedLate, 10) : nil
    }

    private func witnessIntent(_ sent: Sent, newestBefore: String?, _ process: Process) {
        guard sent.form["off_session"] == "true", let id = newest(sent), id != newestBefore else { return }
        let intent = atStripe(hotels[sent.hotel].key, "/v1/payment_intents/\(id)")
        let (stay, error) = (belongings.intents[id]?.stay, intent["last_payment_error"])
        let card = atStripe(hotels[sent.hotel].key, "/v1/payment_methods/\(sent.form["payment_method"] ?? "")")["card"] ?? .null
        let renewal = sent.operation?.renewal
        var new = Try(
            hotel: sent.hotel, stay: stay, card: card["fingerprint"]?.textValue ?? "", key: sent.operation?.key ?? sent.key, at: clock.now)
        new.isRefused = intent["status"] == "requires_payment_method"
        new.isCounted = new.isRefused && error?["charge"]?.textValue != nil
        new.lastWord = new.isRefused ? Self.lastWord(error) : nil
        new.renews = renewal?.raises == false ? renewal?.old : nil
        check(new, sent, card, process)
        if let stay, stays[stay].lateOf != nil { count(new.isRefused ? .lateRefused : .lateTaken) }
        if let stay, intent["amount_received"]?.intValue ?? 0 > 0 {
            checkEarly(id, of: stay)
            checkLate(id, of: stay, sent, process)
        }
        guard let stay, let renewal, size.has(.cover) else { return }
        if !renewal.raises { count(new.isRefused ? .renewalRefused : sent.operation?.isAsked == true ? .renewedByHand : .renewed) }
        guard !new.isRefused else { return }
        watch.renewals.append(.init(stay: stay, old: renewal.old, new: id))
        // Before the program hears of it.
        if size.has(.owner), dice.chance(6) { actInRenewal(watch.renewals[watch.renewals.count - 1]) }
    }

    private func witnessRaise(_ id: String, _ sent: Sent, _ response: SimulatorResponse, _ process: Process) {
        guard [200, 402].contains(response.status), !response.headers.contains(where: { $0.name == "Idempotent-Replayed" }) else { return }
        let key = hotels[sent.hotel].key
        let method = atStripe(key, "/v1/payment_intents/\(id)")["payment_method"]?.textValue ?? ""
        let card = atStripe(key, "/v1/payment_methods/\(method)")["card"] ?? .null
        var new = Try(
            hotel: sent.hotel, stay: belongings.intents[id]?.stay, card: card["fingerprint"]?.textValue ?? "",
            key: sent.operation?.key ?? sent.key, at: clock.now)
        new.isRefused = response.status == 402
        new.isCounted = new.isRefused
        new.lastWord = new.isRefused ? Self.lastWord(JSON(parsing: response.body)?["error"]) : nil
        check(new, sent, card, process)
    }

    private func witnessCapture(_ id: String, _ sent: Sent, _ process: Process) {
        guard let stay = belongings.intents[id]?.stay,
            atStripe(hotels[sent.hotel].key, "/v1/payment_intents/\(id)")["amount_received"]?.intValue ?? 0 > 0
        else { return }
        watch.captured.insert(id)
        checkEarly(id, of: stay)
        if state(ofHold: id, sent.hotel, process)?.hold == "replaced" {
            find(.chain, stays[stay].what, "\(id) is captured, and another hold has taken its place")
        }
    }

    /// Nothing of a guest's card or hold is taken before somebody ends the stay.
    private func checkEarly(_ id: String, of stay: Int) {
        // A late charge comes after the stay was ended.
        guard stays[stay].lateOf == nil, !watch.touched.contains(stay), !hasAsked(of: stay, { if case .end = $0 { true } else { false } })
        else { return }
        find(.early, stays[stay].what, "\(id) is taken, and nobody has ended the stay")
    }

    /// Whether somebody has asked for such a thing.
    func hasAsked(of stay: Int, _ isSuch: (Asked.Deed) -> Bool) -> Bool {
        asked.contains { $0.stay == stay && $0.sent > 0 && isSuch($0.deed) }
    }

    /// A hold's state in the books, and its folio's.
    func state(ofHold intent: String, _ hotel: Int, _ process: Process) -> (hold: String, folio: String)? {
        let id = hotels[hotel].id
        return try? process.file.read { transaction in
            try transaction.one(
                """
                SELECT h.state, f.state FROM hold h JOIN tenant t ON t.number = h.tenant
                JOIN folio f ON f.tenant = h.tenant AND f.number = h.folio
                WHERE t.id = \(id) AND h.payment_intent = \(intent)
                """
            ) { (hold: try $0.string(0), folio: try $0.string(1)) }
        }
    }

    private static func lastWord(_ error: JSON?) -> String? {
        error?["advice_code"]?.textValue.flatMap { ["do_not_try_again", "confirm_card_data"].contains($0) ? $0 : nil }
    }
}
