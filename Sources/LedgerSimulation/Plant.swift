import Foundation
import JSON
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
    /// "Not yet" is kept as the last word of a request.
    case refusalKept = "refusal_kept"
    /// A repeated request is taken for a new one.
    case decidedAnew = "decided_anew"
    /// Whatever names one of our folios is taken for ours.
    case knownByReference = "known_by_reference"
    /// What was taken of a hold that still lives is not seen.
    case takenUnseen = "taken_unseen"
    /// Nobody hears of deleted customers and detached cards.
    case goneUnheard = "gone_unheard"
    /// What is set aside is taken again, and nobody has decided that.
    case asideTaken = "aside_taken"
    /// Charges are missing in Stripe's list of movements.
    case movementUnseen = "movement_unseen"
    /// What moved at Stripe is taken for moved just now.
    case bookedToday = "booked_today"
    /// The old hold is cancelled before the bank has agreed to the new one.
    case cancelledFirst = "cancelled_first"
    /// What a hold in the place of another holds is added to what the other one held.
    case chainCountedTwice = "chain_counted_twice"
    /// What a hold says of the one whose place it took is not read, which nothing else tells after a restore.
    case chainForgotten = "chain_forgotten"
    /// A hold whose place another one took is captured, not let go.
    case replacedCaptured = "replaced_captured"
    /// A hold whose place another one took is taken for let go.
    case replacedKept = "replaced_kept"
    /// A bank's last word about a card is read as "later".
    case adviceUnheard = "advice_unheard"
    /// A renewal that a bank refused is tried once more, at once.
    case triedAtOnce = "tried_at_once"
    /// The hours of another time zone are kept.
    case renewedAtNight = "renewed_at_night"
    /// A hold on a saved card takes the money.
    case takenForHeld = "taken_for_held"
    /// A late charge is sent once more, under no key.
    case lateTwice = "late_twice"
    /// Whatever is found after check-out is taken for something of the minibar.
    case lateOfOtherKind = "late_of_other_kind"
    /// Letting a card go is taken for done and never sent.
    case letGoUnsent = "let_go_unsent"
    /// Guests' cards are kept for longer than was promised.
    case keptTooLong = "kept_too_long"
    /// A card is let go while a late charge is on its way.
    case letGoEarly = "let_go_early"

    /// Which checker must notice it.
    package var checker: Finding.Checker {
        switch self {
        case .sentUnstored: .stored
        case .newKeyOnRetry: .moreThanShown
        case .doubledEffect: .agreement
        case .deadCover: .deadCover
        case .forgottenRelease: .forgottenIntent
        case .refusalKept, .decidedAnew: .answers
        case .knownByReference: .foreign
        case .takenUnseen: .held
        case .asideTaken: .takenAgain
        case .goneUnheard: .deadCard
        case .movementUnseen: .balance
        case .bookedToday: .day
        case .cancelledFirst: .coverLost
        case .chainCountedTwice, .chainForgotten, .replacedCaptured: .chain
        case .replacedKept: .overlap
        case .adviceUnheard: .lastWord
        case .triedAtOnce, .renewedAtNight: .tries
        case .takenForHeld: .early
        case .lateTwice, .lateOfOtherKind: .late
        case .letGoUnsent, .keptTooLong: .kept
        case .letGoEarly: .cardDetachedEarly
        }
    }

    /// Whether the network loses a call before the file is lost: otherwise hardly anything is held twice then.
    func loses(_ kind: String?) -> Bool { self == .chainForgotten && kind == "release_replaced" }

    enum Forged { case answer(HTTPResponse) }

    /// Changes a request on its way, or answers it in Stripe's place.
    ///
    /// - Parameter kind: The operation's.
    func forge(_ request: inout HTTPRequest, of kind: String?) -> Forged? {
        switch self {
        case .newKeyOnRetry where request.method == "POST" && request.url.hasSuffix("/v1/payment_intents"):
            request.headers.removeAll { $0.name == "Idempotency-Key" }
        case .takenForHeld where kind == "place_hold":
            let body = String(decoding: request.body, as: UTF8.self)
            request.body = Data(body.replacing("capture_method=manual", with: "capture_method=automatic").utf8)
        case .replacedCaptured where kind == "release_replaced" && request.url.hasSuffix("/cancel"):
            request.url = request.url.dropLast("cancel".count) + "capture"
        case .forgottenRelease where request.method == "POST" && request.url.hasSuffix("/cancel"),
            .replacedKept where kind == "release_replaced":
            let id = request.url.split(separator: "/").dropLast().last ?? ""
            let intent = """
                {"id":"\(id)","object":"payment_intent","amount":0,"amount_capturable":0,"amount_received":0,"currency":"eur",
                "status":"canceled","created":0,"metadata":{},"livemode":false,"capture_method":"manual","payment_method_types":["card"]}
                """
            return .answer(HTTPResponse(status: 200, body: Data(intent.utf8)))
        case .letGoUnsent where kind == "detach_card":
            let id = request.url.split(separator: "/").dropLast().last ?? ""
            let card = "{\"id\":\"\(id)\",\"object\":\"payment_method\",\"type\":\"card\",\"customer\":null}"
            return .answer(HTTPResponse(status: 200, body: Data(card.utf8)))
        default: break
        }
        return nil
    }

    /// Changes an answer on its way back.
    ///
    /// - Parameters:
    ///   - renews: Whether it answers for a hold in the place of another.
    ///   - now: The time at which it arrives.
    ///   - claim: What our own object for a reference carries as metadata, where a folio of ours has it.
    func spoil(
        _ answer: HTTPResponse, to request: HTTPRequest, renews: Bool, at now: Instant, claim: (String) -> String?
    ) -> HTTPResponse {
        let text = String(decoding: answer.body, as: UTF8.self)
        let spoiled: String
        switch self {
        case .deadCover:
            spoiled = text.replacing(/"capture_before":([0-9]+)/) { "\"capture_before\":\(Int64($0.output.1)! + 30 * 86_400)" }
        case .knownByReference where request.method == "GET":
            spoiled = text.replacing(/"metadata":\{[^}]*"reference":"([^"]+)"[^}]*\}/) { found in
                claim(String(found.output.1)).map { "\"metadata\":\($0)" } ?? String(found.output.0)
            }
        case .adviceUnheard: spoiled = Self.softened(text)
        case .chainCountedTwice where renews && text.contains("\"object\":\"payment_intent\""):
            guard var intent = JSON(parsing: Array(answer.body)), let held = intent["amount_capturable"]?.intValue else { return answer }
            intent["amount_capturable"] = .int(2 * held)
            spoiled = String(decoding: intent.bytes, as: UTF8.self)
        case .chainForgotten: spoiled = text.replacing("\"ledger_replaces\"", with: "\"ledger_replaced\"")
        case .takenUnseen where text.contains("\"status\":\"requires_capture\"") && text.contains("\"object\":\"payment_intent\""):
            spoiled = text.replacing(/"amount_received":[0-9]+/, with: "\"amount_received\":0")
        case .movementUnseen where request.url.contains("/v1/balance_transactions"):
            guard var list = JSON(parsing: Array(answer.body)) else { return answer }
            list["data"] = .array((list["data"]?.arrayValue ?? []).filter { $0["type"] != "charge" })
            spoiled = String(decoding: list.bytes, as: UTF8.self)
        case .goneUnheard where request.url.contains("/v1/events"):
            guard var list = JSON(parsing: Array(answer.body)) else { return answer }
            list["data"] = .array((list["data"]?.arrayValue ?? []).filter { !Self.isOfEnd($0) })
            spoiled = String(decoding: list.bytes, as: UTF8.self)
        case .bookedToday where !request.url.contains("/v1/balance_transactions"):
            guard let body = JSON(parsing: Array(answer.body)) else { return answer }
            spoiled = String(decoding: Self.movedNow(body, Int(now.unixSeconds)).bytes, as: UTF8.self)
        default: return answer
        }
        return HTTPResponse(status: answer.status, headers: answer.headers, body: Data(spoiled.utf8))
    }

    /// Changes a message on its way.
    func spoil(_ message: [UInt8]) -> [UInt8] {
        self == .adviceUnheard ? Array(Self.softened(String(decoding: message, as: UTF8.self)).utf8) : message
    }

    private static func softened(_ text: String) -> String {
        text.replacing(/"advice_code":"(do_not_try_again|confirm_card_data)"/, with: "\"advice_code\":\"try_again_later\"")
    }

    /// Every balance transaction in an answer, as if it had been made now.
    private static func movedNow(_ value: JSON, _ now: Int) -> JSON {
        if let values = value.arrayValue { return .array(values.map { movedNow($0, now) }) }
        guard let members = value.members else { return value }
        let isMovement = value["object"] == "balance_transaction"
        return .object(members.map { ($0.key, isMovement && $0.key == "created" ? .int(now) : movedNow($0.value, now)) })
    }

    /// Whether an event tells that something is gone.
    static func isOfEnd(_ event: JSON) -> Bool {
        ["customer.deleted", "payment_method.detached"].contains(event["type"]?.textValue)
    }
}
