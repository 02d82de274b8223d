import Ledger
import LedgerService
import LedgerShapes

/// Holds in plain words: when they end, and what happens then.
extension Visit where P: TenantPlace {
    /// When a hold ends, as seen from the departure.
    func endWords(_ end: Instant, of folio: Folio) -> Phrase {
        .holdEnds(
            language.moment(end, in: zone), daysBeforeDeparture: end.day(in: zone).days(until: folio.departure))
    }

    /// What happens by itself, and what the bank has said before; each a sentence.
    ///
    /// - Parameters:
    ///   - next: nil for a hold that lives long enough.
    ///   - hasPage: Whether the guest has an open page.
    func nextWords(
        _ next: EndingHold.Next?, tries: Int, refusal: Failure?, hasPage: Bool, now: Instant
    ) -> [Phrase] {
        func time(_ at: Instant) -> String? { at <= now ? nil : language.moment(at, in: zone) }
        let refused = refusal.map { why in
            let words = why.words(in: language)
            return next == .missing ? Phrase.holdRefused(words) : .renewalRefused(tries, words)
        }
        let words: Phrase? =
            switch next {
            case nil: nil
            case .renewal(let at): .renewedAt(time(at), isAgain: refusal != nil)
            case .running: .bankIsAsked
            case .guest(_, let why) where hasPage: .guestAskedAfterPage(why.phrase)
            case .guest(let at, let why): .guestAskedAt(time(at), why.phrase)
            case .asked: .guestIsAsked
            case .nothing(let why): .nothingHappens(why.phrase)
            case .ended, .missing: hasPage ? .pageIsOut : .askForNewHold
            }
        return [next == nil ? nil : refused, words].compactMap { $0 }
    }
}

extension FolioVisit {
    /// Of the folio's live holds; none of a folio that is not open.
    func holdOutlooks(_ view: FolioView) throws -> [HoldOutlook] {
        guard view.folio.state == .open, view.totals.held.isPositive else { return [] }
        return try ledger.holdOutlooks(on: reference, of: tenant.id)
    }

    /// What happens to a live hold by itself; nothing for one that lives long enough.
    func nextWords(_ outlook: HoldOutlook, _ view: FolioView) -> [Phrase] {
        nextWords(
            outlook.next, tries: outlook.tries, refusal: outlook.refusal, hasPage: view.folio.paymentURL != nil,
            now: view.asOf)
    }

    /// A hold's place in its chain, its end, what happens then, and what can be done about it.
    ///
    /// - Parameter outlook: nil for a hold that does not live.
    func holdDetails(_ hold: Hold, _ view: FolioView, _ outlook: HoldOutlook?) -> HTML {
        var words: [Phrase] = []
        if let replaced = hold.replaces {
            words.append(hold.authorised.isPositive ? .inPlaceOf(replaced) : .toReplace(replaced))
        }
        guard let outlook else { return words.html { remark(self($0)) } }
        if let end = hold.captureBefore { words.append(endWords(end, of: view.folio)) }
        words += nextWords(outlook, view)
        return words.html { remark(self($0)) } + changes(outlook)
    }

    /// The ways to more cover and to a longer one.
    private func changes(_ outlook: HoldOutlook) -> HTML {
        guard may(.hold) else { return .none }
        let hold = outlook.hold
        func change(_ how: String, _ name: Phrase) -> HTML {
            """
            <a class="button small" href="\(here("holds", String(hold.number), how))" \
            aria-label="\(self(name)): \(self(.hold)) \(hold.number), \(money(hold.held))">\(self(name))</a>
            """
        }
        let renew = outlook.mayRenew ? change("renew", .renew) : .none
        return "<div class=\"row\">\(renew)\(change("raise", .raise))</div>"
    }

    /// Those that are told of behind one click: others took their places, or they were tries to take another's place.
    func isEarlier(_ hold: HoldStatus) -> Bool {
        hold.replacedBy != nil
            || (hold.hold.replaces != nil && hold.hold.state.isFinal && !hold.hold.authorised.isPositive)
    }

    /// Holds whose places others took, and tries that came to nothing.
    func earlierHolds(_ holds: [HoldStatus]) -> HTML {
        guard !holds.isEmpty else { return .none }
        let name = Phrase.earlierHolds(holds.count)
        return """
            <details class="more"><summary>\(self(name))</summary>\
            \(table(name, class: "folded", [.text(.what), .number(.amount)], holds.html(earlierRow)))</details>
            """
    }

    private func earlierRow(_ status: HoldStatus) -> HTML {
        let hold = status.hold
        let what: Phrase =
            status.replacedBy.map { .replacedBy($0) } ?? hold.replaces.map { .wasToReplace($0) } ?? hold.statePhrase
        // Replaced says where it is: its badge would say so once more.
        let state: HTML = status.replacedBy == nil ? badge(.bad, self(hold.statePhrase.capitalised)) : .none
        let release: HTML = hold.state == .replaced ? remark(self(.stillBeingReleased)) : .none
        return """
            <tr><td>\(self(.hold)) \(hold.number) \(state)\(remark(self(what)))\(remark(hold.failure))\(release)</td>\
            \(amountCell(hold.authorised.isZero ? hold.amount : hold.authorised))</tr>
            """
    }
}
