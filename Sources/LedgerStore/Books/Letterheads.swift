import Ledger

extension Book {
    /// The one that held at that instant; before the first one, the first.
    package func letterhead(at instant: Instant) throws -> Letterhead? {
        try one(
            """
            SELECT address, tax_number FROM letterhead WHERE tenant = \(tenant.number)
            ORDER BY valid_from <= \(instant) DESC, CASE WHEN valid_from <= \(instant) THEN -valid_from ELSE valid_from END LIMIT 1
            """
        ) { Letterhead(address: try $0.string(0), taxNumber: try $0.string(1)) }
    }

    /// Holds from now on.
    package func setLetterhead(_ letterhead: Letterhead) throws {
        try run(
            """
            INSERT INTO letterhead (tenant, valid_from, address, tax_number)
            SELECT \(tenant.number), max(\(now), coalesce((SELECT max(valid_from) + 1 FROM letterhead WHERE tenant = \(tenant.number)), 0)),
                \(letterhead.address), \(letterhead.taxNumber)
            """)
    }
}
