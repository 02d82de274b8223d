/// Attacks on contracts and on what was billed.
extension Piece {
    static func feeRun(
        _ verb: String = "INSERT", number: Int = 2, month: String = "2025-11", rows: Int = 1, reason: String = "NULL"
    ) -> String {
        """
        \(verb) INTO fee_run (number, month, rows, hash, reason, actor, created_at)
        VALUES (\(number), '\(month)', \(rows), '00112233445566778899aabbccddeeff', \(reason), 'somebody', 0)
        """
    }

    /// A row of tenant 1, whose contract is over whole months from October on.
    static func feeRow(
        _ verb: String = "INSERT", run: Int = 2, position: Int = 1, tenant: Int = 1, month: String = "2025-11", corrects: String = "NULL",
        recipient: String = "Hotel mine", firstDay: String? = nil, lastDay: String? = nil, proration: String = "whole_months",
        price: String = "1900", origin: String = "contract:2025-10", taxCase: String = "domestic", net: String = "1900",
        rate: String = "1900", tax: String = "361"
    ) -> String {
        let last = month == "2025-11" ? "2025-11-30" : "2025-10-31"
        return """
            \(verb) INTO fee_row (run, position, tenant, month, corrects, terms, recipient, first_day, last_day, proration, price, origin, tax_case,
                vat_id, net, rate, tax)
            VALUES (\(run), \(position), \(tenant), '\(month)', \(corrects), 1, '\(recipient)', '\(firstDay ?? month + "-01")',
                '\(lastDay ?? last)', '\(proration)', \(price), '\(origin)', '\(taxCase)', NULL, \(net), \(rate), \(tax))
            """
    }

    /// Terms of tenant 1 as they are, but for a recipient elsewhere.
    static func terms(_ verb: String = "INSERT", tenant: Int = 1, number: Int = 2, country: String = "'FR'") -> String {
        """
        \(verb) INTO contract_terms (tenant, number, recipient, country, proration, free_months, billing, actor, set_at)
        VALUES (\(tenant), \(number), 'Hotel mine', \(country), 'whole_months', 0, 'arrears', 'somebody', 0)
        """
    }
}

extension Attack {
    private static let run = [Piece.feeRun()]

    static let onFees: [Attack] = [
        // The contract.
        Attack("a second contract", "REPLACE INTO contract (tenant, from_day) VALUES (1, '2025-12-01')"),
        Attack("a contract of nobody", "INSERT INTO contract (tenant, from_day) VALUES (9, '2025-12-01')"),
        Attack("delete a contract", "DELETE FROM contract WHERE tenant = 1"),
        Attack("begin a contract later that is billed", "UPDATE contract SET from_day = '2025-11-01' WHERE tenant = 1"),
        Attack("end a contract before it begins", "UPDATE contract SET until_day = '2025-09-30' WHERE tenant = 1"),
        Attack("give a contract to another tenant", "UPDATE OR REPLACE contract SET tenant = 2 WHERE tenant = 1"),
        Attack(
            "remove the keys of a contract that has no end",
            "UPDATE contract SET keys_removed_at = 9000000000000, keys_removed_by = 'x' WHERE tenant = 1"),
        Attack(
            "remove the keys while holds live", first: ["UPDATE contract SET until_day = '2025-12-31' WHERE tenant = 1"],
            "UPDATE contract SET keys_removed_at = 9000000000000, keys_removed_by = 'x' WHERE tenant = 1"),
        Attack("empty a key that is needed", "UPDATE stripe_account SET secret_key = x'' WHERE tenant = 1"),
        Attack("set an empty key", "INSERT INTO stripe_account (tenant, secret_key, updated_at) VALUES (2, x'', 0)"),
        Attack("change terms", "UPDATE contract_terms SET country = 'JP' WHERE tenant = 1"),
        Attack("delete terms", "DELETE FROM contract_terms WHERE tenant = 1"),
        Attack("replace terms", Piece.terms("REPLACE", number: 1)),
        Attack("leave a gap between terms", Piece.terms(number: 3)),
        Attack("terms of no contract", Piece.terms(tenant: 9, number: 1)),
        Attack(
            "a check of no VAT id",
            "INSERT INTO contract_terms SELECT tenant, 2, recipient, country, NULL, '2025-11-01', 'x', proration, free_months, billing, 'x', 0 "
                + "FROM contract_terms WHERE tenant = 1"),
        // Prices.
        Attack("change a billed month's price", "UPDATE contract_price SET net = 1 WHERE tenant = 1"),
        Attack("replace a billed month's price", "REPLACE INTO contract_price VALUES (1, '2025-10', 1)"),
        Attack("delete a billed month's price", "DELETE FROM contract_price WHERE tenant = 1"),
        Attack("move a billed month's price", "UPDATE contract_price SET from_month = '2025-11' WHERE tenant = 1"),
        Attack(
            "another price of a billed month", first: run + [Piece.feeRow()], "INSERT INTO contract_price VALUES (1, '2025-11', 1)"),
        Attack("two prices of one month", "REPLACE INTO contract_price VALUES (2, '2025-10', 1)"),
        // Runs.
        Attack("skip a run's number", Piece.feeRun(number: 3)),
        Attack("replace a run", Piece.feeRun("REPLACE", number: 1)),
        Attack("change a run", "UPDATE fee_run SET month = '2025-11'"),
        Attack("renumber a run", "UPDATE fee_run SET rowid = 9"),
        Attack("delete a run", "DELETE FROM fee_run"),
        Attack("begin a run while one lacks its rows", first: run, Piece.feeRun(number: 3)),
        // Rows.
        Attack("bill a tenant twice", first: [Piece.feeRun(month: "2025-10")], Piece.feeRow(month: "2025-10")),
        Attack("bill a tenant in the run of another month", first: [Piece.feeRun(month: "2025-10")], Piece.feeRow()),
        Attack(
            "add a row to an earlier run", first: run,
            Piece.feeRow(run: 1, position: 2, tenant: 2, month: "2025-10", recipient: "Hotel other")),
        Attack("more rows than the run has", first: run + [Piece.feeRow()], Piece.feeRow(position: 2, tenant: 2, recipient: "Hotel other")),
        Attack("leave a row out", first: [Piece.feeRun(rows: 2)], Piece.feeRow(position: 2)),
        Attack("bill more than the price", first: run, Piece.feeRow(net: "1901")),
        Attack("bill at another price", first: run, Piece.feeRow(price: "2000", net: "2000", tax: "380")),
        Attack("bill too little tax", first: run, Piece.feeRow(tax: "360")),
        Attack("bill days that the contract does not count", first: run, Piece.feeRow(proration: "by_days", net: "1900")),
        Attack("bill days before the contract", first: run, Piece.feeRow(firstDay: "2025-10-31")),
        Attack("bill half a month", first: run, Piece.feeRow(lastDay: "2025-11-15")),
        Attack("give a month away", first: run, Piece.feeRow(origin: "free:1/1", net: "0", tax: "0")),
        Attack("bill somebody else", first: run, Piece.feeRow(recipient: "Somebody")),
        Attack("forget the tax", first: run, Piece.feeRow(taxCase: "third_country", rate: "NULL", tax: "0")),
        Attack(
            "bill German tax to France", first: [Piece.terms()] + run, Piece.feeRow().replacing("1, 'Hotel mine'", with: "2, 'Hotel mine'")),
        Attack(
            "bill France without tax or VAT id", first: [Piece.terms()] + run,
            Piece.feeRow(taxCase: "eu_reverse_charge", rate: "NULL", tax: "0").replacing("1, 'Hotel mine'", with: "2, 'Hotel mine'")),
        Attack("bill what is blocked", first: run, Piece.feeRow(taxCase: "blocked", rate: "NULL", tax: "0")),
        Attack("change a row", "UPDATE fee_row SET net = 1 WHERE tenant = 1"),
        Attack("delete a row", "DELETE FROM fee_row WHERE tenant = 1"),
        Attack("replace a row", Piece.feeRow("REPLACE", run: 1, month: "2025-10", net: "1", tax: "0")),
        Attack("a correction without a reason", first: [Piece.feeRun(month: "2025-10")], correction()),
        Attack("correct a part of a row", first: [correcting], correction(net: "-1800", tax: "-342")),
        Attack("correct a row with more money", first: [correcting], correction(net: "1900", tax: "361")),
        Attack("correct what nobody was billed", first: [correcting], correction().replacing("2025-10", with: "2025-11")),
        Attack(
            "correct a row twice", first: [correcting, correction(), Piece.feeRun(number: 3, month: "2025-10", reason: "'why'")],
            correction(run: 3)),
        // Invoices.
        Attack("another invoice for a row", "REPLACE INTO fee_invoice VALUES (1, 1, 1, 'RE-2', NULL, 'x', 0)"),
        Attack("another invoice without a reason", "INSERT INTO fee_invoice VALUES (1, 1, 2, 'RE-2', NULL, 'x', 0)"),
        Attack("skip an invoice's version", "INSERT INTO fee_invoice VALUES (1, 1, 3, 'RE-2', 'why', 'x', 0)"),
        Attack("change an invoice", "UPDATE fee_invoice SET number = 'RE-2'"),
        Attack("forget an invoice", "DELETE FROM fee_invoice"),
        Attack("an invoice for no row", "INSERT INTO fee_invoice VALUES (7, 1, 1, 'RE-2', NULL, 'x', 0)"),
    ]

    private static let correcting = Piece.feeRun(month: "2025-10", reason: "'why'")

    private static func correction(run: Int = 2, net: String = "-1900", tax: String = "-361") -> String {
        Piece.feeRow(run: run, month: "2025-10", corrects: "1", net: net, tax: tax)
    }
}
