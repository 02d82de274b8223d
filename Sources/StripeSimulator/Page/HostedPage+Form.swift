extension HostedPage {
    /// The page on which a session is paid: what for, how much, until when it is held, and a form per way to pay.
    ///
    /// - Parameters:
    ///   - refusal: Why the last attempt failed.
    ///   - entry: What was typed then. A card's number and code are never shown again.
    func form(
        _ account: Account, _ session: CheckoutSession, _ text: PageText, refusal: StripeError?, entry: Form, status: Int = 200
    ) -> SimulatorResponse {
        let holds = session.request["payment_intent_data"]?["capture_method"]?.textValue == "manual"
        let isSetup = session.mode == "setup"
        let amount = session.amountTotal.map { text.amount($0, session.currency ?? "eur") }
        var body = "<h1>\(isSetup ? text.saveCard : holds ? text.holdCard : text.title)</h1>" + purpose(session, text, amount, holds: holds)
        if let message = session.request["custom_text"]?["submit"]?["message"]?.textValue {
            body += "<p class=\"note\">\(escape(message))</p>"
        }
        let failed = entry["method"]?.textValue ?? "card"
        if let refusal {
            body += "<p class=\"refusal\" role=\"alert\">\(text.explain(refusal, method: failed))</p>"
        }
        let email = entry["email"]?.textValue ?? session.customerDetails["email"]?.textValue ?? ""
        let name = entry["name"]?.textValue ?? ""
        let isCard = session.paymentMethodTypes.contains("card")
        if isCard {
            let button = isSetup ? text.saveButton : holds ? text.holdButton(amount ?? "") : text.payButton(amount ?? "")
            if holds { body += note(text.holdNote(until: world.seconds + Account.HoldPeriod.usual)) }
            body += cardForm(text, button: button, email: email, name: name)
        }
        for type in session.offeredTypes where type != "card" {
            let isOpen = !isCard || failed == type
            body += "<details\(isOpen ? " open" : "")><summary>\(text.payWith(PageText.brand(type)))</summary>"
            let days = type == "link" ? world.seconds + Account.HoldPeriod.usual : Account.HoldPeriod.klarna(from: world.seconds)
            if holds { body += note(text.holdNote(until: days)) }
            body += "<form method=\"post\"><input type=\"hidden\" name=\"method\" value=\"\(type)\">"
            body += field("email", text.email, "type=\"email\" autocomplete=\"email\" required", email)
            body += field("name", text.payerName, "autocomplete=\"name\" required", name)
            body += "<button>\(text.goOn(PageText.brand(type)))</button></form></details>"
        }
        if let cancel = session.request["cancel_url"]?.textValue { body += "<p><a href=\"\(escape(cancel))\">\(text.cancel)</a></p>" }
        return html(status, title: text.title, text, body, script: isCard ? PageScript.cardValidation(text) : "")
    }

    private func purpose(_ session: CheckoutSession, _ text: PageText, _ amount: String?, holds: Bool) -> String {
        guard let amount else { return note(text.setupNote) }
        let lines = session.lines.map { line in
            let quantity = line.quantity > 1 ? " × \(line.quantity)" : ""
            return "<tr><td>\(escape(line.name))\(quantity)</td>"
                + "<td class=\"amount\">\(text.amount(line.total, line.currency))</td></tr>"
        }
        return "<table>\(lines.joined())<tr class=\"total\"><th scope=\"row\">\(holds ? text.held : text.total)</th>"
            + "<td class=\"amount\">\(amount)</td></tr></table>"
    }

    private func note(_ sentence: String) -> String { "<p class=\"note\">\(sentence)</p>" }

    private func cardForm(_ text: PageText, button: String, email: String, name: String) -> String {
        let today = CivilDate(unixSeconds: world.seconds)
        return "<form method=\"post\" id=\"card\" data-month=\"\(today.year * 12 + today.month)\">"
            + "<input type=\"hidden\" name=\"method\" value=\"card\">"
            + field("email", text.email, "type=\"email\" autocomplete=\"email\" required", email)
            + field(
                "number", text.number,
                "inputmode=\"numeric\" autocomplete=\"cc-number\" required minlength=\"12\" maxlength=\"23\" pattern=\"[0-9 ]+\"",
                problem: true)
            + "<div class=\"pair\">"
            + field(
                "expiry", text.expiry,
                "inputmode=\"numeric\" autocomplete=\"cc-exp\" placeholder=\"\(text.expiryHint)\" required "
                    + "pattern=\"(0[1-9]|1[0-2]) ?/? ?([0-9]{2}|[0-9]{4})\"", problem: true)
            + field(
                "cvc", text.cvc, "inputmode=\"numeric\" autocomplete=\"cc-csc\" required pattern=\"[0-9]{3,4}\" maxlength=\"4\"",
                problem: true)
            + "</div>" + field("name", text.name, "autocomplete=\"cc-name\" required", name) + "<button>\(button)</button></form>"
    }

    /// - Parameter problem: Whether the script may say below the field what is wrong with it.
    private func field(_ name: String, _ label: String, _ attributes: String, _ value: String = "", problem: Bool = false) -> String {
        let place = problem ? "<span class=\"problem\" id=\"\(name)-problem\" aria-live=\"polite\"></span>" : ""
        let described = problem ? " aria-describedby=\"\(name)-problem\"" : ""
        return "<div class=\"field\"><label>\(label)<input name=\"\(name)\" value=\"\(escape(value))\" \(attributes)\(described)></label>"
            + "\(place)</div>"
    }
}
