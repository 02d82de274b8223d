import Ledger

extension Book {
    /// What moved what the folio's guest owes, in the order of the journal.
    package func movements(of folio: Folio) throws -> [FolioMovement] {
        let (owner, number) = (tenant.number, folio.number)
        return try all(
            """
            SELECT entry, kind, gross FROM line_item WHERE tenant = \(owner) AND folio = \(number)
            UNION ALL
            SELECT p.entry, iif(f.id IS NULL, 'payment', 'found'), e.amount
            FROM payment p JOIN journal_entry e ON e.tenant = p.tenant AND e.number = p.entry
                LEFT JOIN found_object f ON f.tenant = p.tenant AND f.id = p.payment_intent AND f.taken_in_at IS NOT NULL
            WHERE p.tenant = \(owner) AND p.folio = \(number)
            UNION ALL
            SELECT p.entry, 'payment', e.amount FROM payment_part p JOIN journal_entry e ON e.tenant = p.tenant AND e.number = p.entry
            WHERE p.tenant = \(owner) AND p.folio = \(number)
            UNION ALL
            SELECT failure_entry, 'failed_payment', received FROM payment
            WHERE tenant = \(owner) AND folio = \(number) AND failure_entry IS NOT NULL
            UNION ALL
            SELECT entry, 'refund', number FROM refund WHERE tenant = \(owner) AND folio = \(number) AND entry IS NOT NULL
            ORDER BY 1
            """
        ) { row in
            let value = try row.int64(2)
            return switch try row.string(1) {
            case "payment": .payment(value)
            case "found": .foundPayment(value)
            case "failed_payment": .failedPayment(value)
            case "refund": .refund(number: value)
            case "allowance": .allowance(-value)
            // A reversal takes back a charge.
            case "charge", "reversal": .charge(value)
            default: throw row.unreadable(1, of: "the line with entry \(try row.int64(0)) on folio \(folio.reference)")
            }
        }
    }
}
