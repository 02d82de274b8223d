import JSON

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
            return form(account, account.sessions[id] ?? session, text, refusal: error, entry: entry, status: 402)
        } catch {
            return form(account, session, text, refusal: nil, entry: entry, status: 500)
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
            let holds = account.paymentIntents[id]?.capturesManually(method) ?? false
            return html(
                200, title: text.confirmTitle, text,
                "<h1>\(isBank ? text.bankTitle : PageText.brand(method))</h1><p>\(text.question(amount, holds: holds, isBank: isBank))</p>"
                    + "<form method=\"post\"><button name=\"outcome\" value=\"succeed\">\(text.approve)</button>"
                    + "<button class=\"second\" name=\"outcome\" value=\"fail\">\(text.refuse)</button></form>")
        }
        let outcome = Form.decode(request.body)?["outcome"]?.textValue
        do {
            try account.finish(id, succeeded: outcome == "succeed")
        } catch let error as StripeError {
            if let session { account.sessions.update(session.id) { $0.lastRefusal = error } }
        } catch {}
        if let session, outcome != "succeed" {
            account.sessions.update(session.id) {
                $0.lastRefusal = StripeError(message: "Not confirmed.", code: "payment_intent_authentication_failure")
            }
        }
        if let session { return redirect((try? account.outcome(of: session.id))?.url ?? back) }
        let parameter = id.hasPrefix("seti_") ? "setup_intent" : "payment_intent"
        return redirect(
            "\(back)\(back.contains("?") ? "&" : "?")\(parameter)=\(id)&redirect_status=\(outcome == "succeed" ? "succeeded" : "failed")")
    }

    // MARK: Helpers

    private func account(_ holds: (Account) -> Bool) -> Account? {
        world.places.lazy.compactMap { world.account(place: $0) }.first(where: holds)
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

    func html(_ status: Int, title: String, _ text: PageText, _ body: String, script: String = "") -> SimulatorResponse {
        let page =
            "<!doctype html><html lang=\"\(text.language)\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, "
            + "initial-scale=1\"><title>\(title)</title><style>\(PageScript.style)</style></head><body><main>\(body)"
            + "<footer>\(text.testNote)</footer></main>\(script)</body></html>"
        return SimulatorResponse(
            status: status,
            headers: [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer")],
            body: Array(page.utf8))
    }

    func escape(_ text: String) -> String {
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
