import Ledger

/// What to do after a refusal, for users of the pages. The domain's own hints are for the command line or the operator.
enum PageHints {
    /// By the refusal's code.
    static let all: [String: Phrase] = [
        "tenant_not_found": Phrase("The list of tenants shows all of them.", "Die Liste der Mandanten zeigt alle."),
        "folio_not_found": Phrase(
            "Search at the reception by name, room or number.",
            "Am Empfang nach Name, Zimmer oder Buchungsnummer suchen."),
        "movement_not_found": Phrase(
            "The month's page shows those that nothing explains.", "Die Monatsseite zeigt die ungeklärten."),
        "movement_type_not_found": Phrase(
            "Somebody may have assigned them: the month's page shows what is left.",
            "Vielleicht hat sie jemand zugeordnet: Die Monatsseite zeigt, was noch ungeklärt ist."),
        "rule_not_found": Phrase("The list shows all rules.", "Die Liste zeigt alle Regeln."),
        "rule_exists": Phrase(
            "End it first, in the list of rules.", "Bitte zuerst diese in der Liste der Regeln beenden."),
        "rule_ended": Phrase("The list shows which rules are in force.", "Die Liste zeigt, welche Regeln gelten."),
        "unreadable_not_found": Phrase(
            "It may have been read since; the month's page shows what cannot be read.",
            "Vielleicht wurde es inzwischen gelesen; die Monatsseite zeigt, was unlesbar ist."),
        "unreadable_dismissed": Phrase("There is nothing left to do about it.", "Es ist nichts mehr zu tun."),
        "payout_not_found": Phrase("The month's page lists payouts.", "Die Monatsseite zeigt die Auszahlungen."),
        "dispute_not_found": Phrase("The month's page lists disputes.", "Die Monatsseite zeigt die Anfechtungen."),
        "sku_not_found": Phrase(
            "The price list has changed. Load the page again.",
            "Die Preisliste hat sich geändert. Bitte die Seite neu laden."),
        "awaiting_guest": Phrase(
            "The payment page is on the folio: send it to the guest, or let the guest pay at the desk.",
            "Die Zahlungsseite steht auf dem Gästekonto: dem Gast senden oder ihn am Empfang zahlen lassen."),
        "check_out_in_progress": Phrase(
            "It continues automatically. Check the folio again in a moment.",
            "Er läuft von selbst weiter. Bitte das Gästekonto gleich noch einmal ansehen."),
        "operation_in_progress": Phrase(
            "It is sent again automatically. Please try again in a minute.",
            "Sie wird von selbst erneut gesendet. Bitte in einer Minute noch einmal versuchen."),
        "nothing_charged": Phrase(
            "Charge what is missing on the folio, or tick that it is to be closed without a charge.",
            "Auf dem Gästekonto buchen, was fehlt, oder ankreuzen, dass es ohne Leistung abgeschlossen wird."),
        "bill_missing": Phrase(
            "Choose whether the bill is lowered by the same amount or stays unchanged until you decide.",
            "Bitte wählen, ob die Forderung um denselben Betrag sinkt oder bis zur Entscheidung unverändert bleibt."),
        "month_not_synced": Phrase(
            "The service reads Stripe by itself, within minutes after the month has ended in UTC, too: close it then.",
            "Der Dienst fragt Stripe ab, sobald der Monat auch in UTC zu Ende ist: Schließen Sie ihn dann ab."),
        "service_date_outside_stay": Phrase(
            "Correct the date, or confirm it below: the tax rate of that date applies.",
            "Den Tag berichtigen oder unten bestätigen: Es gilt der Steuersatz dieses Tages."),
        "bill_decided": Phrase("The folio shows what was decided.", "Das Gästekonto zeigt, was entschieden ist."),
        "hold_not_found": Phrase("The folio shows all holds.", "Das Gästekonto zeigt alle Vormerkungen."),
        "hold_not_renewable": Phrase(
            "Ask the guest for a hold on the folio: on a page it may have any amount.",
            "Auf dem Gästekonto eine Vormerkung vom Gast anfragen: Auf der Seite ist jeder Betrag möglich."),
        "hold_tried_recently": Phrase(
            "Wait until then, or ask the guest for a hold on the folio.",
            "Bis dahin warten oder auf dem Gästekonto eine Vormerkung vom Gast anfragen."),
        "above_ceiling": Phrase(
            "Ask the guest for a further hold on the folio: on a page it may have any amount.",
            "Auf dem Gästekonto eine weitere Vormerkung vom Gast anfragen: Auf der Seite ist jeder Betrag möglich."),
        "payment_not_found": Phrase("The folio shows all payments.", "Das Gästekonto zeigt alle Zahlungen."),
        "stripe_account_missing": Phrase(
            "The operator connects Stripe in the settings of the house.",
            "Der Betreiber verbindet Stripe in der Einrichtung des Hauses."),
        "stripe_key_refused": Phrase(
            "Please tell the operator: the key has to be replaced in the settings of the house.",
            "Bitte dem Betreiber sagen: Der Schlüssel muss in der Einrichtung des Hauses ersetzt werden."),
        "stripe_read_forbidden": Phrase(
            "Please tell the operator: the key needs this permission at Stripe.",
            "Bitte dem Betreiber sagen: Der Schlüssel braucht bei Stripe diese Berechtigung."),
        "stripe_unreachable": Phrase(
            "Please try again in a minute. If it persists, tell the operator.",
            "Bitte in einer Minute noch einmal versuchen. Hält es an, dem Betreiber Bescheid geben."),
        "sync_required": Phrase(
            "Stripe is read automatically within minutes. Please try again then.",
            "Stripe wird innerhalb von Minuten von selbst gelesen. Bitte dann noch einmal versuchen."),
        "check_out_blocked": Phrase(
            "Please tell the operator. It then continues automatically.",
            "Bitte dem Betreiber Bescheid geben. Danach läuft er von selbst weiter."),
        "found_object": Phrase(
            "Please tell the operator, who takes it in. Until then no money is taken here.",
            "Bitte dem Betreiber Bescheid geben, der es übernehmen lässt. Bis dahin wird hier nichts eingezogen."),
        "found_refund": Phrase(
            "It may be the same refund. Please decide first whether it lowered the bill.",
            "Vielleicht ist es die gewünschte. Bitte zuerst entscheiden, ob sie die Forderung gesenkt hat."),
        "stripe_account_taken": Phrase(
            "Please tell the operator: each house needs its own Stripe account.",
            "Bitte dem Betreiber Bescheid geben: Jedes Haus braucht ein eigenes Stripe-Konto."),
        "stripe_unanswered": Phrase(
            """
            This resolves automatically. You can send the form on this page again: nothing is done twice, and \
            you see the result.
            """,
            """
            Es klärt sich von selbst. Das Formular auf dieser Seite noch einmal zu senden führt nichts doppelt \
            aus: Es fragt nach, was daraus wurde.
            """
        ),
        "refund_finished": Phrase(
            "To refund more, press the button again.",
            "Soll noch mehr zurückgehen, drücken Sie den Knopf noch einmal."),
        "event_not_parked": Phrase(
            "It has been processed or dismissed in the meantime.",
            "Es ist inzwischen verarbeitet oder beiseitegelegt."),
        "operation_not_open": Phrase(
            "It has been answered in the meantime.", "Inzwischen ist die Antwort da."),
        "operation_not_parked": Phrase(
            "It has been completed or dismissed in the meantime.",
            "Der Vorgang ist inzwischen erledigt oder beiseitegelegt."),
        "operation_parked": Phrase(
            "Please tell the operator, and do not repeat anything until then.",
            "Bitte dem Betreiber Bescheid geben und bis dahin nichts wiederholen."),
        "page_open": Phrase("Its address is at the top of the folio.", "Ihre Adresse steht oben auf dem Gästekonto."),
        "not_awaiting_guest": Phrase("The folio shows its state.", "Das Gästekonto zeigt den Stand."),
        "folio_closed": Phrase(
            "What was found after a stay is charged on the folio with the button “Late charge”.",
            "Was nach einem Aufenthalt auffällt, belastet auf dem Gästekonto der Knopf „Nachbelastung“."),
        "late_charge_by_link_only": Phrase(
            "Choose the payment page below: the guest then pays there.",
            "Bitte unten die Zahlungsseite wählen: Der Gast zahlt dann dort."),
        "token_not_found": Phrase("The list shows all tokens.", "Die Liste zeigt alle Zugangsschlüssel."),
        "user_not_found": Phrase("The list shows all users.", "Die Liste zeigt alle Benutzer."),
    ]
}
