import Ledger
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct `Notices in the file` {
    let folder = try! TemporaryFolder()

    @Test func `from before they had codes are still shown, until the next one takes their place`() async throws {
        let old = try folder.open(migrations: Array(Migration.released.prefix(13)))
        try await old.write { transaction in
            try transaction.run(
                """
                INSERT INTO tenant (number, id, name, currency, time_zone, created_at) VALUES (1, 'a', 'A', 'eur', 'Europe/Berlin', 0)
                """)
            for (number, notice) in [
                (1, "The guest did not pay the link in time."), (2, "Soon without cover: the hold of 300.00 EUR lapses."),
            ] {
                try transaction.run(
                    """
                    INSERT INTO folio (tenant, number, currency, reference, source, guest_name, guest_language, arrival, departure, mode,
                        method, notice, opened_at)
                    VALUES (1, \(number), 'eur', \("R-\(number)"), 'reservation', 'Anna', 'de', '2026-11-20', '2026-11-22', 'reserved', 'card',
                        \(notice), 0)
                    """)
            }
        }
        old.close()
        let new = try folder.open(migrations: Migration.released)
        let tenant = try #require(try new.read { try $0.tenant("a") })
        let folio = try #require(try new.read { try $0.folio("R-1", of: tenant) })
        #expect(folio.notice == .sentence("The guest did not pay the link in time."))
        // It is looked for again and told anew, in words that fit.
        #expect(try new.read { try $0.folio("R-2", of: tenant)?.notice } == nil)
        try await new.write { try $0.setNotice(.linkUnpaid, of: folio, of: tenant) }
        #expect(try new.read { try $0.folio("R-1", of: tenant)?.notice } == .linkUnpaid)
    }

    @Test func `come back with all their facts`() async throws {
        let books = try Books()
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let amount = Money(minorUnits: 12_345, currency: tenant.currency)
        for notice in [
            FolioNotice.holdLapsesSoon(amount, at: Instant(milliseconds: 1_763_500_000_123)),
            .holdRefused(amount, why: .declined("expired_card")),
            .pageRefused(.card, why: .said("No such customer.")), .paymentFailed(amount, .klarna, why: nil, onClosed: true), .linkUnpaid,
        ] {
            try await books.database.write { try $0.setNotice(notice, of: folio, of: tenant) }
            #expect(try books.database.read { try $0.folio(number: 1, of: tenant)?.notice } == notice)
            #expect(try books.database.read { try $0.openFolios(withNotice: notice.code, of: tenant) } == [1])
        }
        try await books.database.write { try $0.setNotice(nil, of: folio, of: tenant) }
        #expect(try books.database.read { try $0.folio(number: 1, of: tenant)?.notice } == nil)
    }

    @Test func `of a newer program are shown by their code`() async throws {
        let books = try Books()
        let tenant = try await books.tenant()
        _ = try await books.folio(of: tenant)
        try await books.database.write { try $0.run("UPDATE folio SET notice_code = 'of_tomorrow'") }
        #expect(try books.database.read { try $0.folio(number: 1, of: tenant)?.notice } == .sentence("of_tomorrow"))
    }
}
