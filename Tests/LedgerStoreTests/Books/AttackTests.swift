import Foundation
import TestSupport
import Testing

@testable import LedgerStore

/// What must never be is refused by the file itself, whatever program opens it and whatever it switches off.
@Suite struct `Attacks by raw SQL` {
    static let all =
        Attack.onJournal + Attack.onLines + Attack.onFolios + Attack.onHolds + Attack.onPayments + Attack.onCheckOuts
        + Attack.onMonths + Attack.onStripe + Attack.onAccess + Attack.onParts + Attack.onCards + Attack.onOwnership + Attack.onRisks
        + Attack.onFees

    let folder = try! TemporaryFolder()

    @Test(arguments: all, Attack.Settings.all)
    func `a posted entry, and all that hangs on it, cannot be changed, not even by raw SQL`(
        _ attack: Attack, _ settings: Attack.Settings
    ) async throws {
        let outcome = try await OpenedBook.with(settings).suffer(attack)
        #expect(outcome.refusal != nil)
        #expect(outcome.after == outcome.before)
    }

    /// Shows that each attack is one: a statement with a slip of the pen would be refused just as well.
    @Test(arguments: all)
    func `without the schema's defences the same attack works`(_ attack: Attack) async throws {
        let outcome = try await OpenedBook.with(.weakest).suffer(attack, isDefended: false)
        #expect(outcome.refusal == nil)
        #expect(outcome.after != outcome.before)
    }

    @Test func `the attacked book is a sound one`() async throws {
        try folder.write(await AttackedBook.bytes.value)
        let database = try folder.open(migrations: Migration.released)
        let defects = try database.read { transaction in
            try transaction.tenants().flatMap { try transaction.withBook(of: $0) { try $0.verify().defects } }
        }
        #expect(defects == [])
        #expect(
            try RawConnection(folder.file()).rows("SELECT max(number) FROM journal_entry GROUP BY tenant ORDER BY tenant") == ["13", "60"])
    }

    @Test(arguments: Attack.Settings.all)
    func `what is right is taken from any connection`(_ settings: Attack.Settings) async throws {
        try folder.write(await AttackedBook.bytes.value)
        let connection = try RawConnection(
            folder.file(), foreignKeys: settings.foreignKeys, recursiveTriggers: settings.recursiveTriggers)
        for statement in [
            Piece.entry(), Piece.line(), Piece.hold(number: 3), Piece.payment(number: 4), Piece.movement(),
            Piece.operation("charge_saved_card"),
            Piece.found(id: "pi_9"), Piece.operation("refund"), Piece.books,
            "UPDATE payment SET refunded = 500 WHERE tenant = 1 AND folio = 1 AND number = 2", Piece.refund(),
            "INSERT INTO document VALUES (1, 2025, 2, 1, 'eur', 100, 0)", "INSERT INTO document_tax VALUES (1, 2025, 2, '7', 100, 7)",
            Piece.token(name: "old"), Piece.user(tenant: "2", name: "anna"), Piece.session(),
            Piece.webhookSecret(name: "shop"), "UPDATE webhook_secret SET good_until = replaced_at WHERE number = 1", Piece.auditEntry(),
            Piece.refundDecision(), "UPDATE known_place SET seen_at = seen_at + 1", "DELETE FROM known_place",
            "UPDATE api_token SET revoked_at = 9 WHERE name = 'shop'", "DELETE FROM login_failure",
            Piece.risk(), "UPDATE payment_risk SET level = 'normal' WHERE payment_intent = 'pi_3'",
            "UPDATE payment_risk SET review_closed_reason = 'approved' WHERE payment_intent = 'pi_3'",
            "UPDATE payment_risk SET warning_is_actionable = 0 WHERE payment_intent = 'pi_2'",
            "UPDATE payment_risk SET warning_is_actionable = 1 WHERE payment_intent = 'pi_2'",
            "DELETE FROM web_session WHERE number = 2",
            Piece.feeRun(), Piece.feeRow(), Piece.feeRun(number: 3, reason: "'why'"),
            Piece.feeRow(run: 3, corrects: "2", net: "-1900", tax: "-361"), "INSERT INTO contract_price VALUES (1, '2025-11', 2000)",
            "INSERT INTO contract_price VALUES (1, '2025-12', 2100)", "DELETE FROM contract_price WHERE from_month = '2025-12'",
            "UPDATE contract SET until_day = '2025-12-31' WHERE tenant = 1",
            Piece.stay(), Piece.lateCharge(), Piece.savedCard("requested"),
            "UPDATE saved_card SET state = 'saved', ceiling = 70000", "UPDATE saved_card SET brand = 'visa', expires = '2030-01'",
            "UPDATE saved_card SET state = 'removed', removal_reason = 'detached'",
            "UPDATE app_user SET password_hash = '$y$new', password_changed_at = password_changed_at + 1 WHERE name = 'anna'",
        ]
            + Piece.partlyCaptured.map({
                $0.replacing("VALUES (1, 1, 4,", with: "VALUES (1, 1, 5,").replacing("number = 4", with: "number = 5")
            })
            + [
                "UPDATE hold SET captured = 2500 WHERE tenant = 1 AND folio = 1 AND number = 2",
                Piece.entry(kind: "payment", amount: "1500"),
                Piece.part(payment: 5),
                "UPDATE hold SET state = 'captured' WHERE tenant = 1 AND folio = 1 AND number = 2",
            ]
        { try connection.run(statement) }
        #expect(try connection.rows("SELECT received FROM payment WHERE tenant = 1 AND folio = 1 AND number = 5") == ["2500"])
    }
}
