import Foundation
import Ledger
import LedgerService
import Stripe

/// A bug planted at the edge of the program, where its transport and its deliveries are: proof that a checker can fail.
package enum Plant: String, CaseIterable, Sendable {
    /// A charge goes out that no operation in the file stands for.
    case sentUnstored = "sent_unstored"
    /// A charge that is sent again carries another key.
    case newKeyOnRetry = "new_key_on_retry"
    /// The second copy of an event books its money once more.
    case doubledEffect = "doubled_effect"
    /// Stripe's end of a hold is read as a month later, so that a dead hold counts as cover.
    case deadCover = "dead_cover"
    /// A release is taken for done and never sent.
    case forgottenRelease = "forgotten_release"

    /// Which checker must notice it.
    package var checker: Finding.Checker {
        switch self {
        case .sentUnstored: .stored
        case .newKeyOnRetry: .takenTwice
        case .doubledEffect: .agreement
        case .deadCover: .deadCover
        case .forgottenRelease: .forgottenIntent
        }
    }

    enum Forged { case answer(HTTPResponse) }

    /// Changes a request on its way, or answers it in Stripe's place.
    func forge(_ request: inout HTTPRequest) -> Forged? {
        switch self {
        case .newKeyOnRetry where request.method == "POST" && request.url.hasSuffix("/v1/payment_intents"):
            request.headers.removeAll { $0.name == "Idempotency-Key" }
        case .forgottenRelease where request.method == "POST" && request.url.hasSuffix("/cancel"):
            let id = request.url.split(separator: "/").dropLast().last ?? ""
            let intent = """
                {"id":"\(id)","object":"payment_intent","amount":0,"amount_capturable":0,"amount_received":0,"currency":"eur",
                "status":"canceled","created":0,"metadata":{},"livemode":false,"capture_method":"manual","payment_method_types":["card"]}
                """
            return .answer(HTTPResponse(status: 200, body: Data(intent.utf8)))
        default: break
        }
        return nil
    }

    /// Changes an answer on its way back.
    func spoil(_ answer: HTTPResponse) -> HTTPResponse {
        guard self == .deadCover else { return answer }
        let text = String(decoding: answer.body, as: UTF8.self)
            .replacing(/"capture_before":([0-9]+)/) { "\"capture_before\":\(Int64($0.output.1)! + 30 * 86_400)" }
        return HTTPResponse(status: answer.status, headers: answer.headers, body: Data(text.utf8))
    }
}
