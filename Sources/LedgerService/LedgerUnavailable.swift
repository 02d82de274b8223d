import Ledger
internal import LedgerStore

/// The ledger cannot be used, as it is said to callers: with the reason's code, and without where the file lies. That is for the operator,
/// who reads it in the log.
package struct LedgerUnavailable: Refusal {
    package let code: String

    /// The service ends before the request was carried out.
    package static let stopping = LedgerUnavailable(code: "shutting_down")

    package var message: String { words.english }
    package var hint: String? { advice.english }
    package var german: RefusalWords { RefusalWords(words.german, hint: advice.german) }

    private var words: Phrase {
        switch code {
        case "shutting_down": Phrase("The service is being stopped.", "Der Dienst wird gerade beendet.")
        case "file_locked":
            Phrase(
                "The ledger has been locked by another program for too long.",
                "Das Ledger ist zu lange von einem anderen Programm gesperrt.")
        case "disk_full":
            Phrase(
                "The disk that holds the ledger is full; nothing was written.",
                "Der Datenträger, auf dem das Ledger liegt, ist voll; es wurde nichts geschrieben.")
        default: Phrase("The service cannot use its ledger at the moment.", "Der Dienst kann sein Ledger im Augenblick nicht benutzen.")
        }
    }

    private var advice: Phrase {
        code == "shutting_down"
            ? Phrase("Try again in a moment.", "Versuchen Sie es gleich noch einmal.")
            : Phrase(
                "Try again in a few minutes; the service's log tells the operator what to fix.",
                "Versuchen Sie es in einigen Minuten noch einmal; der Betreiber findet im Protokoll des Dienstes, was zu tun ist.")
    }
}

extension Refusal {
    /// As callers and visitors are told.
    package var toldToCallers: any Refusal { self is StoreRefusal ? LedgerUnavailable(code: code) : self }
    /// Whether it tells of an accident with the ledger's file.
    package var isOfTheFile: Bool { self is StoreRefusal }
    /// Whether the operator has to hear where it is.
    package var isAccidentOfTheFile: Bool { self is StoreRefusal && code != LedgerUnavailable.stopping.code }
}

extension ServiceRefusal {
    /// A call that waited for Stripe was called off, because the service is being stopped.
    package static let calledOff = stripeUnanswered(what: Phrase("the service is being stopped", "der Dienst wird gerade beendet"))
}
