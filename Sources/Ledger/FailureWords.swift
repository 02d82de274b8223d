extension Failure {
    /// One sentence for staff. Somebody's words stay as they were said.
    package func sentence(in language: Language) -> String {
        if case .said(let text) = self { return text }
        let words = words(in: language)
        return words.prefix(1).uppercased() + words.dropFirst() + "."
    }

    /// The same without its full stop, to follow a colon.
    package func words(in language: Language) -> String { phrase.text(in: language) }

    /// In English, with all details: for the operator.
    package var technical: String {
        switch self {
        case .refused(let code, let words) where !words.isEmpty: "\(code): \(words)"
        case .unanswered(_, let words) where !words.isEmpty: words
        default: words(in: .english)
        }
    }

    private var phrase: Phrase {
        switch self {
        case .pageUnused: Phrase("the page was not used", "Die Seite wurde nicht genutzt")
        case .declined(let reason): StripeReason.decline(reason)
        case .authenticationRequired:
            Phrase("the guest has to confirm the payment with the bank", "Der Gast muss die Zahlung bei seiner Bank bestätigen")
        case .notPaid: Phrase("the payment was not completed", "Die Zahlung kam nicht zustande")
        case .cardRemoved:
            Phrase("the saved card cannot be charged any more", "Die hinterlegte Karte lässt sich nicht mehr belasten")
        case .releasedAtStripe: Phrase("somebody released it at Stripe", "Jemand hat sie bei Stripe freigegeben")
        case .methodNotActive(let method):
            Phrase(
                "the method \(method.phrase.english) is not active at the Stripe account",
                "Die Zahlart \(method.phrase.german) ist am Konto bei Stripe nicht aktiv")
        case .outdated:
            Phrase("the situation has changed in the meantime", "Was dieser Schritt tun sollte, hat sich inzwischen geändert")
        case .dismissed(let reason, let actor):
            Phrase(
                "dismissed by \(Self.name(of: actor)): \(Self.withoutStop(reason))",
                "Aufgegeben von \(Self.name(of: actor)): \(Self.withoutStop(reason))")
        case .notRefundable(let reason): StripeReason.noRefund(reason)
        case .refused(let code, let words): StripeReason.refusal(code, words: Self.withoutStop(words))
        case .unanswered(let why, let words):
            Phrase(words.isEmpty ? why.phrase.english : Self.withoutStop(words), why.phrase.german)
        case .said(let words): Phrase(Self.withoutStop(words), Self.withoutStop(words))
        }
    }

    private static func withoutStop(_ text: String) -> String { text.hasSuffix(".") ? String(text.dropLast()) : text }

    /// The name in `user:olaf`.
    package static func name(of actor: String) -> String {
        actor.firstIndex(of: ":").map { String(actor[actor.index(after: $0)...]) } ?? actor
    }
}

extension Failure.NoAnswer {
    /// Part of a sentence, without a full stop.
    package var phrase: Phrase {
        switch self {
        case .notReached: Phrase("Stripe could not be reached", "Stripe war nicht zu erreichen")
        case .timedOut: Phrase("Stripe did not answer in time", "Stripe hat nicht rechtzeitig geantwortet")
        case .interrupted: Phrase("the connection to Stripe broke", "Die Verbindung zu Stripe ist abgebrochen")
        case .serverError: Phrase("Stripe has a problem", "Bei Stripe ist eine Störung")
        case .busy: Phrase("Stripe is busy with another call", "Stripe ist mit einem anderen Auftrag beschäftigt")
        case .keyRefused:
            Phrase(
                "Stripe does not accept the key, or the key lacks a permission",
                "Stripe nimmt den Schlüssel nicht an, oder ihm fehlt eine Berechtigung")
        case .unusable: Phrase("the answer is not usable", "Die Antwort lässt sich nicht verwerten")
        }
    }
}

extension Failure {
    /// Whether the guest's bank said so; texts stored as sentences count as the bank's.
    package var isOfTheBank: Bool { if case .said = self { true } else { isDecline } }

    /// Whether Stripe refused.
    var isOfStripe: Bool {
        switch self {
        case .refused, .said, .declined, .authenticationRequired, .methodNotActive: true
        default: false
        }
    }

    /// A badge of one or two words: not every failure is a refusal.
    package var badge: Phrase {
        switch self {
        case .pageUnused: Phrase("not used", "nicht genutzt")
        case .notPaid: Phrase("not made", "nicht zustande gekommen")
        case .outdated: Phrase("not done", "nicht ausgeführt")
        case .dismissed: Phrase("dismissed", "aufgegeben")
        case .releasedAtStripe: Phrase("released", "freigegeben")
        case .declined, .authenticationRequired, .cardRemoved, .methodNotActive, .notRefundable, .refused, .unanswered, .said:
            Phrase("refused", "abgelehnt")
        }
    }
}

extension Hold {
    /// Its state in words.
    package var statePhrase: Phrase { state == .failed ? failure?.badge ?? state.phrase : state.phrase }
}

extension Payment {
    /// As for a hold.
    package var statePhrase: Phrase { state == .failed ? failure?.badge ?? state.phrase : state.phrase }
}
