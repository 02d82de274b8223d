import Foundation
import Ledger
import TestSupport
import Testing

@testable import LedgerStore

/// What the domain takes, the schema keeps; what the domain refuses, the schema refuses as well, without any trigger's help.
@Suite struct `A limit of the domain` {
    /// A rule and where its texts are kept. `?` stands for the text.
    private static let texts: [(TextRule, statement: String)] = [
        (.tenantID, "UPDATE tenant SET id = ? WHERE number = 1"), (.tenantName, "UPDATE tenant SET name = ? WHERE number = 1"),
        (.currencyCode, "UPDATE tenant SET currency = ? WHERE number = 1"), (.booksID, "UPDATE tenant SET books_id = ? WHERE number = 1"),
        (.folioReference, "UPDATE folio SET reference = ? WHERE tenant = 1 AND number = 1"),
        (.languageCode, "UPDATE folio SET guest_language = ? WHERE tenant = 1 AND number = 1"),
        (.guestName, "UPDATE folio SET guest_name = ? WHERE tenant = 1 AND number = 1"),
        (.paymentMethod, "UPDATE folio SET method = ? WHERE tenant = 1 AND number = 1"),
        (.timeZone, "UPDATE tenant SET time_zone = ? WHERE number = 1"),
        (.itemName, "UPDATE line_item SET sku = ? WHERE tenant = 1 AND folio = 1 AND number = 1"),
        (.lineDescription, "UPDATE line_item SET description = ? WHERE tenant = 1 AND folio = 1 AND number = 1"),
        (.category, "UPDATE line_item SET category = ? WHERE tenant = 1 AND folio = 1 AND number = 1"),
        (.reason, "UPDATE line_item SET reason = ? WHERE tenant = 1 AND folio = 1 AND number = 2"),
        (.reason, "UPDATE refund SET reason = ? WHERE tenant = 1 AND folio = 1 AND number = 1"),
        (.category, "INSERT INTO catalogue_item (tenant, sku, description, price, category) VALUES (1, 'b', 'Bier', 350, ?)"),
        (.category, "INSERT INTO tax_rate (tenant, category, from_day, rate) VALUES (1, ?, '2030-01-01', '7')"),
        (.roomName, "UPDATE folio SET room = ? WHERE tenant = 1 AND number = 1"),
        (.itemName, "INSERT INTO catalogue_item (tenant, sku, description, price, category) VALUES (1, ?, 'Bier', 350, 'minibar')"),
        (.lineDescription, "INSERT INTO catalogue_item (tenant, sku, description, price, category) VALUES (1, 'b', ?, 350, 'minibar')"),
        (
            .balanceType,
            "INSERT INTO movement_rule (tenant, number, type, only_others, account, reason, actor, created_at) VALUES (1, 1, ?, 0, 'bank', 'x', 'x', 0)"
        ),
        (
            .reason,
            "INSERT INTO movement_rule (tenant, number, type, only_others, account, reason, actor, created_at) VALUES (1, 1, 'x', 0, 'bank', ?, 'x', 0)"
        ),
        (.accessName, "UPDATE app_user SET name = ? WHERE name = 'anna'"),
        (.accessName, "UPDATE api_token SET name = ? WHERE name = 'shop'"),
        (.webhookName, "UPDATE webhook_secret SET name = ? WHERE tenant = 1 AND replaced_at IS NULL"),
        (.consent, "INSERT INTO saved_card (tenant, folio, state, consent) VALUES (1, 1, 'requested', ?)"),
        (.consent, "INSERT INTO past_card VALUES (1, 1, 1, 'pm_1', 'visa', '4242', ?, NULL, NULL, NULL, 0, 'replaced', 0, NULL)"),
        (.stripeWord, "UPDATE payment_risk SET level = ? WHERE payment_intent = 'pi_1'"),
        (.stripeWord, "UPDATE payment_risk SET cvc_check = ? WHERE payment_intent = 'pi_1'"),
        (.stripeWord, "UPDATE payment_risk SET address_line1_check = ? WHERE payment_intent = 'pi_1'"),
        (.stripeWord, "UPDATE payment_risk SET address_postal_code_check = ? WHERE payment_intent = 'pi_1'"),
        (.stripeWord, "UPDATE payment_risk SET funding = ? WHERE payment_intent = 'pi_1'"),
        (.stripeWord, "UPDATE payment_risk SET review_opened_reason = ? WHERE payment_intent = 'pi_2'"),
        (.stripeWord, "UPDATE payment_risk SET review_closed_reason = ? WHERE payment_intent = 'pi_2'"),
        (.stripeWord, "UPDATE payment_risk SET warning_type = ? WHERE payment_intent = 'pi_2'"),
        (.month, "UPDATE contract_price SET from_month = ? WHERE tenant = 1"), (.month, "UPDATE fee_run SET month = ? WHERE number = 1"),
        (.recipient, "UPDATE contract_terms SET recipient = ? WHERE tenant = 1"),
        (.invoiceNumber, "UPDATE fee_invoice SET number = ? WHERE tenant = 1"),
        (.previewHash, "UPDATE fee_run SET hash = ? WHERE number = 1"),
        (
            .reason,
            "INSERT INTO fee_run (number, month, rows, hash, reason, actor, created_at) SELECT 9, month, 1, hash, ?, 'x', 0 FROM fee_run"
        ),
        (.month, "UPDATE statement SET month = ? WHERE tenant = 1"),
    ]

    /// Texts that may be empty.
    private static let optionalTexts: [(TextRule, statement: String)] = [
        (.address, "INSERT INTO letterhead (tenant, valid_from, address, tax_number) VALUES (1, 0, ?, '')"),
        (.taxNumber, "INSERT INTO letterhead (tenant, valid_from, address, tax_number) VALUES (1, 0, '', ?)"),
    ]

    private static let numbers: [(ClosedRange<Int64>, statement: String)] = [
        (LineItem.quantities, "UPDATE line_item SET quantity = ?, gross = ? * unit_amount WHERE tenant = 1 AND folio = 1 AND number = 1"),
        (
            LineItem.amounts,
            "INSERT INTO catalogue_item (tenant, sku, description, price, category) VALUES (1, 'b', 'Bier', ?, 'minibar')"
        ),
        (Tenant.Settings.holdDays, "UPDATE tenant SET hold_days_before_arrival = ? WHERE number = 1"),
        (Tenant.Settings.refundLimits, "UPDATE tenant SET refund_limit = ? WHERE number = 1"),
        (Tenant.Settings.holdGrace, "UPDATE tenant SET hold_grace_days = ? WHERE number = 1"),
        (Tenant.Settings.extras, "UPDATE tenant SET extras_per_night = ? WHERE number = 1"),
        (Tenant.Settings.ceilingPercents, "UPDATE tenant SET ceiling_percent = ? WHERE number = 1"),
        (Tenant.Settings.lateDays, "UPDATE tenant SET late_charge_days = ? WHERE number = 1"),
        (PlatformFee.nets, "UPDATE contract_price SET net = ? WHERE tenant = 1"),
        (ContractTerms.freeMonthNumbers, "UPDATE contract_terms SET free_months = ? WHERE tenant = 1"),
        (Risk.Assessment.scores, "UPDATE payment_risk SET score = ? WHERE payment_intent = 'pi_1'"),
    ]

    @Test(arguments: texts + optionalTexts)
    func `is the length of the longest text that the store keeps`(rule: TextRule, statement: String) async throws {
        let store = try await GuardedStore()
        let longest = rule.sample(rule.length.upperBound)
        #expect(rule.takes(longest) && !rule.takes(rule.sample(rule.length.upperBound + 1)))
        #expect(try store.takes(statement, "'\(longest)'"), "\(statement) of \(rule.length.upperBound)")
        #expect(try !store.takes(statement, "'\(rule.sample(rule.length.upperBound + 1))'"), "\(statement) of one more")
    }

    @Test(arguments: texts)
    func `keeps out a text that is too short`(rule: TextRule, statement: String) async throws {
        let store = try await GuardedStore()
        let short = rule.sample(rule.length.lowerBound - 1)
        #expect(try !rule.takes(short) && !store.takes(statement, "'\(short)'"), "\(statement)")
    }

    @Test(arguments: numbers)
    func `is the first and the last number that the store keeps`(range: ClosedRange<Int64>, statement: String) async throws {
        let store = try await GuardedStore()
        for number in [range.lowerBound, range.upperBound] { #expect(try store.takes(statement, "\(number)"), "\(statement): \(number)") }
        for number in [range.lowerBound - 1, range.upperBound + 1] {
            #expect(try !store.takes(statement, "\(number)"), "\(statement): \(number)")
        }
    }
}

/// A ledger file whose tables are guarded by nothing but their CHECKs.
private struct GuardedStore {
    private let folder: TemporaryFolder
    private let connection: RawConnection

    init() async throws {
        folder = try TemporaryFolder()
        connection = try RawConnection(
            try folder.write(await AttackedBook.bytes.value), foreignKeys: false, recursiveTriggers: false)
        try connection.dropTriggers()
    }

    /// Whether the store takes `value` in the place of each `?`. Nothing stays.
    ///
    /// - Throws: `RawFailure` for a refusal by something else than a CHECK, or a statement that reaches no row.
    func takes(_ statement: String, _ value: String) throws -> Bool {
        try connection.run("BEGIN")
        defer { try? connection.run("ROLLBACK") }
        do {
            try connection.run(statement.replacing("?", with: value))
        } catch let refusal as RawFailure where refusal.message.hasPrefix("CHECK constraint failed") {
            return false
        }
        guard try connection.rows("SELECT changes()") == ["1"] else { throw RawFailure(message: "no row: \(statement)") }
        return true
    }
}

extension TextRule {
    /// A text of so many Unicode scalars that breaks at most the rule's lengths.
    fileprivate func sample(_ length: Int) -> String {
        if takes("2026-11") && self.length == 7...7 { return String("2026-110".prefix(length)) }
        // One that SQLite must not count by its bytes, where the rule takes it.
        let letter = takes(String(repeating: "\u{1D11E}", count: self.length.lowerBound)) ? "\u{1D11E}" : "a"
        return String(repeating: letter, count: max(0, length))
    }
}
