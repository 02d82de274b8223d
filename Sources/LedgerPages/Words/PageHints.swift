import Ledger

/// What to do after a refusal, for people who look at pages. The domain's own hints are for the command line, or for whoever runs it.
enum PageHints {
    /// By the refusal's code.
    static let all: [String: Phrase] = [
        "tenant_not_found": Phrase("The list of tenants shows all of them.", "Die Liste der Mandanten zeigt alle."),
        "folio_not_found": Phrase(
            "Search at the reception by name, room or number.", "Am Empfang nach Name, Zimmer oder Buchungsnummer suchen."),
        "sku_not_found": Phrase(
            "The price list has changed. Load the page again.", "Die Preisliste hat sich geändert. Bitte die Seite neu laden."),
        "awaiting_guest": Phrase(
            "The payment page stands on the folio: send it to the guest, or have it paid at the desk.",
            "Die Zahlungsseite steht auf dem Gästekonto: dem Gast senden oder ihn am Empfang zahlen lassen."),
        "check_out_in_progress": Phrase(
            "It goes on by itself. Look at the folio again in a moment.",
            "Er läuft von selbst weiter. Bitte das Gästekonto gleich noch einmal ansehen."),
        "operation_in_progress": Phrase(
            "It is sent again by itself. Please try again in a minute.",
            "Sie wird von selbst erneut gesendet. Bitte in einer Minute noch einmal versuchen."),
        "bill_missing": Phrase(
            "Choose whether the bill is lowered by the same amount, or stays as it is until you decide.",
            "Bitte wählen, ob die Forderung um denselben Betrag sinkt oder bis zur Entscheidung unverändert bleibt."),
        "service_date_outside_stay": Phrase(
            "Correct the day, or confirm it below: the tax rate is that of this day.",
            "Den Tag berichtigen oder unten bestätigen: Es gilt der Steuersatz dieses Tages."),
        "bill_decided": Phrase("The folio shows what was decided.", "Das Gästekonto zeigt, was entschieden ist."),
        "hold_not_found": Phrase("The folio shows all holds.", "Das Gästekonto zeigt alle Vormerkungen."),
        "payment_not_found": Phrase("The folio shows all payments.", "Das Gästekonto zeigt alle Zahlungen."),
        "stripe_account_missing": Phrase(
            "The operator connects Stripe in the set-up of the house.", "Der Betreiber verbindet Stripe in der Einrichtung des Hauses."),
        "stripe_key_refused": Phrase(
            "Please tell the operator: the key has to be replaced in the set-up of the house.",
            "Bitte dem Betreiber sagen: Der Schlüssel muss in der Einrichtung des Hauses ersetzt werden."),
        "stripe_unreachable": Phrase(
            "Please try again in a minute. If it lasts, tell the operator.",
            "Bitte in einer Minute noch einmal versuchen. Hält es an, dem Betreiber Bescheid geben."),
        "sync_required": Phrase(
            "Stripe is read by itself within minutes. Please try again then.",
            "Stripe wird innerhalb von Minuten von selbst gelesen. Bitte dann noch einmal versuchen."),
        "check_out_blocked": Phrase(
            "Please tell the operator. It goes on by itself then.",
            "Bitte dem Betreiber Bescheid geben. Danach läuft er von selbst weiter."),
        "found_object": Phrase(
            "Please tell the operator, who has it taken in. Until then nothing is taken here.",
            "Bitte dem Betreiber Bescheid geben, der es übernehmen lässt. Bis dahin wird hier nichts eingezogen."),
        "found_refund": Phrase(
            "It may be the one that you ask for. Please decide first whether it lowered the bill.",
            "Vielleicht ist es die gewünschte. Bitte zuerst entscheiden, ob sie die Forderung gesenkt hat."),
        "stripe_account_taken": Phrase(
            "Please tell the operator: each house needs a Stripe account of its own.",
            "Bitte dem Betreiber Bescheid geben: Jedes Haus braucht ein eigenes Stripe-Konto."),
        "stripe_unanswered": Phrase(
            "It is settled by itself. Sending the form on this page again does nothing twice: it asks what came of it.",
            "Es klärt sich von selbst. Das Formular auf dieser Seite noch einmal zu senden führt nichts doppelt aus: Es fragt nach, was daraus wurde."
        ),
        "refund_finished": Phrase(
            "If more is to go back, press the button once more.", "Soll noch mehr zurückgehen, drücken Sie den Knopf noch einmal."),
        "event_not_parked": Phrase(
            "It has been worked off or left meanwhile.", "Es ist inzwischen verarbeitet oder beiseitegelegt."),
        "operation_not_open": Phrase(
            "It has an answer by now.", "Inzwischen ist die Antwort da."),
        "operation_not_parked": Phrase(
            "It has been settled or left meanwhile.", "Der Vorgang ist inzwischen erledigt oder beiseitegelegt."),
        "operation_parked": Phrase(
            "Please tell the operator, and repeat nothing until then.",
            "Bitte dem Betreiber Bescheid geben und bis dahin nichts wiederholen."),
        "page_open": Phrase("Its address stands at the top of the folio.", "Ihre Adresse steht oben auf dem Gästekonto."),
        "not_awaiting_guest": Phrase("The folio shows how it stands.", "Das Gästekonto zeigt den Stand."),
        "folio_closed": Phrase(
            "What came later belongs on a new folio; the reservation system makes it.",
            "Nachträgliches gehört auf ein neues Gästekonto; das Reservierungssystem legt es an."),
        "token_not_found": Phrase("The list shows all tokens.", "Die Liste zeigt alle Zugangsschlüssel."),
        "user_not_found": Phrase("The list shows all users.", "Die Liste zeigt alle Benutzer."),
    ]
}
