import Ledger

/// What the triggers of the fees ask when something is written, asked again of all that is there.
extension Book {
    /// A contract that lacks something, a month that is billed twice or at another price, and a correction that is not the opposite of a row.
    func feeDefects() throws -> [BookDefect] {
        try all(
            """
            SELECT 'the contract is missing, or has no terms, or no price in its first month'
            WHERE NOT EXISTS (
                SELECT 1 FROM contract c WHERE c.tenant = \(tenant.number)
                    AND EXISTS (SELECT 1 FROM contract_price p WHERE p.tenant = c.tenant AND p.from_month <= substr(c.from_day, 1, 7))
                    AND (SELECT count(*) = max(number) AND min(number) = 1 FROM contract_terms t WHERE t.tenant = c.tenant))
            UNION ALL
            SELECT month || ' is billed ' || count(*) || ' times' FROM fee_billed
            WHERE tenant = \(tenant.number) GROUP BY month HAVING count(*) > 1
            UNION ALL
            SELECT month || ' is billed at a price that the contract does not have' FROM fee_billed b
            WHERE b.tenant = \(tenant.number) AND b.price IS NOT (
                SELECT net FROM contract_price p WHERE p.tenant = b.tenant AND p.from_month <= b.month ORDER BY from_month DESC LIMIT 1)
            UNION ALL
            SELECT 'run ' || c.run || ' takes back what run ' || c.corrects || ' does not have' FROM fee_row c
            WHERE c.tenant = \(tenant.number) AND c.corrects IS NOT NULL AND (
                NOT EXISTS (
                    SELECT 1 FROM fee_row o WHERE o.run = c.corrects AND o.tenant = c.tenant AND o.month = c.month AND o.corrects IS NULL
                        AND (-o.net, -o.tax) IS (c.net, c.tax))
                OR EXISTS (SELECT 1 FROM fee_row d WHERE d.tenant = c.tenant AND d.corrects = c.corrects AND d.run < c.run))
            """
        ) { BookDefect(tenant: tenant.id, entry: nil, problem: "fees: \(try $0.string(0))") }
    }
}

extension Transaction {
    /// Runs that are missing, and runs whose rows are not as they were decided. Named with the first tenant that the run has,
    /// or with nobody where it has no row.
    package func feeRunDefects() throws -> [BookDefect] {
        var defects: [BookDefect] = []
        var (expected, last): (Int64, [Month: Int64]) = (1, [:])
        for run in try feeRuns() {
            func defect(_ problem: String) {
                defects.append(BookDefect(tenant: run.rows.first?.tenant ?? "", entry: nil, problem: "fees: \(problem)"))
            }
            if run.number != expected { defect("run \(expected) is missing") }
            if FeeRun.hash(run.month, after: last[run.month] ?? 0, run.rows) != run.hash {
                defect("a row of run \(run.number) is missing, or is not as it was decided")
            }
            expected = run.number + 1
            last[run.month] = run.number
        }
        return defects
    }
}
