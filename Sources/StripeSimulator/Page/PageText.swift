/// The words of the hosted page in one language.
struct PageText: Sendable {
    let language: String
    let title, saveCard, holdCard, total, held, setupNote, email, number, expiry, cvc, name, payerName, expiryHint, saveButton, cancel,
        back,
        done, expired, gone, testNote: String
    let confirmTitle, bankTitle, approve, refuse, generic, genericOther, invalidNumber, invalidExpiry, invalidCVC: String
    private let refusals: [String: String]
    private let patterns: [String: String]

    private func fill(_ name: String, _ values: String...) -> String {
        var text = patterns[name] ?? ""
        for (position, value) in values.enumerated() { text = text.replacing("%\(position + 1)", with: value) }
        return text
    }

    /// - Parameter until: Unix seconds.
    func holdNote(until: Int) -> String { fill("hold", date(CivilDate(unixSeconds: until))) }
    func holdButton(_ amount: String) -> String { fill("holdButton", amount) }
    func payButton(_ amount: String) -> String { fill("payButton", amount) }
    func payWith(_ brand: String) -> String { fill("payWith", brand) }
    func goOn(_ brand: String) -> String { fill("goOn", brand) }

    /// What a bank or another provider asks. An empty amount: a card is only saved.
    func question(_ amount: String, holds: Bool, isBank: Bool) -> String {
        amount.isEmpty ? fill("bankSave") : fill(holds ? "mayHold" : isBank ? "bank" : "provider", amount)
    }

    /// A refusal in words for the person paying; never more than the issuer would tell them.
    ///
    /// - Parameter method: The way to pay that was refused.
    func explain(_ error: StripeError, method: String) -> String {
        refusals[error.declineCode ?? ""] ?? refusals[error.code ?? ""] ?? (method == "card" ? generic : genericOther)
    }

    func amount(_ amount: Int, _ currency: String) -> String {
        let digits = StripeAmounts.exponent(currency)
        var text = String(amount)
        var fraction = ""
        if digits > 0 {
            text = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
            fraction = (language == "de" ? "," : ".") + text.suffix(digits)
            text = String(text.dropLast(digits))
        }
        var grouped = ""
        for (position, digit) in text.enumerated() {
            if position > 0, (text.count - position) % 3 == 0 { grouped += language == "de" ? "." : "," }
            grouped.append(digit)
        }
        return "\(grouped)\(fraction) \(currency.uppercased())"
    }

    private func date(_ date: CivilDate) -> String {
        language == "de"
            ? "\(date.day).\u{A0}\(Self.germanMonths[date.month - 1]) \(date.year)"
            : "\(date.day)\u{A0}\(Self.englishMonths[date.month - 1]) \(date.year)"
    }

    private static let germanMonths = [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
    ]
    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]

    static func brand(_ type: String) -> String {
        ["klarna": "Klarna", "sofort": "Sofort", "giropay": "giropay", "paypal": "PayPal", "eps": "eps", "link": "Link"][type] ?? type
    }

    static func preferred(_ acceptLanguage: String?) -> PageText {
        let first = (acceptLanguage ?? "").split(separator: ",").first ?? ""
        return first.hasPrefix("de") ? german : english
    }

    static let english = PageText(
        language: "en", title: "Payment", saveCard: "Save a card", holdCard: "Reserve an amount", total: "Total", held: "Will be reserved",
        setupNote: "The card is checked and saved. Nothing is charged now.", email: "E-mail", number: "Card number", expiry: "Expiry date",
        cvc: "Security code", name: "Name on card", payerName: "Name", expiryHint: "MM/YY", saveButton: "Save card",
        cancel: "Cancel and go back",
        back: "Continue",
        done: "This page has done its work.", expired: "This page has expired.", gone: "There is no such page.",
        testNote: "Test mode: no money moves, and only test cards work, for example 4242 4242 4242 4242.", confirmTitle: "Confirm",
        bankTitle: "Your bank asks for confirmation", approve: "Confirm", refuse: "Refuse",
        generic: "The card was refused. Please use another card or ask your bank.",
        genericOther: "That did not work. Please try again or choose another way to pay.", invalidNumber: "Please check the card number.",
        invalidExpiry: "Please check the expiry date.", invalidCVC: "Please check the security code.",
        refusals: [
            "payment_intent_authentication_failure": "That was not confirmed. Please try again or choose another way to pay.",
            "setup_intent_authentication_failure": "That was not confirmed. Please try again or use another card.",
            "insufficient_funds": "The card's limit is not sufficient. Please use another card.",
            "expired_card": "The card has expired. Please use another card.",
            "incorrect_cvc": "The security code is wrong. Please check it.",
            "processing_error": "The card could not be checked just now. Please try again.",
            "incorrect_number": "Please check the card number.",
            "invalid_expiry_month": "Please check the expiry date.", "invalid_expiry_year": "Please check the expiry date.",
            "invalid_cvc": "Please check the security code.",
            "test_mode_live_card": "Only test cards work here, for example 4242 4242 4242 4242.",
            "card_velocity_exceeded": "The card was used too often in a short time. Please use another card.",
        ],
        patterns: [
            "hold":
                "The amount is only reserved, until %1 at the latest; nothing is charged now. The final amount is taken at check-out, "
                + "the rest is released.",
            "holdButton": "Reserve %1", "payButton": "Pay %1", "payWith": "Use %1 instead", "goOn": "Continue with %1",
            "mayHold": "Reserve %1? Nothing is charged now.", "bank": "Confirm the payment of %1?",
            "bankSave": "Confirm that the card is saved for later payments?", "provider": "Pay %1?",
        ])

    static let german = PageText(
        language: "de", title: "Bezahlung", saveCard: "Karte hinterlegen", holdCard: "Betrag vormerken", total: "Summe",
        held: "Wird vorgemerkt",
        setupNote: "Die Karte wird geprüft und hinterlegt. Jetzt wird nichts abgebucht.", email: "E-Mail", number: "Kartennummer",
        expiry: "Gültig bis",
        cvc: "Prüfziffer (CVC)", name: "Name auf der Karte", payerName: "Name", expiryHint: "MM/JJ", saveButton: "Karte hinterlegen",
        cancel: "Abbrechen und zurück",
        back: "Weiter", done: "Diese Seite ist erledigt.", expired: "Diese Seite ist abgelaufen.", gone: "Diese Seite gibt es nicht.",
        testNote: "Testbetrieb: Es fließt kein Geld, und nur Testkarten gehen, zum Beispiel 4242\u{A0}4242\u{A0}4242\u{A0}4242.",
        confirmTitle: "Bestätigen", bankTitle: "Ihre Bank bittet um Bestätigung", approve: "Bestätigen", refuse: "Ablehnen",
        generic: "Die Karte wurde abgelehnt. Bitte nehmen Sie eine andere Karte oder fragen Sie Ihre Bank.",
        genericOther: "Das hat nicht geklappt. Bitte versuchen Sie es erneut oder zahlen Sie auf einem anderen Weg.",
        invalidNumber: "Bitte prüfen Sie die Kartennummer.", invalidExpiry: "Bitte prüfen Sie das Ablaufdatum.",
        invalidCVC: "Bitte prüfen Sie die Prüfziffer.",
        refusals: [
            "payment_intent_authentication_failure":
                "Das wurde nicht bestätigt. Bitte versuchen Sie es erneut oder zahlen Sie auf einem anderen Weg.",
            "setup_intent_authentication_failure":
                "Das wurde nicht bestätigt. Bitte versuchen Sie es erneut oder nehmen Sie eine andere Karte.",
            "insufficient_funds": "Der Kartenrahmen reicht nicht aus. Bitte nehmen Sie eine andere Karte.",
            "expired_card": "Die Karte ist abgelaufen. Bitte nehmen Sie eine andere Karte.",
            "incorrect_cvc": "Die Prüfziffer ist falsch. Bitte prüfen Sie sie.",
            "processing_error": "Die Karte konnte gerade nicht geprüft werden. Bitte versuchen Sie es erneut.",
            "incorrect_number": "Bitte prüfen Sie die Kartennummer.", "invalid_expiry_month": "Bitte prüfen Sie das Ablaufdatum.",
            "invalid_expiry_year": "Bitte prüfen Sie das Ablaufdatum.", "invalid_cvc": "Bitte prüfen Sie die Prüfziffer.",
            "test_mode_live_card": "Hier gehen nur Testkarten, zum Beispiel 4242 4242 4242 4242.",
            "card_velocity_exceeded": "Die Karte wurde in kurzer Zeit zu oft benutzt. Bitte nehmen Sie eine andere Karte.",
        ],
        patterns: [
            "hold":
                "Der Betrag wird nur vorgemerkt, längstens bis %1; jetzt wird nichts abgebucht. Der endgültige Betrag wird beim Check-out "
                + "eingezogen, der Rest freigegeben.", "holdButton": "%1 vormerken", "payButton": "%1 bezahlen", "payWith": "Lieber mit %1",
            "goOn": "Weiter mit %1",
            "mayHold": "%1 vormerken? Jetzt wird nichts abgebucht.",
            "bank": "Zahlung über %1 bestätigen?", "bankSave": "Bestätigen Sie, dass die Karte für spätere Zahlungen hinterlegt wird?",
            "provider": "%1 bezahlen?",
        ])
}
