import Foundation
import Ledger
internal import LedgerStore
import Stripe

/// What tells one kind of operation from another: where Stripe shows what it did, when its aim is reached, and what its answer or its refusal
/// changes in the books. Each kind has its rules in its own file; all other code treats the kinds alike.
struct OperationRules: Sendable {
    /// What an operation is about: `subject` is the number of it on the folio.
    enum Subject: Sendable {
        case hold, payment, refund
        /// The card that is saved for the folio, or, where the operation has a number, one that was saved before.
        case card
        /// Nothing that the books number: what it acts on stands in its path.
        case nothing
    }

    /// Where Stripe shows what an operation did when its answer is missing.
    enum Evidence: Sendable {
        /// On a page, an intent or a refund that carries its key in the metadata.
        case pageByKey, intentByKey, refundByKey
        /// On the intent in its path; the closure tells what the books cannot: whether the intent as it is shows that the aim is reached.
        case intentInPath(shows: @Sendable (PaymentIntent, Ledger.Operation) -> Bool)
        /// On the page in its path.
        case pageInPath
        /// Nowhere, and it may be sent twice.
        case nowhere
    }

    let subject: Subject
    let evidence: Evidence
    /// Whether it takes money from the guest, or asks the guest for it. It is not sent while something that was found may have taken its place.
    var takesMoney = false
    /// Whether nothing that is due depends on it.
    var movesNothing = false
    /// Whether a refusal of it waits for the operator: nobody is there who could see it, and what it acts on stays as it is at Stripe.
    var parksWhenRefused = false
    /// Whether the books show that its aim is reached. News reaches an aim without an answer; what the books cannot show is answered `false`.
    let isReached: @Sendable (borrowing Book, Ledger.Operation, Folio) throws -> Bool
    /// Whether a refusal shows that the aim is reached, where the books cannot.
    var isReachedWhenRefused: @Sendable (StripeError) -> Bool = { _ in false }
    /// Takes in the answer: the object's JSON.
    let apply: @Sendable (borrowing Book, Ledger.Operation, Folio, Data, ReturnAddress) throws -> Void
    /// Takes in that its aim is reached where neither an answer nor news of an object has done so.
    var takeInReached: @Sendable (borrowing Book, Ledger.Operation, Folio) throws -> Void = { _, _, _ in }
    /// What it was for is not coming: Stripe refused it, somebody dismissed it, or it was overtaken.
    var fail: @Sendable (borrowing Book, Ledger.Operation, Failure, Folio) throws -> Void = { _, _, _, _ in }
    /// What Stripe's refusal says beyond this one try.
    var learn: @Sendable (borrowing Book, Ledger.Operation, StripeError, Folio) throws -> Void = { _, _, _, _ in }
}

extension Ledger.Operation {
    /// The object that it acts on: `pi_1` in `/v1/payment_intents/pi_1/capture`.
    var pathID: String { String(path.split(separator: "/").dropLast().last ?? "") }

    /// In words, also when a newer program wrote it.
    var words: Phrase { OperationKind(rawValue: kind)?.phrase ?? Phrase(kind, kind) }

    /// What holds for its kind.
    ///
    /// - Throws: `UnknownOperationKind` when a newer program wrote it.
    func rules() throws -> OperationRules { try knownKind().rules }

    /// - Throws: `UnknownOperationKind` when a newer program wrote it.
    func knownKind() throws -> OperationKind {
        guard let known = OperationKind(rawValue: kind) else { throw UnknownOperationKind(kind: kind) }
        return known
    }

    /// Whether its outcome cannot change the amount due; an operation of an unknown kind may move anything.
    var movesNothing: Bool { knownRules?.movesNothing == true }

    /// The rules of its kind; nil when a newer program wrote it.
    var knownRules: OperationRules? { OperationKind(rawValue: kind)?.rules }
}

/// An operation of a kind this program does not know.
struct UnknownOperationKind: Error, CustomStringConvertible {
    let kind: String

    var description: String { "this program does not know operations of the kind \"\(kind)\"" }
}

extension OperationKind {
    /// The only place that lists the kinds for the service.
    var rules: OperationRules {
        switch self {
        case .holdPage: .holdPage
        case .paymentPage: .paymentPage
        case .setupPage: .setupPage
        case .withdrawPage: .withdrawPage
        case .placeHold: .placeHold
        case .chargeSavedCard: .chargeSavedCard
        case .increment: .increment
        case .capture: .capture
        case .release: .release
        case .releaseReplaced: .releaseReplaced
        case .cancelOrphan: .cancelOrphan
        case .refund: .refund
        case .detachCard: .detachCard
        }
    }
}

extension OperationRules {
    /// Whether it makes a page.
    var makesPage: Bool { if case .pageByKey = evidence { true } else { false } }
    /// Whether it makes an intent without the guest.
    var makesIntent: Bool { if case .intentByKey = evidence { true } else { false } }
    /// Whether it acts on the hold of an intent.
    var actsOnHold: Bool { if case .hold = subject, case .intentInPath = evidence { true } else { false } }

    /// The object that an answer is.
    ///
    /// - Throws: `DecodingError` when it is another.
    static func object<Object: Decodable>(_ type: Object.Type, in answer: Data) throws -> Object {
        try JSONDecoder().decode(type, from: answer)
    }

    /// Takes in an answer that is a payment intent.
    static let applyIntent: @Sendable (borrowing Book, Ledger.Operation, Folio, Data, ReturnAddress) throws -> Void = {
        book, _, _, answer, returning in
        _ = try book.apply(try object(PaymentIntent.self, in: answer), returning: returning)
    }

    /// Takes in an answer that is a page: keeps its id, and shows it while the guest can use it.
    static let attachPage: @Sendable (borrowing Book, Ledger.Operation, Folio, Data, ReturnAddress) throws -> Void = {
        book, operation, folio, answer, _ in
        try book.attach(try object(CheckoutSession.self, in: answer), to: operation, folio)
    }
}

extension Book {
    /// The hold that an operation is about.
    func hold(of operation: Ledger.Operation, on folio: Folio) throws -> Hold? {
        try holds(of: folio).first { $0.number == operation.subject }
    }

    /// The payment that an operation is about.
    func payment(of operation: Ledger.Operation, on folio: Folio) throws -> Payment? {
        try payments(of: folio).first { $0.number == operation.subject }
    }

    /// A hold that was asked for is not coming.
    ///
    /// - Parameter notice: What the folio says of it; nil for nothing new.
    func failHold(_ number: Int64?, why: Failure, on folio: Folio, _ notice: (Hold) throws -> FolioNotice?) throws {
        guard var hold = try holds(of: folio).first(where: { $0.number == number }), !hold.state.isFinal else { return }
        hold.state = .failed
        hold.failure = why
        try save(hold, of: folio)
        if let notice = try notice(hold) { try setNotice(notice, of: folio) }
    }

    /// A payment that was asked for is not coming.
    ///
    /// - Returns: Whether it was still waited for.
    @discardableResult
    func failPayment(_ number: Int64?, why: Failure, on folio: Folio) throws -> Bool {
        guard var payment = try payments(of: folio).first(where: { $0.number == number }), payment.state != .succeeded else { return false }
        payment.state = .failed
        payment.failure = why
        try save(payment, of: folio)
        return true
    }
}
