import Ledger
internal import LedgerStore

/// How an operation ends.
enum OperationEnd: Sendable {
    /// It did what it was for.
    case done
    /// Nothing moved, and nothing will.
    case refused(Failure)
    /// A person left it, after Stripe had shown that it moved nothing.
    case dismissed(reason: String, by: String)

    /// nil when it did what it was for.
    var failure: Failure? {
        switch self {
        case .done: nil
        case .refused(let why): why
        case .dismissed(let reason, let actor): .dismissed(reason, by: actor)
        }
    }
}

extension Book {
    /// The only place where an operation ends. Another process or an event may have ended it first, and applying `change` may end it, too;
    /// so this is checked twice.
    ///
    /// - Parameters:
    ///   - change: What goes with its end.
    ///   - isTakenBack: Whether what was asked for with it is taken back: nothing is charged then.
    ///   - follow: What follows for the check-out that it is a step of; nil: the step is done, or refused and others take its place.
    /// - Returns: Whether it was ended here.
    @discardableResult
    func end(
        _ operation: Operation, _ end: OperationEnd, isTakenBack: Bool = false, with change: (borrowing Book) throws -> Void = { _ in },
        then follow: ((borrowing Book) throws -> Void)? = nil
    ) throws -> Bool {
        guard try isOpen(operation) else { return false }
        try change(self)
        guard try isOpen(operation) else { return false }
        switch end {
        case .done: try finish(operation, .done)
        case .refused(let why): try finish(operation, .refused, failure: why)
        case .dismissed(let reason, let actor): try dismiss(operation, reason: reason, by: actor)
        }
        if let folio = try folio(of: operation) {
            try forgetNoticeOfCalls(of: folio)
            if operation.knownRules?.actsOnHold == true { try replaceHolds(on: folio) }
        }
        if operation.knownRules?.makesPage == true, let asked = try askedPage(of: operation) {
            try forgetAskedPage(of: operation)
            if !isTakenBack { try charge(asked, of: operation) }
        }
        if let follow { try follow(self) } else { try completeStep(of: operation, end.failure) }
        return true
    }

    /// Whether it waits for its end, here or with the operator.
    func isOpen(_ operation: Operation) throws -> Bool { try self.operation(operation.number)?.isOpen == true }

    /// The folio that an operation is about, as it is now; nil when there is none with its number.
    func folio(of operation: Operation) throws -> Folio? { try operation.folio.flatMap { try folio(number: $0) } }

    /// News of an object can come before the answer to the call that moved it, or in place of an answer that never comes. An operation
    /// whose aim is reached is done, and need not be sent again.
    func endReached(on folio: Folio) throws {
        for operation in try openOperations(folio: folio) where try operation.rules().isReached(self, operation, folio) {
            try end(operation, .done)
        }
    }

    /// A folio's notice of a call that is open is taken back when none is left: of one that was left to the operator, and of the release of
    /// a replaced hold.
    func forgetNoticeOfCalls(of folio: Folio) throws {
        guard let now = try self.folio(number: folio.number), let code = now.notice?.code else { return }
        let open = try openOperations(folio: folio)
        let stands =
            switch code {
            case FolioNotice.operationParkedCode: open.contains { $0.state == .parked }
            case FolioNotice.overlapCode: open.contains { $0.kind == OperationKind.releaseReplaced.rawValue }
            default: true
            }
        if !stands { try setNotice(nil, of: now) }
    }
}
