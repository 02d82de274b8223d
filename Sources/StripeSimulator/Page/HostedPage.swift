/// The pages a guest sees: the card form at a session's `url`, the bank's 3D Secure step, and the way through Klarna, Sofort and giropay.
/// Plain HTML forms; nothing needs JavaScript.
struct HostedPage {
    let world: World
    let request: SimulatorRequest

    func answer() -> SimulatorResponse {
        let path = request.path.split(separator: "/").map(String.init)
        guard path.count == 3, ["GET", "POST"].contains(request.method) else { return notFound }
        switch path[1] {
        case "pay": return pay(path[2])
        case "3ds", "redirect": return challenge(path[2], isBank: path[1] == "3ds")
        default: return notFound
        }
    }

    private var notFound: SimulatorResponse { html(404, title: "404", PageText.english, "<p>\(PageText.english.gone)</p>") }

    // MARK: Paying

    private func pay(_ id: String) -> SimulatorResponse {
        guard let account = account({ $0.sessions[id] != nil }), let session = account.sessions[id] else { return notFound }
        let text = text(session)
        guard session.status == "open" else {
            let isDone = session.status == "complete"
            let back = isDone ? Account.successURL(session) : session.request["cancel_url"]?.textValue ?? ""
            return html(
                isDone ? 200 : 410, title: text.title, text,
                "<h1>\(isDone ? text.done : text.expired)</h1>"
                    + (back.isEmpty ? "" : "<p><a href=\"\(escape(back))\">\(text.back)</a></p>"))
        }
        if request.method == "GET" {
            // Back from the bank: the session may just have been completed by it.
            if case .completed(let url)? = try? account.outcome(of: id), account.sessions[id]?.status == "complete" { return redirect(url) }
            return form(account, session, text, refusal: session.lastRefusal, entry: .empty)
        }
        let entry = Form.decode(request.body) ?? .empty
        do {
            let method = try method(entry, account)
            switch try account.pay(id, with: method, email: entry["email"]?.textValue, name: entry["name"]?.textValue) {
            case .completed(let url), .continues(let url): return redirect(url)
            }
        } catch let error as StripeError {
            return form(account, account.sessions[id] ?? session, text, refusal: text.explain(error), entry: entry, status: 402)
        } catch {
            return form(account, session, text, refusal: text.generic, entry: entry, status: 402)
        }
    }

    private func method(_ entry: Form, _ account: Account) throws -> PaymentMethod {
        let contact: JSON = .object([
            ("email", JSON(entry["email"]?.textValue)), ("name", JSON(entry["name"]?.textValue)), ("address", .object([("country", "DE")])),
        ])
        let type = entry["method"]?.textValue ?? "card"
        guard type == "card" else {
            return try account.makePaymentMethod(
                from: .object([("type", .text(type)), ("billing_details", contact), (type, .object([("country", "DE")]))]), param: "")
        }
        let expiry = (entry["expiry"]?.textValue ?? "").filter(\.isNumber)
        let card: JSON = .object([
            ("number", .text(entry["number"]?.textValue ?? "")), ("exp_month", .int(Int(expiry.prefix(2)) ?? 0)),
            ("exp_year", .int(Int(expiry.dropFirst(2)) ?? 0)), ("cvc", .text(entry["cvc"]?.textValue ?? "")),
        ])
        return try account.makePaymentMethod(from: .object([("type", "card"), ("card", card), ("billing_details", contact)]), param: "")
    }

    private func form(
        _ account: Account, _ session: CheckoutSession, _ text: PageText, refusal: String?, entry: Form, status: Int = 200
    ) -> SimulatorResponse {
        let amount = session.amountTotal.map { text.amount($0, session.currency ?? "eur") }
        let holds = session.request["payment_intent_data"]?["capture_method"]?.textValue == "manual"
        let lines = session.lines.map {
            "<tr><td>\(escape($0.name))\($0.quantity > 1 ? " × \($0.quantity)" : "")</td><td class=\"amount\">\(text.amount($0.unitAmount * $0.quantity, $0.currency))</td></tr>"
        }.joined()
        let until = CivilDate(unixSeconds: world.seconds + 7 * 86_400)
        var body = "<h1>\(session.mode == "setup" ? text.saveCard : holds ? text.holdCard : text.title)</h1>"
        if let amount {
            body +=
                "<table>\(lines)<tr class=\"total\"><td>\(holds ? text.held : text.total)</td><td "
                + "class=\"amount\">\(amount)</td></tr></table>"
            if holds { body += "<p class=\"note\">\(text.holdNote(amount, until: text.date(until)))</p>" }
        } else {
            body += "<p class=\"note\">\(text.setupNote)</p>"
        }
        if let message = session.request["custom_text"]?["submit"]?["message"]?.textValue {
            body += "<p class=\"note\">\(escape(message))</p>"
        }
        if let refusal { body += "<p class=\"refusal\" role=\"alert\">\(escape(refusal))</p>" }
        let email = entry["email"]?.textValue ?? session.customerDetails["email"]?.textValue ?? ""
        func field(_ name: String, _ label: String, _ attributes: String, _ value: String = "") -> String {
            "<label>\(label)<input name=\"\(name)\" value=\"\(escape(value))\" \(attributes)></label>"
        }
        let isCard = session.paymentMethodTypes.contains("card")
        if isCard {
            let button = session.mode == "setup" ? text.saveButton : holds ? text.holdButton(amount ?? "") : text.payButton(amount ?? "")
            body += "<form method=\"post\"><input type=\"hidden\" name=\"method\" value=\"card\">"
            body += field("email", text.email, "type=\"email\" autocomplete=\"email\" required", email)
            body += field(
                "number", text.number,
                "inputmode=\"numeric\" autocomplete=\"cc-number\" required minlength=\"12\" maxlength=\"23\" pattern=\"[0-9 ]+\"")
            body += "<div class=\"pair\">"
            body += field(
                "expiry", text.expiry,
                "inputmode=\"numeric\" autocomplete=\"cc-exp\" placeholder=\"MM/\(text.yearHint)\" required pattern=\"(0[1-9]|1[0-2]) "
                    + "?/? ?([0-9]{2}|[0-9]{4})\""
            )
            body += field("cvc", text.cvc, "inputmode=\"numeric\" autocomplete=\"cc-csc\" required pattern=\"[0-9]{3,4}\" maxlength=\"4\"")
            body += "</div>" + field("name", text.name, "autocomplete=\"cc-name\" required", entry["name"]?.textValue ?? "")
            body += "<button>\(button)</button></form>"
        }
        for type in session.paymentMethodTypes where type != "card" {
            body += "<form method=\"post\" class=\"other\"><input type=\"hidden\" name=\"method\" value=\"\(type)\">"
            body +=
                field("email", text.email, "type=\"email\" required", email)
                + field("name", text.name, "required", entry["name"]?.textValue ?? "")
            body += "<button>\(text.payWith(PageText.brand(type)))</button></form>"
        }
        if let cancel = session.request["cancel_url"]?.textValue { body += "<p><a href=\"\(escape(cancel))\">\(text.cancel)</a></p>" }
        return html(status, title: text.title, text, body, script: isCard ? PageScript.cardValidation(text) : "")
    }

    // MARK: The bank's or provider's page

    private func challenge(_ id: String, isBank: Bool) -> SimulatorResponse {
        guard let account = account({ $0.paymentIntents[id] != nil || $0.setupIntents[id] != nil }) else { return notFound }
        let session = (account.paymentIntents[id]?.session ?? account.setupIntents[id]?.session).flatMap { account.sessions[$0] }
        let text = session.map(text) ?? PageText.preferred(request.header("Accept-Language"))
        let back = account.paymentIntents[id]?.returnURL ?? account.setupIntents[id]?.returnURL ?? "\(world.publicURL)/"
        let action = account.paymentIntents[id]?.nextAction ?? account.setupIntents[id]?.nextAction ?? .null
        guard !action.isNull else { return redirect(back) }
        if request.method == "GET" {
            let method = account.paymentIntents[id]?.paymentMethod.flatMap { account.paymentMethods[$0] }?.type ?? "card"
            let amount = account.paymentIntents[id].map { text.amount($0.amount, $0.currency) } ?? ""
            return html(
                200, title: text.confirmTitle, text,
                "<h1>\(isBank ? text.bankTitle : PageText.brand(method))</h1><p>\(isBank ? text.bankQuestion(amount) : text.providerQuestion(amount))</p>"
                    + "<form method=\"post\"><button name=\"outcome\" value=\"succeed\">\(text.approve)</button>"
                    + "<button class=\"second\" name=\"outcome\" value=\"fail\">\(text.refuse)</button></form>")
        }
        let outcome = Form.decode(request.body)?["outcome"]?.textValue
        do {
            try account.finish(id, succeeded: outcome == "succeed")
        } catch let error as StripeError {
            if let session { account.sessions.update(session.id) { $0.lastRefusal = text.explain(error) } }
        } catch {}
        if let session, outcome != "succeed" { account.sessions.update(session.id) { $0.lastRefusal = text.notConfirmed } }
        if let session { return redirect((try? account.outcome(of: session.id))?.url ?? back) }
        let parameter = id.hasPrefix("seti_") ? "setup_intent" : "payment_intent"
        return redirect(
            "\(back)\(back.contains("?") ? "&" : "?")\(parameter)=\(id)&redirect_status=\(outcome == "succeed" ? "succeeded" : "failed")")
    }

    // MARK: Helpers

    private func account(_ holds: (Account) -> Bool) -> Account? {
        world.accountOrder.lazy.compactMap { world.account(id: $0) }.first(where: holds)
    }

    private func text(_ session: CheckoutSession) -> PageText {
        switch session.request["locale"]?.textValue {
        case "de": .german
        case nil, "auto": .preferred(request.header("Accept-Language"))
        default: .english
        }
    }

    private func redirect(_ url: String) -> SimulatorResponse {
        SimulatorResponse(status: 303, headers: [("Location", url.filter { $0 != "\r" && $0 != "\n" })])
    }

    private func html(_ status: Int, title: String, _ text: PageText, _ body: String, script: String = "") -> SimulatorResponse {
        let page =
            "<!doctype html><html lang=\"\(text.language)\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
            + "content=\"width=device-width, "
            + "initial-scale=1\"><title>\(title)</title><style>\(PageScript.style)</style></head><body><main>\(body)</main>\(script)</body></html>"
        return SimulatorResponse(
            status: status,
            headers: [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer")],
            body: Array(page.utf8))
    }

    private func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}

extension PageOutcome {
    var url: String {
        switch self {
        case .completed(let url), .continues(let url): url
        }
    }
}
