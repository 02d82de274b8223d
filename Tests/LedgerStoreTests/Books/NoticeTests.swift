import Ledger
import TestStore
import Testing

@testable import LedgerStore

@Suite struct `Notices in the file` {
    @Test func `come back with all their facts`() async throws {
        let books = try LedgerFile(clock: .noon)
        let tenant = try await books.tenant()
        let folio = try await books.folio(of: tenant)
        let amount = Money(minorUnits: 12_345, currency: tenant.currency)
        for notice in [
            FolioNotice.holdExpiresSoon(amount, at: Instant(milliseconds: 1_763_500_000_123)),
            .holdRefused(amount, why: .declined("expired_card")),
            .pageRefused(.card, why: .said("No such customer.")), .paymentFailed(amount, .klarna, why: nil, onClosed: true),
            .paymentPageUnpaid,
        ] {
            try await books.store.write(of: tenant) { try $0.setNotice(notice, of: folio) }
            #expect(try books.store.read(of: tenant) { try $0.folio(number: 1)?.notice } == notice)
            #expect(try books.store.read(of: tenant) { try $0.openFolios(withNotice: notice.code) } == [1])
        }
        try await books.store.write(of: tenant) { try $0.setNotice(nil, of: folio) }
        #expect(try books.store.read(of: tenant) { try $0.folio(number: 1)?.notice } == nil)
    }

    @Test func `of a newer program are shown by their code`() async throws {
        let books = try LedgerFile(clock: .noon)
        let tenant = try await books.tenant()
        _ = try await books.folio(of: tenant)
        try await books.store.write { try $0.run("UPDATE folio SET notice_code = 'of_tomorrow'") }
        #expect(try books.store.read(of: tenant) { try $0.folio(number: 1)?.notice } == .unknown("of_tomorrow"))
    }
}
