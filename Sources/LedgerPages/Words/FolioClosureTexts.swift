import Ledger

/// What the pages say that end a stay without a check-out, or lower a line.
extension Phrase {
    // MARK: - Both closures

    static let afterNext = Phrase(
        "Nothing is done yet. The next page says what will happen to the money.",
        "Es wird noch nichts ausgeführt. Auf der nächsten Seite steht, was mit dem Geld geschieht.")
    static let whatHappens = Phrase("What will happen", "Das wird geschehen")
    static let everythingPaidOrHeld = Phrase("Current state", "Stand jetzt")
    static let noFee = Phrase("There is no fee.", "Es wird keine Gebühr berechnet.")
    static let noMoneyMoves = Phrase(
        "No money is moved: there is nothing to take and nothing to refund.",
        "Es bewegt sich kein Geld: Es ist nichts einzuziehen und nichts zurückzugeben.")
    static let pageWithdrawn = Phrase(
        "The guest's open payment page no longer works.", "Die offene Zahlungsseite des Gastes gilt nicht mehr.")
    static let plannedHoldDropped = Phrase("The planned hold is not placed.", "Die geplante Vormerkung entfällt.")
    static let cardForgotten = Phrase("The saved card is removed.", "Die hinterlegte Karte wird gelöscht.")
    static let folioCloses = Phrase(
        "The folio is then closed permanently.", "Das Gästekonto ist danach abgeschlossen und bleibt es.")
    static let changeSomething = Phrase("Change", "Etwas ändern")
    static let leaveIt = Phrase("Do nothing", "Nicht ausführen")
    static let closureChanged = Phrase(
        "Something has changed in the meantime. Nothing was done.",
        "Inzwischen hat sich etwas geändert. Es wurde nichts ausgeführt.")
    static let closureChangedHint = Phrase(
        "Please read again what will happen, and confirm.",
        "Bitte noch einmal lesen, was geschehen wird, und bestätigen.")

    static func chargesReversed(_ amount: String) -> Phrase {
        Phrase("The \(amount) charged so far are reversed.", "Die bisher berechneten \(amount) werden storniert.")
    }

    // MARK: - Cancellation

    static let cancelStay = Phrase("Cancel the booking …", "Buchung stornieren …")
    static let cancellation = Phrase("Cancellation", "Stornierung")
    static let cancellationLead = Phrase(
        "The guest cancels. All charges are reversed, and what was paid beyond the fee is refunded.",
        """
        Der Gast sagt ab. Was berechnet wurde, wird storniert; was über die Gebühr hinaus bezahlt ist, geht \
        zurück.
        """)
    static let cancellationFee = Phrase("Cancellation fee", "Stornogebühr")
    static let cancellationFeeHint = Phrase(
        "0 for none. It is not subject to VAT.", "0 für keine. Sie enthält keine Umsatzsteuer.")
    static let confirmCancellation = Phrase("Cancel now", "Jetzt stornieren")
    static let cancellationRuns = Phrase("The cancellation is running.", "Die Stornierung läuft.")
    static let cancellationDone = Phrase("The booking is cancelled.", "Die Buchung ist storniert.")

    // MARK: - No-show

    static let noShowStay = Phrase("No-show …", "No-Show …")
    static let noShow = Phrase("No-show", "No-Show")
    static let noShowLead = Phrase(
        "The guest did not come, and the room was kept. All charges are reversed, and a fee is taken instead.",
        """
        Der Gast kam nicht, und das Zimmer wurde freigehalten. Was berechnet wurde, wird storniert; stattdessen \
        fällt eine Gebühr an.
        """
    )
    static let noShowFee = Phrase("No-show fee", "No-Show-Gebühr")
    static let noShowFeeHint = Phrase(
        "Usually one night; 0 for none. Taxed like lodging.",
        "Meist eine Nacht; 0 für keine. Besteuert wie die Übernachtung.")
    static let keptDeposit = Phrase("Also keep from the prepayment", "Außerdem von der Anzahlung einbehalten")
    static let keptDepositHint = Phrase(
        "For a non-refundable rate; 0 to refund it. No VAT.",
        "Bei einem Tarif ohne Erstattung; 0, um sie zurückzugeben. Ohne USt.")
    static let noShowReason = Phrase("The guest did not arrive", "Gast ist nicht angereist")
    static let confirmNoShow = Phrase("Record the no-show now", "Jetzt als No-Show buchen")
    static let noShowRuns = Phrase("The no-show is being recorded.", "Das No-Show wird gebucht.")
    static let noShowDone = Phrase("The no-show is recorded.", "Das No-Show ist gebucht.")

    static func feeCharged(_ name: Phrase, _ amount: String, taxed: Bool) -> Phrase {
        taxed
            ? Phrase(
                "\(name.english): \(amount), VAT as for lodging included.",
                "\(name.german): \(amount) inkl. USt. wie für die Übernachtung."
            )
            : Phrase("\(name.english): \(amount), without VAT.", "\(name.german): \(amount) ohne USt.")
    }
    static func depositKept(_ amount: String) -> Phrase {
        Phrase("\(amount) of the prepayment are kept.", "\(amount) der Anzahlung werden einbehalten.")
    }
    static func confirmAndTake(_ what: Phrase, _ amount: String) -> Phrase {
        Phrase("\(what.english) and take \(amount)", "\(what.german) und \(amount) einziehen")
    }
    static func confirmAndLink(_ what: Phrase, _ amount: String) -> Phrase {
        Phrase(
            "\(what.english) and create a payment page for \(amount)",
            "\(what.german) und Zahlungsseite über \(amount) erstellen")
    }
    static func confirmTakeAndLink(_ what: Phrase, _ taken: String, _ linked: String) -> Phrase {
        Phrase(
            "\(what.english), take \(taken) and create a payment page for \(linked)",
            "\(what.german), \(taken) einziehen und Zahlungsseite über \(linked) erstellen")
    }
    static func confirmAndGiveBack(_ what: Phrase, _ amount: String) -> Phrase {
        Phrase("\(what.english) and refund \(amount)", "\(what.german) und \(amount) erstatten")
    }

    // MARK: - Allowance

    static let allowShort = Phrase("Allowance", "Nachlass")
    static let allowanceAmount = Phrase("Amount (gross)", "Um wie viel (brutto)")
    static let allowanceHint = Phrase(
        "The line stays visible; the allowance is a separate line with the same tax rate.",
        "Die Position bleibt sichtbar; der Nachlass ist eine eigene Position zum selben Steuersatz.")
    static let giveAllowance = Phrase("Give the allowance", "Nachlass geben")
    static let nothingTakenNow = Phrase(
        "No money moves now: check-out takes less by this amount.",
        "Jetzt bewegt sich kein Geld: Beim Check-out wird entsprechend weniger eingezogen.")

    static func allowTitle(_ what: String) -> Phrase {
        Phrase("Allowance on “\(what)”", "Nachlass auf „\(what)“")
    }
    static func allowMost(_ amount: String) -> Phrase { Phrase("At most \(amount).", "Höchstens \(amount).") }
    static func lineBecomes(_ before: String, _ after: String) -> Phrase {
        Phrase(
            "The line then costs \(after) instead of \(before).", "Die Position kostet dann \(after) statt \(before).")
    }
    static func openBecomes(_ before: String, _ after: String) -> Phrase {
        Phrase("\(after) are then open instead of \(before).", "Offen sind dann \(after) statt \(before).")
    }
    static func givenBackAtCheckOut(_ amount: String) -> Phrase {
        Phrase(
            "The guest has then overpaid \(amount): check-out refunds it.",
            "Der Gast hat dann \(amount) zu viel bezahlt: Beim Check-out wird es erstattet.")
    }
    static func allowedDone(_ what: String, _ amount: String) -> Phrase {
        Phrase("Allowance on \(what): \(amount)", "Nachlass auf \(what): \(amount)")
    }
}
