import Ledger

// What Stripe is asked without changing anything, for a sentence about a failure.
extension Phrase {
    static let readingEvents = Phrase("reading events", "die Abfrage der Ereignisse")
    static let readingMovements = Phrase("reading balance transactions", "die Abfrage der Kontobewegungen")
    static let readingLists = Phrase("reading Stripe's lists", "die Abfrage der Listen")
    static let readingPayment = Phrase("reading a payment", "die Abfrage einer Zahlung")
    static let readingRefund = Phrase("reading a refund", "die Abfrage einer Rückerstattung")
    static let readingPage = Phrase("reading a page", "die Abfrage einer Zahlungsseite")
}
