import Ledger

/// What accounting's pages say.
extension Text {
    static let month = Text("Monat", "Month")
    static let show = Text("Anzeigen", "Show")
    static let exportJournal = Text("Journal (CSV)", "Journal (CSV)")
    static let exportStatement = Text("Abrechnung (CSV)", "Statement (CSV)")
    static let closeMonth = Text("Monat abschließen", "Close the month")
    static let monthIsOpen = Text("Noch offen: Die Zahlen können sich ändern.", "Still open: figures may change.")
    static let moduleFee = Text("Modulgebühr", "Module fee")
    static let moduleFeeHint = Text("Rechnung des Softwarehauses", "Billed by the software house")
    static let stripeHint = Text("Von Stripe bereits einbehalten, keine Rechnung", "Already withheld by Stripe, not billed")
    static let tax19 = Text("USt. 19 %", "VAT 19%")
    static let toPay = Text("Zu zahlen", "To pay")
    static let count = Text("Anzahl", "Count")
    static let fee = Text("Gebühr", "Fee")
    static let fees = Text("Gebühren", "Fees")
    static let opening = Text("Anfangssaldo", "Opening balance")
    static let closing = Text("Endsaldo", "Closing balance")
    static let feesKept = Text("Gebühren gesamt", "Fees in total")
    static let byMethod = Text("Zahlungen nach Zahlart", "Payments by method")
    static let noPayments = Text("In diesem Monat gab es keine Zahlungen.", "No payments in this month.")
    static let openItems = Text("Offene Posten", "Open items")
    static let noOpenItems = Text("Nichts offen.", "Nothing is open.")
    static let overpaid = Text("Zu viel bezahlt", "Paid too much")
    static let closedUnpaid = Text("Abgeschlossen, nicht ganz bezahlt", "Closed, not fully paid")
    static let stillNotClosed = Text("Abreise vorbei, nicht abgeschlossen", "Departure passed, not closed")
    static let guest = Text("Gast", "Guest")
    static let why = Text("Warum", "Why")
    static let refunds = Text("Rückerstattungen", "Refunds")
    static let noRefunds = Text("Keine Rückerstattungen.", "No refunds.")
    static let disputes = Text("Zahlungsanfechtungen", "Disputes")
    static let noDisputes = Text("Keine Zahlungsanfechtungen.", "No disputes.")
    static let volume = Text("Umsatz", "Volume")
    static let volumeAndFees = Text("Umsatz und Gebühren, zwölf Monate", "Volume and fees, twelve months")
    static let asTable = Text("Als Tabelle", "As a table")
    static let whatItMeans = Text("Was das bedeutet", "What this means")
    static let closeMeansFixed = Text(
        "Die Zahlen dieses Monats stehen danach fest und ändern sich nie mehr.", "The figures of this month are fixed and never change again.")
    static let closeMeansLate = Text(
        "Was Stripe später noch meldet, erscheint als Nachtrag im nächsten offenen Monat.",
        "What Stripe reports later appears as a late item in the next open month.")
    static let openItemsLeftHint = Text("Sie können trotzdem abschließen.", "You can close all the same.")
    static let supplier = Text("Lieferant", "Supplier")
    static let methodHead = Text("Zahlart", "Method")
    static let lateHead = Text("Nachträge", "Late items")
    static let statementFileName = Text("abrechnung", "statement")
    static let number = Text("Nummer", "Number")
    static let serviceDate = Text("Leistungsdatum", "Service date")
    static let postedAt = Text("Gebucht (UTC)", "Posted (UTC)")
    static let debit = Text("Soll", "Debit")
    static let creditSide = Text("Haben", "Credit")
    static let folio = Text("Gästekonto", "Folio")
    static let whoDidIt = Text("Wer", "Who")

    static func closedOn(_ instant: String) -> Text { Text("Abgeschlossen am \(instant)", "Closed on \(instant)") }
    static func monthIsClosed(_ month: String) -> Text { Text("\(month) ist abgeschlossen.", "\(month) is closed.") }
    static func closeTitle(_ month: String) -> Text { Text("\(month) abschließen", "Close \(month)") }
    static func closeMeansFee(_ gross: String, _ net: String) -> Text {
        Text("Die Modulgebühr von \(gross) (\(net) netto) wird gebucht.", "The module fee of \(gross) (\(net) net) is posted.")
    }
    static func openItemsLeft(_ count: Int) -> Text {
        count == 1 ? Text("1 Posten ist noch offen.", "1 item is still open.") : Text("\(count) Posten sind noch offen.", "\(count) items are still open.")
    }
    static func late(_ count: Int64) -> Text { Text("davon \(count) Nachträge", "\(count) of them late") }
    static func paymentsWithFee(_ count: Int, _ fee: String) -> Text {
        count == 1 ? Text("1 Zahlung, \(fee) Gebühr", "1 payment, \(fee) fee") : Text("\(count) Zahlungen, \(fee) Gebühren", "\(count) payments, \(fee) fees")
    }
    static func chartLabel(_ currency: String) -> Text {
        Text("Säulen: Umsatz und Gebühren je Monat in \(currency)", "Bars: volume and fees per month in \(currency)")
    }
    static func methodName(_ name: String) -> Text {
        let text = method(name)
        return name.isEmpty ? Text("Andere", "Other") : Text(text.german, text.english.prefix(1).uppercased() + text.english.dropFirst())
    }
    static func bucket(_ bucket: BalanceMovement.Bucket) -> Text {
        switch bucket {
        case .charge: Text("Zahlungen", "Payments")
        case .refund: Text("Rückerstattungen", "Refunds")
        case .refundFailure: Text("Fehlgeschlagene Rückerstattungen", "Failed refunds")
        case .dispute: Text("Zahlungsanfechtungen", "Disputes")
        case .fee: Text("Gebühren", "Fees")
        case .payout: Text("Auszahlungen", "Payouts")
        case .other: Text("Sonstiges", "Other")
        }
    }
    static func disputeState(_ state: String) -> Text {
        switch state {
        case "won": Text("Gewonnen", "Won")
        case "lost": Text("Verloren", "Lost")
        case "needs_response", "warning_needs_response": Text("Antwort nötig", "Needs an answer")
        case "under_review", "warning_under_review": Text("In Prüfung", "Under review")
        default: Text(state, state)
        }
    }
}
