/// Something that is looked at before a month is closed.
package struct ClosingCheck: Hashable, Sendable {
    /// In the order of the list. The words are what programs see.
    package enum Kind: String, Sendable, CaseIterable {
        /// Stripe was read to the end since the month was over.
        case synced
        /// Nothing that began in the month waits or is parked.
        case settled
        /// The account `stripe` equals Stripe's balance.
        case clearing
        /// Folios that are closed and do not balance, and guests who should have left.
        case openItems = "open_items"
        /// Movements that nothing explains and nobody has assigned.
        case suspense
        /// Disputes that are not decided.
        case disputes
        /// Made at Stripe after the backup that these books come from, and not taken in.
        case found
        /// Entries of Stripe's lists without which months are closed.
        case dismissed
        /// Movements in currencies that the books are not kept in.
        case otherCurrencies = "other_currencies"

        /// Whether a month is never closed without it. Any other is closed over, with a reason and a name.
        package var isRequired: Bool { self == .synced || self == .settled || self == .clearing }
    }

    /// What is looked at.
    package let kind: Kind
    /// How many things are not as they should be; 0 where all is in order.
    package let count: Int
    /// The first of them as people name them: a folio, a movement, a dispute. At most `MonthObstacle.mostIDs`.
    package let ids: [String]
    /// What is known beyond that, such as what waits and how much is missing; nil where the count says it all.
    package let detail: Phrase?
    /// Whether the month is closed over it with a reason although it is required of others: somebody has decided about it before.
    package let isExcused: Bool

    /// - Parameter ids: All of them.
    package init(_ kind: Kind, ids: [String], detail: Phrase? = nil) {
        self.init(kind, count: ids.count, ids: ids, detail: detail)
    }

    package init(_ kind: Kind, count: Int, ids: [String] = [], detail: Phrase? = nil, isExcused: Bool = false) {
        self.kind = kind
        self.count = count
        self.ids = Array(ids.prefix(MonthObstacle.mostIDs))
        self.detail = detail
        self.isExcused = isExcused
    }

    /// Whether it is as it should be.
    package var isInOrder: Bool { count == 0 }
    /// Whether it keeps the month open, whatever anybody says.
    package var isBlocking: Bool { !isInOrder && kind.isRequired && !isExcused }
    /// Whether the month is closed over it, with a reason.
    package var isToBeClosedOver: Bool { !isInOrder && !isBlocking }

    /// What there is, in a few words: `2 open items (R-1, R-7)`.
    package var phrase: Phrase {
        if isInOrder { return kind.inOrder }
        if let detail { return detail }
        let names = ids.isEmpty ? "" : " (\(ids.joined(separator: ", "))\(count > ids.count ? ", …" : ""))"
        let what = count == 1 ? kind.one : kind.several
        return Phrase("\(count) \(what.english)\(names)", "\(count) \(what.german)\(names)")
    }
}

extension ClosingCheck.Kind {
    /// What it is about.
    package var title: Phrase {
        switch self {
        case .synced: Phrase("Stripe read since the month ended", "Stripe seit Monatsende abgefragt")
        case .settled: Phrase("Nothing waits or is parked", "Nichts wartet oder ist zu klären")
        case .clearing: Phrase("Clearing account equals Stripe's balance", "Verrechnungskonto stimmt mit Stripe überein")
        case .openItems: Phrase("Open items", "Offene Posten")
        case .suspense: Phrase("Unexplained movements", "Ungeklärte Bewegungen")
        case .disputes: Phrase("Undecided disputes", "Offene Zahlungsanfechtungen")
        case .found: Phrase("Found at Stripe", "Bei Stripe gefunden")
        case .dismissed: Phrase("Dismissed as unreadable", "Als unlesbar beiseitegelegt")
        case .otherCurrencies: Phrase("Other currencies", "Andere Währungen")
        }
    }

    fileprivate var inOrder: Phrase {
        switch self {
        case .synced, .settled, .clearing: Phrase("in order", "in Ordnung")
        default: Phrase("none", "keine")
        }
    }

    fileprivate var one: Phrase {
        switch self {
        case .synced: Phrase("reading is missing", "Abfrage fehlt")
        case .settled: Phrase("thing waits", "Vorgang wartet")
        case .clearing: Phrase("difference", "Differenz")
        case .openItems: Phrase("open item", "offener Posten")
        case .suspense: Phrase("unexplained movement", "ungeklärte Bewegung")
        case .disputes: Phrase("undecided dispute", "offene Zahlungsanfechtung")
        case .found: Phrase("found object", "gefundenes Objekt")
        case .dismissed: Phrase("dismissed object", "beiseitegelegtes Objekt")
        case .otherCurrencies: Phrase("movement in another currency", "Bewegung in anderer Währung")
        }
    }

    fileprivate var several: Phrase {
        switch self {
        case .synced: Phrase("readings are missing", "Abfragen fehlen")
        case .settled: Phrase("things wait", "Vorgänge warten")
        case .clearing: Phrase("differences", "Differenzen")
        case .openItems: Phrase("open items", "offene Posten")
        case .suspense: Phrase("unexplained movements", "ungeklärte Bewegungen")
        case .disputes: Phrase("undecided disputes", "offene Zahlungsanfechtungen")
        case .found: Phrase("found objects", "gefundene Objekte")
        case .dismissed: Phrase("dismissed objects", "beiseitegelegte Objekte")
        case .otherCurrencies: Phrase("movements in other currencies", "Bewegungen in anderen Währungen")
        }
    }
}

extension [ClosingCheck] {
    /// Those that are not in order, in one phrase.
    package var phrase: Phrase {
        let odd = filter { !$0.isInOrder }.map(\.phrase)
        return Phrase(odd.map(\.english).joined(separator: "; "), odd.map(\.german).joined(separator: "; "))
    }
}

/// What a month's closing looks at, in order.
package struct ClosingChecklist: Hashable, Sendable {
    /// Whose.
    package let month: Month
    /// One of each kind.
    package let checks: [ClosingCheck]

    package init(month: Month, checks: [ClosingCheck]) {
        self.month = month
        self.checks = checks
    }

    /// What keeps the month open.
    package var blocking: [ClosingCheck] { checks.filter(\.isBlocking) }
    /// What the month can be closed over, with a reason.
    package var toBeClosedOver: [ClosingCheck] { checks.filter(\.isToBeClosedOver) }
}

/// What a month was closed over, and why.
package struct ClosingRemark: Hashable, Sendable {
    /// What it was, as it stood then.
    package struct Item: Hashable, Sendable {
        /// A `ClosingCheck.Kind` of this program or another.
        package let kind: String
        /// How many.
        package let count: Int64

        package init(kind: String, count: Int64) {
            self.kind = kind
            self.count = count
        }

        /// As people read it.
        package var phrase: Phrase {
            guard let kind = ClosingCheck.Kind(rawValue: kind) else { return Phrase("\(kind): \(count)", "\(kind): \(count)") }
            return ClosingCheck(kind, count: Int(count)).phrase
        }
    }

    /// At least one.
    package let items: [Item]
    /// In the person's words.
    package let reason: String
    /// Who closed over it.
    package let actor: String

    package init(items: [Item], reason: String, actor: String) {
        self.items = items
        self.reason = reason
        self.actor = actor
    }

    /// All of them in one phrase.
    package var phrase: Phrase {
        Phrase(items.map(\.phrase.english).joined(separator: "; "), items.map(\.phrase.german).joined(separator: "; "))
    }
}

/// What the account `stripe` and Stripe's own balance do not agree on.
package struct ClearingDifference: Hashable, Sendable {
    /// What is wrong with it.
    package enum Cause: Hashable, Sendable {
        /// Stripe's balance has not been compared with its list of movements since the month ended.
        case notCompared
        /// Stripe's balance, and the sum of the movements that it lists.
        case balance(Money, listed: Money)
        /// Payments and refunds of the month of which journal and balance show different amounts: so many.
        case objects(Int)
        /// The account, and what its movements come to, where nothing explains it.
        case account(Money, moved: Money)
    }

    /// The first that was found.
    package let cause: Cause
    /// Intents and refunds, where it is about those.
    package let ids: [String]

    package init(_ cause: Cause, ids: [String] = []) {
        self.cause = cause
        self.ids = ids
    }

    /// In a sentence without its full stop.
    package var phrase: Phrase {
        func both(_ a: Money, _ b: Money, _ language: Language) -> (String, String) { (a.text(in: language), b.text(in: language)) }
        switch cause {
        case .notCompared:
            return Phrase(
                "Stripe's balance has not been compared since the month ended; a sync does that, with a key that may read the balance",
                "Stripes Guthaben wurde seit Monatsende nicht verglichen; das tut ein Abgleich mit einem Schlüssel, der das Guthaben lesen darf"
            )
        case .balance(let balance, let listed):
            let (english, german) = (both(balance, listed, .english), both(balance, listed, .german))
            return Phrase(
                "Stripe's balance is \(english.0), and its movements come to \(english.1)",
                "Stripes Guthaben beträgt \(german.0), seine Bewegungen ergeben \(german.1)")
        case .objects(let count):
            let names = ids.joined(separator: ", ") + (count > ids.count ? ", …" : "")
            return Phrase(
                "\(count) \(count == 1 ? "payment or refund does" : "payments or refunds do") not show what Stripe moved (\(names))",
                "\(count) \(count == 1 ? "Zahlung oder Rückerstattung zeigt" : "Zahlungen oder Rückerstattungen zeigen") nicht, was Stripe bewegt "
                    + "hat (\(names))")
        case .account(let account, let moved):
            let (english, german) = (both(account, moved, .english), both(account, moved, .german))
            return Phrase(
                "the account stripe shows \(english.0), and its movements come to \(english.1)",
                "das Konto stripe zeigt \(german.0), seine Bewegungen ergeben \(german.1)")
        }
    }
}
