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
    /// The status of the answer.
    ///
    /// - Source: RFC 9110, section 15; RFC 6585 for 429 and 431.
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

    /// For a server whose configuration has no words of its own.
    var response: HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [("Content-Type", "text/plain; charset=utf-8")] + (retryAfter.map { [("Retry-After", String($0))] } ?? []),
            body: Array("\(ReasonPhrase.of(status))\n".utf8))
    }
}
