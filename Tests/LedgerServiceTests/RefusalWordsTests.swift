import Ledger
import LedgerAccess
import LedgerService
import Testing

@Suite struct `Refusals in words` {
    private static let amount = Money(minorUnits: 50, currency: .eur)

    @Test(arguments: [
        (
            ServiceRefusal.amountBelowMinimum(amount), "Stripe takes no payment below €0.50.",
            "Stripe nimmt keine Zahlung unter 0,50\u{A0}€ an."
        ),
        (
            .ceilingTooLow(amount), "The ceiling of holds is below the €0.50 that are to be held.",
            "Die Obergrenze für Vormerkungen liegt unter den 0,50\u{A0}€, die vorgemerkt werden sollen."
        ),
        (
            .extrasInvalid(most: amount), "The expected extras of a night must be from zero to €0.50.",
            "Die erwarteten Zusatzleistungen einer Nacht liegen nicht unter null und nicht über 0,50\u{A0}€."
        ),
        (
            .folioClosed("R-1", .checkedOut), "Folio \"R-1\" is closed (checked out).",
            "Das Gästekonto „R-1“ ist abgeschlossen (ausgecheckt)."
        ),
        (
            .methodEnded(.giropay, on: Day("2024-06-30")!), "Stripe discontinued Giropay on 30 Jun 2024.",
            "Stripe hat Giropay zum 30.06.2024 eingestellt."
        ),
        (
            .stripeRefused(what: OperationKind.capture.phrase, why: .declined("insufficient_funds")),
            "Refused by Stripe: the capture. Reason: the card has insufficient funds.",
            "Von Stripe abgelehnt: der Einzug. Grund: Karte nicht gedeckt."
        ),
        (
            .stripeRefused(what: OperationKind.capture.phrase, why: .said("No such intent.")),
            "Refused by Stripe: the capture. Reason: No such intent.", "Von Stripe abgelehnt: der Einzug. Grund: No such intent."
        ),
        (
            .documentNotFound("R-1", isClosed: true), "Folio \"R-1\" was closed without a document.",
            "Das Gästekonto „R-1“ wurde ohne Beleg abgeschlossen."
        ),
        (.documentNotFound("R-1"), "Folio \"R-1\" has no document yet.", "Das Gästekonto „R-1“ hat noch keinen Beleg."),
        (
            .monthNotOver(Month("2026-11")!), "November 2026 is not over.", "Der November 2026 ist noch nicht vorbei."
        ),
        (
            .monthNotSynced(Month("2026-11")!), "Stripe has not been read since November 2026 ended.",
            "Seit dem Ende des Monats November 2026 wurde Stripe nicht abgefragt."
        ),
        (
            .monthUnsettled(
                Month("2026-11")!,
                [MonthObstacle(.operationParked, ["12"])!, MonthObstacle(.eventReceived, ["evt_1", "evt_2"])!]),
            "November 2026 cannot be closed yet: 1 parked operation (12), 2 events not processed yet (evt_1, evt_2).",
            "Der November 2026 kann noch nicht abgeschlossen werden: 1 Vorgang zu klären (12), 2 Ereignisse nicht verarbeitet (evt_1, evt_2)."
        ),
        (
            .closingReasonMissing(Month("2026-11")!, [ClosingCheck(.openItems, ids: ["R-1"]), ClosingCheck(.suspense, count: 2)]),
            "November 2026 is closed only with a reason, because of 1 open item (R-1); 2 unexplained movements.",
            "Der November 2026 wird nur mit einem Grund abgeschlossen: 1 offener Posten (R-1); 2 ungeklärte Bewegungen."
        ),
    ])
    func `say amounts, days and states as people do`(_ refusal: ServiceRefusal, english: String, german: String) {
        #expect(refusal.message == english && refusal.german.message == german)
    }

    @Test func `of a month that cannot be closed say what to do about each obstacle, wherever they are read`() {
        let obstacles = [MonthObstacle(.movementWaiting, ["txn_1"])!, MonthObstacle(.operationParked, ["12"])!]
        let refusal = ServiceRefusal.monthUnsettled(Month("2026-11")!, obstacles)
        #expect(refusal.hint?.contains("`movement dismiss`") == true && refusal.hint?.contains("`operation dismiss`") == true)
        for language in Language.allCases {
            #expect(refusal.words(in: language, hints: [:]).hint == obstacles.wayOut.text(in: language))
        }
    }

    @Test func `name a role as the pages do`() {
        #expect(AccessRefusal.notAllowed(.reception).german.message == "Die Rolle Empfang darf das nicht.")
    }

    @Test func `count the decimals of a currency`() {
        #expect(MoneyError.tooManyDecimals("1,234", .eur).german.message == "„1,234“ hat mehr als 2 Nachkommastellen.")
        let yen = Currency("jpy")!
        #expect(MoneyError.tooManyDecimals("1,5", yen).german.message == "„1,5“ hat Nachkommastellen, und \(yen) hat keine.")
    }
}
