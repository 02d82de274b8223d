import Ledger
import LedgerService
import WebServer

extension Visit {
    /// The headers that every page has.
    ///
    /// - Source: Content Security Policy Level 3. Nothing inline, nothing from elsewhere, no frame around it.
    func framed(_ response: HTTPResponse) -> HTTPResponse {
        var response = response
        response.headers += [
            (
                "Content-Security-Policy",
                """
                default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                form-action 'self'; frame-ancestors 'none'; base-uri 'none'
                """
            ), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cache-Control", "no-store"), ("Vary", "Cookie, Accept-Language"),
        ]
        let setsSession = response.headers.contains { $0.name == "Set-Cookie" && $0.value.hasPrefix(sessionCookie) }
        if let secret = session?.replacement, !setsSession {
            response.headers.append(Cookies.setting(sessionCookie, secret.revealed, seconds: nil, secure: isSecure))
        }
        if isSecure { response.headers.append(("Strict-Transport-Security", "max-age=31536000")) }
        return response
    }

    func html(_ page: HTML) -> HTTPResponse { html(200, page) }

    func html(_ status: Int, _ page: HTML) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [("Content-Type", "text/html; charset=utf-8"), ("Content-Language", language.rawValue)],
            body: Array(page.text.utf8))
    }

    /// After a form: the browser is redirected to the page, so that a reload sends nothing twice.
    func see(_ link: Link, _ headers: [(name: String, value: String)] = []) -> HTTPResponse {
        HTTPResponse(status: 303, headers: [("Location", link.address)] + headers)
    }

    /// Somebody who is not, or no longer, logged in.
    func toLogin() -> HTTPResponse {
        if request.method == "POST" {
            return see(Link("login", query: [("lost", "1")] + (comingFrom.map { [("back", $0.address)] } ?? [])))
        }
        let here = request.rawPath + (request.query.isEmpty ? "" : "?\(request.query)")
        let back = here == "/" ? [] : [("back", here)]
        return see(Link("login", query: (secret == nil ? [] : [("lost", "1")]) + back))
    }

    func errorPage(_ status: Int, _ text: Phrase) -> HTTPResponse {
        messagePage(status, code: status, self(text), .none, linkButton(.toStart, Link()))
    }

    func refusalPage(_ refusal: any Refusal) -> HTTPResponse {
        let words = words(of: refusal)
        return messagePage(
            refusal.code.hasSuffix("_not_found") ? 404 : 409, words.message, hint(words.hint), wayBack)
    }

    /// Worth another try: nothing is wrong with what was asked.
    func unavailablePage(_ refusal: any Refusal) -> HTTPResponse { statusPage(503, refusal, retryAfter: 5) }

    func statusPage(_ status: Int, _ refusal: any Refusal, retryAfter: Int?) -> HTTPResponse {
        let words = words(of: refusal)
        var response = messagePage(status, code: status, words.message, hint(words.hint), wayBack)
        if let retryAfter { response.headers.append(("Retry-After", String(retryAfter))) }
        return response
    }

    func defectPage(_ id: String) -> HTTPResponse {
        messagePage(
            500, code: 500, self(.defect),
            """
            <p>\(self(.defectHint))</p>
            <p class="muted">\(self(.defectNumber)) <code>\(id.prefix(8))</code></p>
            """, linkButton(.toStart, Link()))
    }

    /// A page that says what happened, and leads away.
    ///
    /// - Parameter code: The number to show.
    private func messagePage(
        _ status: Int, code: Int? = nil, _ message: String, _ more: HTML, _ way: HTML
    ) -> HTTPResponse {
        html(
            status,
            layout(
                message, section: nil,
                """
                <div class="narrow empty-page">\(code.map { "<p class=\"code\">\($0)</p>" as HTML })\
                <h1>\(message)</h1>\(more)
                <p>\(way)</p></div>
                """))
    }

    private var wayBack: HTML { linkButton(.back, comingFrom ?? Link()) }

    private func hint(_ text: String?) -> HTML { text.map { "<p>\($0)</p>" } ?? .none }

    /// A refusal in the visitor's language.
    func words(of refusal: any Refusal) -> (message: String, hint: String?) {
        let words = refusal.toldToCallers.words(in: language, hints: PageHints.all)
        return (words.message, words.hint)
    }
}

extension Refusal {
    /// Whether a page is shown once more with it: not when what the page is about is missing, or the ledger's file.
    var isForThePage: Bool { !["folio_not_found", "tenant_not_found"].contains(code) && !isOfTheFile }
}
