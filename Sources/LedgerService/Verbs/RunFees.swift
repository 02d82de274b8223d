import Foundation
import Ledger
internal import LedgerStore

extension LedgerService {
    /// The operator's days decide when a month is over: it writes the invoices.
    package static let operatorZone = TimeZone(identifier: "Europe/Berlin")!

    /// What a fee run of the month would have. Who is billed for it already is in it only where the contract has changed since.
    ///
    /// - Throws: `FeeRefusal.monthNotOver`.
    package func feePreview(_ month: Month) throws -> FeePreview { try store.read { try $0.feePreview(month) } }

    /// Bills a month: each tenant of the preview, once. Asked again with the same hash, it is the same run.
    ///
    /// - Parameter hash: What the preview had that somebody has looked at.
    /// - Throws: `FeeRefusal.previewChanged`, `.nothingToBill`, `.monthNotOver`.
    package func runFees<Answer>(
        _ month: Month, preview hash: String, by actor: String, once: Once<FeeRun, Answer> = Once<FeeRun, FeeRun>.unkeyed
    ) async throws -> Answer {
        try await perform(once) { transaction in
            if let known = try transaction.feeRun(of: month, hash: hash) { return known }
            let preview = try transaction.feePreview(month)
            guard preview.sum.billed > 0 else { throw FeeRefusal.nothingToBill(month) }
            guard preview.hash == hash else { throw FeeRefusal.previewChanged(month, hash: preview.hash) }
            let number = try transaction.addFeeRun(month, preview.rows, hash: hash, by: actor)
            return try transaction.feeRun(number)!
        }
    }

    /// Takes a billed month of a tenant back, by a run of its own with one minus row. The month's next run bills the tenant again. Asked again
    /// with the same reason before that, it is the same run.
    ///
    /// - Parameter reason: Why, in a person's words.
    /// - Throws: `FeeRefusal.notBilled`; `ServiceRefusal.reasonMissing`, `.textTooLong`, `.textInvalid`; `TenantNotFound`.
    package func correctFee<Answer>(
        _ month: Month, of tenantID: String, reason: String, by actor: String, once: Once<FeeRun, Answer> = Once<FeeRun, FeeRun>.unkeyed
    ) async throws -> Answer {
        try await perform(once) { transaction in
            _ = try transaction.knownTenant(tenantID)
            try checkReason(reason)
            guard let billed = try transaction.billedFees(of: month)[tenantID] else {
                let last = try transaction.feeRuns(of: month).last { $0.rows.contains { $0.tenant == tenantID && $0.amounts != nil } }
                guard let last, last.reason == reason else { throw FeeRefusal.notBilled(tenantID, month) }
                return last
            }
            let row = try billed.row.takenBack(from: billed.run)
            let hash = FeeRun.hash(month, after: try transaction.lastFeeRun(of: month), [row])
            let number = try transaction.addFeeRun(month, [row], hash: hash, reason: reason, by: actor)
            return try transaction.feeRun(number)!
        }
    }

    /// The runs of a month, in order.
    package func feeRuns(of month: Month) throws -> [FeeRun] { try store.read { try $0.feeRuns(of: month) } }

    /// - Throws: `FeeRefusal.runNotFound`.
    package func feeRun(_ number: Int64) throws -> FeeRun {
        guard let run = try store.read({ try $0.feeRun(number) }) else { throw FeeRefusal.runNotFound(number) }
        return run
    }
}

extension Transaction {
    fileprivate func feePreview(_ month: Month) throws -> FeePreview {
        let current = now.day(in: LedgerService.operatorZone).month
        let contracts = try contracts()
        let isOver = month < current
        if !isOver, month > current.next || !contracts.contains(where: { $0.terms.billing == .advance }) {
            throw FeeRefusal.monthNotOver(month)
        }
        return try FeePreview(
            of: month, after: try lastFeeRun(of: month), contracts: contracts, billed: try billedFees(of: month), isOver: isOver,
            moved: try tenantsWithMovement(in: month), unbilled: try unbilledMonths(before: month))
    }
}
