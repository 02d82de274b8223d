import Ledger
internal import LedgerStore
import Stripe

// A page that takes the place of another: Stripe makes it first, and only then the other is withdrawn. So a method that Stripe does not take
// costs the guest no page. For the moment in which both are open the guest may use the old one: then the new one is withdrawn.

extension Book {
    /// Withdraws the pages whose place a page takes that Stripe has made.
    ///
    /// - Parameter replaced: Their sessions.
    func withdrawPages(_ replaced: [String], replacedBy maker: Operation) throws {
        guard let folio = try folio(of: maker) else { return }
        let open = try openPages(of: folio)
        for (index, session) in replaced.enumerated() where open.contains(session) {
            let key = "\(maker.idempotencyKey)\(Self.replacedMark)\(index + 1)"
            _ = try plan(.withdrawPage, Requests.expire(session: session, key: key), folio: folio)
        }
        // The guest was faster.
        if try replaced.contains(where: { try isUsed(page: $0, of: folio) }) { try withdrawUnneeded(maker, on: folio) }
    }

    /// The guest has used a page: the one that was to take its place is not needed any more.
    ///
    /// - Parameter session: The page's; nil where there is none.
    func withdrawReplacement(of session: String?, on folio: Folio) throws {
        guard let session, try isUsed(page: session, of: folio) else { return }
        for withdrawal in try operations(OperationKind.withdrawPage.rawValue, of: folio) where withdrawal.pathID == session {
            guard let mark = withdrawal.idempotencyKey.range(of: Self.replacedMark),
                let maker = try operation(key: String(withdrawal.idempotencyKey[..<mark.lowerBound]), of: folio)
            else { continue }
            try withdrawUnneeded(maker, on: folio)
        }
    }

    private func withdrawUnneeded(_ maker: Operation, on folio: Folio) throws {
        let made =
            switch try maker.rules().subject {
            case .hold: try hold(of: maker, on: folio)?.session
            case .payment: try payment(of: maker, on: folio)?.session
            case .card: try cardOnFile(of: folio)?.session
            case .refund, .nothing: String?.none
            }
        guard let made, try openPages(of: folio).contains(made), try unneededWithdrawal(of: maker, on: folio) == nil,
            let now = try self.folio(number: folio.number)
        else { return }
        _ = try plan(.withdrawPage, Requests.expire(session: made, key: Self.unneededKey(of: maker)), folio: folio)
        try closePage(made, of: now)
    }

    /// The calls that withdraw the pages whose place a page takes.
    func withdrawals(replacedBy maker: Operation, on folio: Folio) throws -> [Int64] {
        let start = "\(maker.idempotencyKey)\(Self.replacedMark)"
        return try operations(OperationKind.withdrawPage.rawValue, of: folio).filter { $0.idempotencyKey.hasPrefix(start) }.map(\.number)
    }

    /// The call that withdraws a page because the guest used the one whose place it takes; nil where there is none.
    func unneededWithdrawal(of maker: Operation, on folio: Folio) throws -> Int64? {
        try operation(key: Self.unneededKey(of: maker), of: folio)?.number
    }

    /// Whether the guest has paid, reserved or saved a card on a page.
    func isUsed(page session: String, of folio: Folio) throws -> Bool {
        try holds(of: folio).contains { $0.session == session && $0.state != .requested && $0.state != .failed }
            || payments(of: folio).contains { $0.session == session && $0.state != .requested && $0.state != .failed }
            || cardOnFile(of: folio).map { $0.session == session && $0.state == .saved } == true
    }

    /// Stands in the key of a call that withdraws a page, behind the key of the call that made the page in its place.
    private static var replacedMark: String { "-replaced-" }

    private static func unneededKey(of maker: Operation) -> String { "\(maker.idempotencyKey)-unneeded" }
}
