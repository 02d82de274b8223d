extension WebServer {
    /// Why a request is answered without having been looked at.
    package enum Refusal: Error, Sendable, Equatable {
        case malformed(Fault)
        case targetTooLong(most: Int)
        case tooManyParameters(most: Int)
        case headTooLarge(most: Int)
        case tooManyHeaders(most: Int)
        case bodyTooLarge(most: Int)
        case tooSlow
        case expectationUnknown
        case transferCodingUnknown
        case versionUnknown
        /// One address has too much under way.
        case addressBusy(most: Int)
        /// All places are taken by requests that are worked on.
        case busy
    }

    /// What RFC 9112 does not allow.
    package enum Fault: Sendable, Equatable {
        case lineEnd, requestLine, fieldName, fieldValue, folded, host, length, twoLengths, lengthAndCoding, transferCoding, chunk, trailer
    }
}

extension WebServer.Refusal {
    package var status: Int {
        switch self {
        case .malformed: 400
        case .tooSlow: 408
        case .bodyTooLarge: 413
        case .targetTooLong, .tooManyParameters: 414
        case .expectationUnknown: 417
        case .addressBusy: 429
        case .headTooLarge, .tooManyHeaders: 431
        case .transferCodingUnknown: 501
        case .busy: 503
        case .versionUnknown: 505
        }
    }

    /// Whether it is no limit that was passed, but something that no browser sends.
    package var isFault: Bool {
        switch self {
        case .malformed, .expectationUnknown, .transferCodingUnknown, .versionUnknown: true
        default: false
        }
    }

    /// After how many seconds it is worth another try.
    package var retryAfter: Int? {
        switch self {
        case .busy, .addressBusy: 5
        default: nil
        }
    }

    /// One sentence that says what to do.
    package var sentence: String {
        switch self {
        case .malformed(let fault): fault.sentence
        case .targetTooLong(let most): "Send an address of at most \(most) bytes."
        case .tooManyParameters(let most): "Send at most \(most) parameters."
        case .headTooLarge(let most): "Send headers of at most \(most) bytes together."
        case .tooManyHeaders(let most): "Send at most \(most) headers."
        case .bodyTooLarge(let most): "Send a body of at most \(most) bytes here."
        case .tooSlow: "The request took too long to arrive: send it again."
        case .expectationUnknown: "Expect nothing but 100-continue."
        case .transferCodingUnknown: "Send the body as it is, or chunked."
        case .versionUnknown: "Speak HTTP/1.1."
        case .addressBusy(let most): "Wait until one of your \(most) connections has been answered."
        case .busy: "All places are taken: try again in a few seconds."
        }
    }

    var response: HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [("Content-Type", "text/plain; charset=utf-8")] + (retryAfter.map { [("Retry-After", String($0))] } ?? []),
            body: Array((sentence + "\n").utf8))
    }
}

extension WebServer.Fault {
    fileprivate var sentence: String {
        switch self {
        case .lineEnd: "End each line of the request with CR LF."
        case .requestLine: "Begin the request with a method, an address without spaces, and HTTP/1.1."
        case .fieldName: "Write each header as a name, a colon without space before it, and a value."
        case .fieldValue: "Send headers without control characters."
        case .folded: "Write each header on one line."
        case .host: "Send one Host header, with a host and at most a port."
        case .length: "Send Content-Length as a whole number."
        case .twoLengths: "Send one Content-Length."
        case .lengthAndCoding: "Send Content-Length or Transfer-Encoding, not both."
        case .transferCoding: "Send one Transfer-Encoding, and let it end with chunked."
        case .trailer: "Send no field after the last chunk that says how the request is to be read."
        case .chunk: "Send each chunk with its size in hexadecimal digits before it, and CR LF after both."
        }
    }
}
