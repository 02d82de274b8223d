import Ledger
import LedgerService

/// What accounting's pages say.
extension Phrase {
    static let month = Phrase("Month", "Monat")
    static let show = Phrase("Show", "Anzeigen")
    static let exportJournal = Phrase("Journal (CSV)", "Journal (CSV)")
    static let exportJournalByPosting = Phrase("Journal by posting date (CSV)", "Journal nach Buchungstag (CSV)")
    static let journalIsByDay = Phrase(
        "The journal has what happened in this month, also where it was posted later.",
        "Das Journal enthält, was in diesem Monat geschehen ist, auch wenn es später gebucht wurde.")
    static func journalFileName(_ date: JournalDate) -> Phrase {
        switch date {
        case .occurredOn: Phrase("journal-by-day", "journal-nach-tag")
        case .postedAt: Phrase("journal-by-posting", "journal-nach-buchung")
        }
    }
    static let forPrograms = Phrase("For programs:", "Für Programme:")
    static let exportStatement = Phrase("Statement (CSV)", "Monatsabrechnung (CSV)")
    static let closeMonth = Phrase("Close the month", "Monat abschließen")
    static let monthIsOpen = Phrase("Still open: figures may change.", "Noch offen: Die Zahlen können sich ändern.")
    static let platformFee = Phrase("Platform fee", "Plattformgebühr")
    static let platformFeeHint = Phrase("Billed by the software house", "Rechnung des Softwarehauses")
    static let stripeHint = Phrase(
        "Already withheld by Stripe; for information", "Von Stripe bereits einbehalten, zur Information")
    static let tax19 = Phrase("VAT 19%", "USt. 19 %")
    static let toPay = Phrase("To pay", "Zu zahlen")
    static let count = Phrase("Count", "Anzahl")
    static let fee = Phrase("Fee", "Gebühr")
    static let fees = Phrase("Fees", "Gebühren")
    static let opening = Phrase("Opening balance", "Anfangssaldo")
    static let closing = Phrase("Closing balance", "Endsaldo")
    static let feesKept = Phrase("Fees in total", "Gebühren gesamt")
    static let byMethod = Phrase("Payments by method", "Zahlungen nach Zahlart")
    static let noPayments = Phrase("No payments in this month.", "In diesem Monat gab es keine Zahlungen.")
    static let openItems = Phrase("Open items", "Offene Posten")
    static let noOpenItems = Phrase("Nothing is open.", "Nichts offen.")
    static let overpaid = Phrase("Overpaid", "Zu viel bezahlt")
    static let closedUnpaid = Phrase("Closed, not fully paid", "Abgeschlossen, nicht ganz bezahlt")
    static let stillNotClosed = Phrase("Departure passed, not closed", "Abreise vorbei, nicht abgeschlossen")
    static let orderNotClosed = Phrase("Order not closed", "Bestellung nicht abgeschlossen")
    static let guestHasLink = Phrase("The guest has a link to pay", "Gast hat einen Link zum Bezahlen")
    static func comesFrom(_ month: String) -> Phrase { Phrase("from \(month)", "aus \(month)") }
    static func evidenceUntil(_ moment: String) -> Phrase { Phrase("Evidence by \(moment)", "Belege bis \(moment)") }
    static let guest = Phrase("Guest", "Gast")
    static let why = Phrase("Why", "Warum")
    static let refunds = Phrase("Refunds", "Rückerstattungen")
    static let noRefunds = Phrase("No refunds.", "Keine Rückerstattungen.")
    static let disputes = Phrase("Disputes", "Zahlungsanfechtungen")
    static let payouts = Phrase("Payouts", "Auszahlungen")
    static let payout = Phrase("Payout", "Auszahlung")
    static let noPayouts = Phrase("No payouts.", "Keine Auszahlungen.")
    static let arrives = Phrase("At the bank", "Bei der Bank")
    static let whatIsInIt = Phrase("What is in it", "Inhalt")
    static let oneByOne = Phrase("One by one", "Einzeln")
    static let balanceBefore = Phrase("Balance before", "Guthaben davor")
    static let balanceAfter = Phrase("Balance after", "Guthaben danach")
    static func payoutPlace(_ place: PayoutView.Place) -> Phrase {
        switch place {
        case .notBooked: Phrase("not booked yet", "noch nicht gebucht")
        case .transit: Phrase("on its way to the bank", "unterwegs zur Bank")
        case .bank: Phrase("at the bank", "bei der Bank")
        case .returned: Phrase("came back", "zurückgekommen")
        }
    }
    static let lateHint = Phrase(
        "They belong to a month that was closed when they became known. They are in the sums of this one.",
        "Sie gehören zu einem Monat, der schon abgeschlossen war. In den Summen dieses Monats sind sie enthalten.")
    static let byStripesMonth = Phrase("By Stripe's month (UTC)", "Nach Stripes Monat (UTC)")
    static let byStripesMonthHint = Phrase(
        "Stripe's invoice is cut in UTC: the same movements, at other bounds of the month.",
        "Stripes Rechnung schneidet den Monat in UTC: dieselben Bewegungen mit anderen Monatsgrenzen.")
    static func named(_ what: Phrase, _ more: Phrase) -> Phrase {
        Phrase("\(what.english), \(more.english)", "\(what.german), \(more.german)")
    }
    static func disputeTurn(_ turn: DisputeCounts.Turn) -> Phrase {
        switch turn {
        case .opened: Phrase("opened", "eröffnet")
        case .won: Phrase("won", "gewonnen")
        case .lost: Phrase("lost", "verloren")
        }
    }
    static let dispute = Phrase("Dispute", "Zahlungsanfechtung")
    static let contested = Phrase("Contested", "Angefochten")
    static let evidenceDay = Phrase("Evidence by", "Belege bis")
    static let withdrawnByBank = Phrase("Taken back by the bank", "Von der Bank zurückgeholt")
    static let writtenOff = Phrase("Written off", "Ausgebucht")
    static let writeOff = Phrase("Write off", "Ausbuchen")
    static let writeOffMeans = Phrase(
        "Nobody is asked for the amount any more. If the bank gives it back after all, the write-off is reversed.",
        "Der Betrag wird von niemandem mehr verlangt. Gibt die Bank ihn doch zurück, wird die Ausbuchung storniert.")
    static let writtenOffDone = Phrase("The amount is written off.", "Der Betrag ist ausgebucht.")
    static let postings = Phrase("Postings", "Buchungen")
    static let nothingPosted = Phrase("Nothing was posted.", "Es wurde nichts gebucht.")
    static func disputeEntry(_ kind: EntryKind) -> Phrase {
        switch kind {
        case .disputeReinstated: Phrase("Given back by the bank", "Von der Bank zurückgegeben")
        case .disputeWrittenOff: .writtenOff
        case .disputeWriteOffReversed: Phrase("Write-off reversed", "Ausbuchung storniert")
        default: .withdrawnByBank
        }
    }
    static func setAsideOfIt(_ amount: String) -> Phrase {
        Phrase("of this \(amount) set aside", "davon \(amount) zurückgestellt")
    }
    static let openItemsOfADay = Phrase("What was open on a day", "Offene Posten zu einem Stichtag")
    static func openItemsOn(_ day: String) -> Phrase {
        Phrase("Open items on \(day)", "Offene Posten am \(day)")
    }
    static let endOfDay = Phrase("At the end of", "Am Ende des Tages")
    static let openItemsOnHint = Phrase(
        "Guests' accounts as they stood at the end of the day.", "Gästekonten, wie sie am Ende des Tages standen.")
    static let fraudWarnings = Phrase("Banks' fraud warnings", "Betrugsmeldungen der Banken")
    static let fraudWarningsHint = Phrase(
        "A payment that is refunded whole can no longer be contested. Do not tell the guest the reason.",
        "Eine ganz erstattete Zahlung kann nicht mehr angefochten werden. Dem Gast den Grund nicht nennen.")
    static let warningOpen = Phrase("can still be refunded", "noch erstattbar")
    static let warningOver = Phrase("refunded or contested", "erstattet oder angefochten")
    static let noDisputes = Phrase("No disputes.", "Keine Zahlungsanfechtungen.")
    static let volume = Phrase("Payments", "Zahlungsvolumen")
    static let volumeAndFees = Phrase(
        "Payments and fees, twelve months", "Zahlungsvolumen und Gebühren, zwölf Monate")
    static let asTable = Phrase("As a table", "Als Tabelle")
    static let whatItMeans = Phrase("What this means", "Was das bedeutet")
    static let closeMeansFixed = Phrase(
        "The figures of this month are final.",
        "Die Zahlen dieses Monats stehen danach fest und ändern sich nie mehr.")
    static let closeMeansLate = Phrase(
        "What Stripe reports later appears as a late item in the next open month.",
        "Was Stripe später noch meldet, erscheint als Nachtrag im nächsten offenen Monat.")
    static let checklist = Phrase("Before closing", "Vor dem Abschluss")
    static let checklistHint = Phrase(
        "The first three must be in order. Anything else is closed over with a reason, which the statement prints.",
        """
        Die ersten drei müssen in Ordnung sein. Über alles Übrige wird mit einem Grund abgeschlossen, der auf der \
        Monatsabrechnung steht.
        """
    )
    static let inOrder = Phrase("in order", "in Ordnung")
    static let keepsMonthOpen = Phrase("keeps the month open", "hält den Monat offen")
    static let needsReason = Phrase("needs a reason", "braucht einen Grund")
    static let closingReasonHint = Phrase(
        "Why the month is closed nevertheless. Your name and the reason are kept.",
        "Warum trotzdem abgeschlossen wird. Ihr Name und der Grund werden aufbewahrt.")
    static func closedOver(_ what: String) -> Phrase {
        Phrase("Closed over: \(what)", "Abgeschlossen trotz: \(what)")
    }
    static let supplier = Phrase("Supplier", "Lieferant")
    static let methodHead = Phrase("Method", "Zahlart")
    static let lateHead = Phrase("Late items", "Nachträge")
    static let statementFileName = Phrase("statement", "abrechnung")
    static let number = Phrase("Number", "Nummer")
    static let occurredOn = Phrase("Occurred on", "Geschehen am")
    static let postedAt = Phrase("Posted (UTC)", "Gebucht (UTC)")
    static let debit = Phrase("Debit", "Soll")
    static let creditSide = Phrase("Credit", "Haben")
    static let folio = Phrase("Folio", "Gästekonto")
    static let currency = Phrase("Currency", "Währung")
    static let currencyOfStripeFees = Phrase("Currency of Stripe's fees", "Währung der Stripe-Gebühren")
    static let stripe = Phrase("Stripe", "Stripe")
    static let hash = Phrase("SHA-256", "SHA-256")
    static let whoDidIt = Phrase("Who", "Wer")

    static func closedOn(_ instant: String) -> Phrase { Phrase("Closed on \(instant)", "Abgeschlossen am \(instant)") }
    static func monthIsClosed(_ month: String) -> Phrase {
        Phrase("\(month) is closed.", "\(month) ist abgeschlossen.")
    }
    static func closeTitle(_ month: String) -> Phrase { Phrase("Close \(month)", "\(month) abschließen") }
    static func late(_ count: Int64) -> Phrase {
        Phrase("\(count) of them late", count == 1 ? "davon 1 Nachtrag" : "davon \(count) Nachträge")
    }
    static func paymentsWithFee(_ count: Int, _ fee: String) -> Phrase {
        count == 1
            ? Phrase("1 payment, \(fee) fee", "1 Zahlung, \(fee) Gebühr")
            : Phrase("\(count) payments, \(fee) fees", "\(count) Zahlungen, \(fee) Gebühren")
    }
    static func chartLabel(_ currency: String) -> Phrase {
        Phrase(
            "Bars: payments and fees per month in \(currency)",
            "Säulen: Zahlungsvolumen und Gebühren je Monat in \(currency)")
    }
    static let otherMethods = Phrase("Other", "Andere")
    static func movementKind(_ kind: BalanceMovement.Kind) -> Phrase {
        switch kind {
        case .charge: Phrase("Payments", "Zahlungen")
        case .chargeFailure: Phrase("Failed payments", "Gescheiterte Zahlungen")
        case .refund: Phrase("Refunds", "Rückerstattungen")
        case .refundFailure: Phrase("Failed refunds", "Fehlgeschlagene Rückerstattungen")
        case .dispute: Phrase("Disputes", "Zahlungsanfechtungen")
        case .fee: Phrase("Fees", "Gebühren")
        case .payout: Phrase("Payouts", "Auszahlungen")
        case .reserve: Phrase("Reserve at Stripe", "Einbehalt bei Stripe")
        case .other: Phrase("Other", "Sonstiges")
        }
    }
    static let type = Phrase("Type", "Art")
    static let unexplained = Phrase("Unexplained movements", "Ungeklärte Bewegungen")
    static let unexplainedHint = Phrase(
        "They moved the balance at Stripe, and no payment, refund or fee of this house explains them.",
        """
        Sie haben das Guthaben bei Stripe verändert, und keine Zahlung, Rückerstattung oder Gebühr des Hauses erklärt \
        sie.
        """
    )
    static let assignedMovements = Phrase("Assigned movements", "Zugeordnete Bewegungen")
    static let correct = Phrase("Correct", "Berichtigen")
    static let assign = Phrase("Assign", "Zuordnen")
    static func assignTitle(_ type: String) -> Phrase {
        Phrase("Assign movement: \(type)", "Bewegung zuordnen: \(type)")
    }
    static let assignedDone = Phrase("The movement is assigned.", "Die Bewegung ist zugeordnet.")
    static let suspenseByType = Phrase("In suspense, by type", "Ungeklärt, nach Art")
    static let assignAll = Phrase("Assign all", "Alle zuordnen")
    static func assignAllTitle(_ type: String) -> Phrase {
        Phrase("Assign all movements: \(type)", "Alle Bewegungen zuordnen: \(type)")
    }
    static let allAssignedDone = Phrase("The movements are assigned.", "Die Bewegungen sind zugeordnet.")
    static let eachItsEntry = Phrase("Each movement is posted by itself.", "Jede Bewegung wird einzeln gebucht.")
    static let nothingOfType = Phrase("Nothing of this type is in suspense.", "Von dieser Art ist nichts ungeklärt.")
    static let onlyOthers = Phrase(
        "Only others': what they came from does not carry the id of these books",
        "Nur fremde: Ihre Herkunft trägt nicht die Kennung dieser Bücher")
    static let onlyOthersShort = Phrase("only others'", "nur fremde")
    static let ruleForComing = Phrase(
        "Set a rule for those that come from now on", "Regel für künftige Bewegungen anlegen")
    static let rules = Phrase("Rules for movements", "Regeln für Bewegungen")
    static let rulesHint = Phrase(
        "When a movement of such a type comes into suspense, it is assigned by itself.",
        "Wird eine Bewegung dieser Art ungeklärt, so wird sie von selbst zugeordnet.")
    static let noRules = Phrase("There is no rule yet.", "Es gibt noch keine Regel.")
    static let setRule = Phrase("Set a rule", "Regel anlegen")
    static let setRuleHint = Phrase(
        "It holds from now on, until it is ended. What is in suspense already stays there until it is assigned.",
        "Sie gilt ab jetzt, bis sie beendet wird. Was schon ungeklärt ist, bleibt es, bis es zugeordnet wird.")
    static let typeHint = Phrase("Stripe's word, such as charge.", "Stripes Wort, etwa charge.")
    static let endRule = Phrase("End", "Beenden")
    static let ruleIsSet = Phrase("The rule is in force.", "Die Regel gilt.")
    static let ruleIsEnded = Phrase("The rule is ended.", "Die Regel ist beendet.")
    static func ruleSince(_ instant: String) -> Phrase { Phrase("Since \(instant)", "Seit \(instant)") }
    static func ruleEndedOn(_ instant: String) -> Phrase { Phrase("Ended on \(instant)", "Beendet am \(instant)") }
    static func assignEarlier(_ count: Int) -> Phrase {
        count == 1
            ? Phrase("Assign 1 that is older", "1 frühere zuordnen")
            : Phrase("Assign \(count) that are older", "\(count) frühere zuordnen")
    }
    static let waitsForStripe = Phrase("Stripe has not shown its origin yet", "Herkunft noch nicht gelesen")
    static func dismissMovementTitle(_ type: String) -> Phrase {
        Phrase("Dismiss movement: \(type)", "Bewegung beiseitelegen: \(type)")
    }
    static let dismissMovementMeans = Phrase(
        """
        Its amount goes to suspense and can then be assigned to an account. Its origin is still read again, and if it \
        is ours after all, it is taken out of suspense.
        """,
        """
        Der Betrag ist dann ungeklärt und lässt sich einem Konto zuordnen. Die Herkunft wird weiterhin gelesen; gehört \
        sie doch zum Haus, wird er zurückgebucht.
        """
    )
    static let unreadable = Phrase("Cannot be read", "Unlesbar")
    static let unreadableHint = Phrase(
        "Stripe lists them, and they cannot be read or booked. No month is closed until they are read or dismissed.",
        """
        Stripe führt sie auf, und sie lassen sich nicht lesen oder buchen. Bis sie gelesen oder beiseitegelegt sind, \
        wird kein Monat abgeschlossen.
        """
    )
    static func dismissObjectTitle(_ id: String) -> Phrase { Phrase("Dismiss \(id)", "\(id) beiseitelegen") }
    static let dismissObjectMeans = Phrase(
        """
        Compare it in Stripe's Dashboard first. Months are then closed without it. It is still read again, and what it \
        says is booked.
        """,
        """
        Bitte zuerst in Stripes Dashboard nachsehen. Danach werden Monate ohne es abgeschlossen. Es wird weiterhin \
        gelesen, und was es sagt, wird gebucht.
        """
    )
    static let objectDismissed = Phrase("It is dismissed.", "Es ist beiseitegelegt.")
    static let account = Phrase("Account", "Konto")
    static let accountHint = Phrase(
        "bank, stripe_fees, stripe_reserved, disputes, or external: with a name of your own, such as external:shop.",
        "bank, stripe_fees, stripe_reserved, disputes oder external: mit einem eigenen Namen, etwa external:shop.")
    static let source = Phrase("Came from", "Herkunft")
    static func otherCurrency(_ code: String, _ count: Int64) -> Phrase {
        let code = code.uppercased()
        return count == 1
            ? Phrase(
                "1 movement in \(code) is not in these books.", "1 Bewegung in \(code) steht nicht in diesen Büchern.")
            : Phrase(
                "\(count) movements in \(code) are not in these books.",
                "\(count) Bewegungen in \(code) stehen nicht in diesen Büchern.")
    }
    static func disputeState(_ state: String) -> Phrase {
        switch state {
        case "won": Phrase("Won", "Gewonnen")
        case "lost": Phrase("Lost", "Verloren")
        case "needs_response": Phrase("Needs an answer", "Antwort nötig")
        case "warning_needs_response": Phrase("Inquiry, needs an answer", "Anfrage, Antwort nötig")
        case "under_review": Phrase("Under review", "In Prüfung")
        case "warning_under_review": Phrase("Inquiry, under review", "Anfrage, in Prüfung")
        case "warning_closed": Phrase("Settled early", "Vorab erledigt")
        case "prevented": Phrase("Prevented", "Abgewendet")
        default: Phrase(state, state)
        }
    }
}
