import JSON
import Ledger
import WebServer

/// What the server itself refuses, worded like every refusal of the API.
package struct WireRefusal: Refusal {
    let refusal: WebServer.Refusal

    package var code: String {
        switch refusal {
        case .malformed: "request_malformed"
        case .targetTooLong: "address_too_long"
        case .tooManyParameters: "too_many_parameters"
        case .headTooLarge, .tooManyHeaders: "headers_too_large"
        case .bodyTooLarge: "body_too_large"
        case .tooSlow: "request_too_slow"
        case .expectationUnknown: "expectation_unknown"
        case .transferCodingUnknown: "transfer_coding_unknown"
        case .versionUnknown: "version_unknown"
        case .addressBusy: "address_busy"
        case .busy: "service_busy"
        }
    }

    /// What every request can meet.
    static let statuses: [String: Int] = [
        "request_malformed": 400, "request_too_slow": 408, "body_too_large": 413, "address_too_long": 414, "too_many_parameters": 414,
        "expectation_unknown": 417, "address_busy": 429, "headers_too_large": 431, "transfer_coding_unknown": 501, "service_busy": 503,
        "version_unknown": 505,
    ]

    package var message: String { phrase.english }
    package var hint: String? { nil }
    package var german: RefusalWords { RefusalWords(phrase.german, hint: nil) }

    /// One sentence that says what to do.
    private var phrase: Phrase {
        switch refusal {
        case .malformed(let fault): fault.phrase
        case .targetTooLong(let most):
            Phrase("Send an address of at most \(most) bytes.", "Senden Sie eine Adresse von höchstens \(most) Bytes.")
        case .tooManyParameters(let most): Phrase("Send at most \(most) parameters.", "Senden Sie höchstens \(most) Parameter.")
        case .headTooLarge(let most):
            Phrase("Send headers of at most \(most) bytes in total.", "Senden Sie Header von zusammen höchstens \(most) Bytes.")
        case .tooManyHeaders(let most): Phrase("Send at most \(most) headers.", "Senden Sie höchstens \(most) Header.")
        case .bodyTooLarge(let most):
            Phrase("Send a body of at most \(most) bytes here.", "Senden Sie hier einen Inhalt von höchstens \(most) Bytes.")
        case .tooSlow:
            Phrase("The request took too long to arrive: send it again.", "Die Anfrage kam zu langsam an: Senden Sie sie noch einmal.")
        case .expectationUnknown: Phrase("Use no expectation other than 100-continue.", "Erwarten Sie nichts außer 100-continue.")
        case .transferCodingUnknown:
            Phrase("Send the body as it is, or chunked.", "Senden Sie den Inhalt, wie er ist, oder in Stücken (chunked).")
        case .versionUnknown: Phrase("Speak HTTP/1.1.", "Sprechen Sie HTTP/1.1.")
        case .addressBusy(let most):
            Phrase(
                "Wait until one of your \(most) connections has been answered.",
                "Warten Sie, bis eine Ihrer \(most) Verbindungen beantwortet ist.")
        case .busy:
            Phrase(
                "The service has too many connections: try again in a few seconds.",
                "Alle Plätze sind belegt: Versuchen Sie es in einigen Sekunden noch einmal.")
        }
    }
}

extension WebServer.Fault {
    fileprivate var phrase: Phrase {
        switch self {
        case .lineEnd: Phrase("End each line of the request with CR LF.", "Beenden Sie jede Zeile der Anfrage mit CR LF.")
        case .requestLine:
            Phrase(
                "Begin the request with a method, an address without spaces, and HTTP/1.1.",
                "Beginnen Sie die Anfrage mit einer Methode, einer Adresse ohne Leerzeichen und HTTP/1.1.")
        case .fieldName:
            Phrase(
                "Write each header as a name, a colon without space before it, and a value.",
                "Schreiben Sie jeden Header als Namen, Doppelpunkt ohne Leerzeichen davor und Wert.")
        case .fieldValue: Phrase("Send headers without control characters.", "Senden Sie Header ohne Steuerzeichen.")
        case .folded: Phrase("Write each header on one line.", "Schreiben Sie jeden Header in eine Zeile.")
        case .host:
            Phrase(
                "Send one Host header, with a host and at most a port.",
                "Senden Sie einen Host-Header mit einem Host und höchstens einem Port.")
        case .length: Phrase("Send Content-Length as a whole number.", "Senden Sie Content-Length als ganze Zahl.")
        case .twoLengths: Phrase("Send one Content-Length.", "Senden Sie ein Content-Length.")
        case .lengthAndCoding:
            Phrase("Send Content-Length or Transfer-Encoding, not both.", "Senden Sie Content-Length oder Transfer-Encoding, nicht beides.")
        case .transferCoding:
            Phrase("Send one Transfer-Encoding that ends with chunked.", "Senden Sie ein Transfer-Encoding, das mit chunked endet.")
        case .trailer:
            Phrase(
                "Do not send trailer fields that control how the request is read.",
                "Senden Sie nach dem letzten Stück kein Feld, das sagt, wie die Anfrage zu lesen ist.")
        case .chunk:
            Phrase(
                "Send each chunk as its size in hexadecimal digits, CR LF, the data, and CR LF.",
                "Senden Sie jedes Stück mit seiner Größe in Hexadezimalziffern davor und CR LF nach beidem.")
        }
    }
}

extension API {
    /// What becomes of a request, once its head is there: bounds come before work.
    ///
    /// - Returns: nil for a path that is none of the API's.
    package func onHead(_ request: HTTPRequest) -> WebServer.OnHead? {
        guard let first = request.segments.first, table.firstWords.contains(first) else { return nil }
        guard let (route, _) = try? table.find(request) else { return .read(upTo: Route.bytesWithoutLogin) }
        if route.path == ServiceRoutes.health, request.body.isEmpty { return .answer(health(request)) }
        // Whether the token is valid is checked later; a caller without a token may send only little.
        let showsToken = route.right == nil || request.header("authorization") != nil
        return .read(upTo: showsToken ? route.bodyBytes : Route.bytesWithoutLogin, isVital: route.isVital)
    }

    /// The answer to a request that the server itself refuses.
    ///
    /// - Parameter page: The same as a page; nil if the request does not ask for a page.
    package func refusal(
        _ refusal: WebServer.Refusal, _ request: HTTPRequest?, page: (HTTPRequest, WireRefusal) -> HTTPResponse?
    ) -> HTTPResponse {
        let language = Language.preferred(by: request?.header("accept-language"))
        metrics.count("refused", status: refusal.status, .zero)
        let words = WireRefusal(refusal: refusal)
        let retry = refusal.retryAfter.map { [(name: "Retry-After", value: String($0))] } ?? []
        let requestID = ledger.random.requestID()
        if let request { log.refused(request, requestID, status: refusal.status, why: words.code) }
        if let request, let page = page(request, words) { return page.marked(requestID) }
        let problem = Problem(words, in: language ?? .english, requestID: requestID)
        return HTTPResponse(
            status: problem.status, headers: [("Content-Type", "application/problem+json")] + retry, body: problem.json.bytes
        ).marked(requestID)
    }
}

extension HTTPResponse {
    /// The headers that every answer has, where it does not have them yet.
    func marked(_ requestID: String) -> HTTPResponse {
        var response = self
        for header in [("X-Request-Id", requestID), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]
        where !headers.contains(where: { $0.name == header.0 }) { response.headers.append(header) }
        return response
    }
}
