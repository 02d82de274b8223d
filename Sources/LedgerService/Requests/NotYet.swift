import Ledger

/// Refusals that mean "not yet": somebody else has to answer or act first, and the same request with the same key then completes.
/// They are never final, so they are never stored as an answer.
package enum NotYet {
    /// Each is the `code` of a `Refusal`; callers get it with 503 and `Retry-After`.
    package static let codes: Set<String> = [
        // Stripe has to answer.
        "stripe_unreachable", "stripe_unanswered", "operation_in_progress", "check_out_in_progress", "request_in_progress",
        // The operator has to act.
        "operation_parked", "stripe_key_refused", "stripe_read_forbidden", "key_file_wrong", "found_object", "found_refund",
        "check_out_blocked",
        // Stripe has to be read first, after a restore or after the end of a month.
        "sync_required", "month_not_synced",
        // What waits of the month has to be settled.
        "month_unsettled", "clearing_differs",
        // Stripe has to show what it came from.
        "movement_waiting",
        // Something happened to the ledger's file: never the request's fault, and the same key is good again once the file is mended.
        "disk_full", "file_locked", "file_read_only", "file_damaged", "row_unreadable", "not_a_database", "file_cannot_be_opened",
        "no_file_handles",
        "file_removed", "file_replaced", "file_of_another_program", "file_from_newer_version", "migration_edited", "migration_missing",
        "file_missing", "folder_missing",
        "shutting_down", "not_ready",
    ]
}

extension Refusal {
    /// Whether it is the final outcome of the request. A problem that the operator has to fix before anything is decided is a conflict for
    /// now, and the request may be made again.
    package var isForGood: Bool { !isNotYet && !Self.untilMended.contains(code) }

    private static var untilMended: Set<String> {
        ["stripe_account_taken", "stripe_account_missing", "stripe_account_mismatch", "stripe_mode_mismatch"]
    }

    /// Whether it says "not yet", and not "no".
    package var isNotYet: Bool { NotYet.codes.contains(code) }
}
