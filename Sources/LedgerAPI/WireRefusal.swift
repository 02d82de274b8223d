import JSON
import Ledger
import WebServer

/// What the server refuses by itself, said as every refusal of the API is.
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

    package var message: String { refusal.sentence }
    package var hint: String? { nil }
    package var german: RefusalWords { RefusalWords(germanSentence, hint: nil) }

    private var germanSentence: String {
        switch refusal {
        case .malformed(let fault): fault.german
        case .targetTooLong(let most): "Senden Sie eine Adresse von höchstens \(most) Bytes."
        case .tooManyParameters(let most): "Senden Sie höchstens \(most) Parameter."
        case .headTooLarge(let most): "Senden Sie Header von zusammen höchstens \(most) Bytes."
        case .tooManyHeaders(let most): "Senden Sie höchstens \(most) Header."
        case .bodyTooLarge(let most): "Senden Sie hier einen Inhalt von höchstens \(most) Bytes."
        case .tooSlow: "Die Anfrage kam zu langsam an: Senden Sie sie noch einmal."
        case .expectationUnknown: "Erwarten Sie nichts außer 100-continue."
        case .transferCodingUnknown: "Senden Sie den Inhalt, wie er ist, oder in Stücken (chunked)."
        case .versionUnknown: "Sprechen Sie HTTP/1.1."
        case .addressBusy(let most): "Warten Sie, bis eine Ihrer \(most) Verbindungen beantwortet ist."
        case .busy: "Alle Plätze sind belegt: Versuchen Sie es in einigen Sekunden noch einmal."
        }
    }
}

extension WebServer.Fault {
    fileprivate var german: String {
        switch self {
        case .lineEnd: "Beenden Sie jede Zeile der Anfrage mit CR LF."
        case .requestLine: "Beginnen Sie die Anfrage mit einer Methode, einer Adresse ohne Leerzeichen und HTTP/1.1."
        case .fieldName: "Schreiben Sie jeden Header als Namen, Doppelpunkt ohne Leerzeichen davor und Wert."
        case .fieldValue: "Senden Sie Header ohne Steuerzeichen."
        case .folded: "Schreiben Sie jeden Header in eine Zeile."
        case .host: "Senden Sie einen Host-Header mit einem Host und höchstens einem Port."
        case .length: "Senden Sie Content-Length als ganze Zahl."
        case .twoLengths: "Senden Sie ein Content-Length."
        case .lengthAndCoding: "Senden Sie Content-Length oder Transfer-Encoding, nicht beides."
        case .transferCoding: "Senden Sie ein Transfer-Encoding, das mit chunked endet."
        case .trailer: "Senden Sie nach dem letzten Stück kein Feld, das sagt, wie die Anfrage zu lesen ist."
        case .chunk: "Senden Sie jedes Stück mit seiner Größe in Hexadezimalziffern davor und CR LF nach beidem."
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
        // Whether the token is a good one is found out later; nobody without any is let send much.
        let showsToken = route.right == nil || request.header("authorization") != nil
        return .read(upTo: showsToken ? route.bodyBytes : Route.bytesWithoutLogin, isVital: route.isVital)
    }

    /// The answer to what the server refuses by itself.
    ///
    /// - Parameter page: The same for people; nil when it is no page that was asked for.
    package func refusal(
        _ refusal: WebServer.Refusal, _ request: HTTPRequest?, page: (HTTPRequest, WireRefusal) -> HTTPResponse?
    ) -> HTTPResponse {
        let language = Language.preferred(by: request?.header("accept-language"))
        metrics.count("refused", status: refusal.status, .zero)
        let words = WireRefusal(refusal: refusal)
        let retry = refusal.retryAfter.map { [(name: "Retry-After", value: String($0))] } ?? []
        if let request, let page = page(request, words) { return page }
        let problem = Problem(words, in: language ?? .english, requestID: ledger.random.requestID())
        return HTTPResponse(
            status: problem.status, headers: [("Content-Type", "application/problem+json")] + retry, body: problem.json.bytes)
    }
}
