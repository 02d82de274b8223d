import Ledger
import LedgerService
import LedgerStore
import TestHotel
import Testing

@testable import LedgerPages

@Suite struct `The pages of movements that nothing explains` {
    /// So many movements of the type are in suspense, each of 1.00.
    private func move(_ count: Int, _ type: String, in house: HotelWithPages) async throws {
        try await house.store.write(of: Hotel.id) { book in
            for number in 0..<count {
                let movement = BalanceMovement(
                    id: "txn_\(type)\(number)", type: type, reportingCategory: type, amount: Money(minorUnits: 100, currency: .eur),
                    fee: .zero(.eur), source: "x_\(type)\(number)", method: nil, created: book.now)
                _ = try book.book(movement)
                try book.settle(movement, carriesBooks: false)
            }
        }
    }

    private func balance(_ account: Account, _ house: HotelWithPages) throws -> Int64 {
        try house.store.read(of: Hotel.id) { try $0.balance(of: account).minorUnits }
    }

    @Test func `list them in pages, with the sum of each type`() async throws {
        let house = try await HotelWithPages()
        try await move(117, "topup", in: house)
        try await move(3, "advance", in: house)
        func rows(_ page: String) -> Int { page.components(separatedBy: "Herkunft\">x_").count - 1 }
        let first = await house.get("/t/seeblick/accounting", as: .accounting).text
        #expect(first.contains("1 bis 100 von 120") && rows(first) == 100, "\(first)")
        #expect(first.contains("/t/seeblick/suspense/topup") && first.contains("117,00\u{A0}€"))
        let second = await house.get("/t/seeblick/accounting?unexplained=2", as: .accounting).text
        #expect(second.contains("101 bis 120 von 120") && rows(second) == 20)
        let auditor = await house.get("/t/seeblick/accounting", as: .auditor).text
        #expect(auditor.contains("117,00\u{A0}€") && !auditor.contains("/suspense/") && auditor.contains("/t/seeblick/rules"))
    }

    @Test func `list on a month's page what moved until its end`() async throws {
        let house = try await HotelWithPages()
        try await move(2, "topup", in: house)
        try await house.letPass(days: 13)
        try await house.logIn()
        try await move(1, "advance", in: house)
        let november = await house.get("/t/seeblick/accounting?month=2026-11", as: .accounting).text
        #expect(november.contains("x_topup1") && !november.contains("x_advance0") && !november.contains("/suspense/advance"))
        let december = await house.get("/t/seeblick/accounting", as: .accounting).text
        #expect(december.contains("x_topup1") && december.contains("x_advance0") && december.contains("/suspense/advance"))
    }

    @Test func `assign all of a type with one reason`() async throws {
        let house = try await HotelWithPages()
        try await move(3, "topup", in: house)
        try await move(1, "advance", in: house)
        let page = await house.get("/t/seeblick/suspense/topup", as: .accounting).text
        #expect(
            page.contains("Alle Bewegungen zuordnen: topup") && page.contains("3,00\u{A0}€")
                && page.contains("/t/seeblick/rules?type=topup"))
        let wrong = await house.post("/t/seeblick/suspense/topup", [("account", "folio:R-1"), ("reason", "x")], as: .accounting)
        #expect(wrong.status == 409 && wrong.text.contains("„folio:R-1“ ist kein Konto") && wrong.text.contains("value=\"folio:R-1\""))
        let form = [("account", "external:owner"), ("reason", "vom Inhaber")]
        let done = await house.post("/t/seeblick/suspense/topup", form, as: .accounting, key: "all-of-them")
        #expect(done.status == 303 && done.header("Location") == "/t/seeblick/accounting?done=all-assigned", "\(done.text)")
        #expect(try balance(.external("owner"), house) == -300 && balance(.suspense(type: "advance"), house) == -100)
        // A second click does nothing more, and says nothing wrong.
        #expect(await house.post("/t/seeblick/suspense/topup", form, as: .accounting, key: "all-of-them").status == 303)
        let none = await house.post("/t/seeblick/suspense/topup", form, as: .accounting)
        #expect(none.status == 409 && none.text.contains("Keine solche Bewegung der Art „topup“ ist ungeklärt."), "\(none.text)")
        #expect(await house.get("/t/seeblick/suspense/topup", as: .accounting).text.contains("Von dieser Art ist nichts ungeklärt."))
        #expect(await house.get("/t/seeblick/suspense/To%20p", as: .accounting).status == 404)
    }

    @Test func `show what was assigned, with the way to correct it`() async throws {
        let house = try await HotelWithPages()
        try await move(2, "topup", in: house)
        let month = "/t/seeblick/accounting"
        #expect(await !house.get(month, as: .accounting).text.contains("Zugeordnete Bewegungen"))
        let form = [("account", "external:owner"), ("reason", "vom Inhaber")]
        #expect(await house.post("/t/seeblick/movements/txn_topup0", form, as: .accounting).status == 303)
        let page = await house.get(month, as: .accounting).text
        let card = try #require(page.firstMatch(of: /(?s)<h2 id="assigned">.*?<\/section>/)?.0, "\(page)")
        #expect(card.contains("external:owner") && card.contains("vom Inhaber") && card.contains("/t/seeblick/movements/txn_topup0"))
        #expect(!card.contains("txn_topup1"), "that one is in suspense")
        let auditor = await house.get(month, as: .auditor).text
        #expect(auditor.contains("external:owner") && !auditor.contains("Berichtigen"))
        let corrected = [("account", "bank"), ("reason", "doch nicht")]
        #expect(await house.post("/t/seeblick/movements/txn_topup0", corrected, as: .accounting).status == 303)
        #expect(try balance(.bank, house) == -100 && balance(.external("owner"), house) == 0)
        #expect(await house.get(month, as: .accounting).text.contains("doch nicht"))
        // It belongs to the month in which it moved.
        try await house.letPass(days: 30)
        try await house.logIn()
        #expect(await !house.get(month, as: .accounting).text.contains("id=\"assigned\""))
    }

    @Test func `set a rule, lead to what came before it, and end it`() async throws {
        let house = try await HotelWithPages()
        try await move(2, "charge", in: house)
        #expect(await house.get("/t/seeblick/rules?type=charge", as: .accounting).text.contains("value=\"charge\""))
        let form = [("type", "charge"), ("account", "external:shop"), ("reason", "vom Laden"), ("only_others", "1")]
        let set = await house.post("/t/seeblick/rules", form, as: .accounting)
        #expect(set.status == 303 && set.header("Location") == "/t/seeblick/rules?done=set", "\(set.text)")
        let list = await house.get("/t/seeblick/rules?done=set", as: .accounting).text
        #expect(list.contains("Die Regel gilt.") && list.contains("2 frühere zuordnen") && list.contains("nur fremde"), "\(list)")
        try await house.store.write(of: Hotel.id) { book in
            let movement = BalanceMovement(
                id: "txn_new", type: "charge", reportingCategory: "charge", amount: Money(minorUnits: 500, currency: .eur),
                fee: .zero(.eur), source: "ch_new", method: nil, created: book.now)
            _ = try book.book(movement)
            try book.settle(movement, carriesBooks: false)
        }
        #expect(try balance(.external("shop"), house) == -500)
        #expect(await house.get("/t/seeblick/movements/txn_new", as: .accounting).text.contains("Regel 1: vom Laden"))
        let again = await house.post("/t/seeblick/rules", form, as: .accounting)
        #expect(again.status == 409 && again.text.contains("Wohin Bewegungen der Art „charge“ gehören, sagt schon die Regel 1."))
        #expect(again.text.contains("Bitte zuerst diese in der Liste der Regeln beenden."))
        let odd = await house.post("/t/seeblick/rules", [("type", "To p"), ("account", "bank"), ("reason", "x")], as: .accounting)
        #expect(odd.status == 409 && odd.text.contains("„To p“ ist keine Art von Bewegung."), "\(odd.text)")
        // Who may only read sees the rules, and no form.
        let auditor = await house.get("/t/seeblick/rules", as: .auditor).text
        #expect(auditor.contains("external:shop") && !auditor.contains("/rules/1/end") && !auditor.contains("new-rule"))
        #expect(
            await house.post("/t/seeblick/rules/1/end", [("rule", "1")], as: .accounting).header("Location")
                == "/t/seeblick/rules?done=ended")
        #expect(
            await house.post("/t/seeblick/rules/1/end", [("rule", "1")], as: .accounting).text.contains("Die Regel 1 ist schon beendet."))
        #expect(await house.get("/t/seeblick/rules", as: .accounting).text.contains("Beendet am"))
        let log = await house.get("/t/seeblick/settings/audit", as: .admin).text
        #expect(
            log.contains("Regel für Bewegungen angelegt") && log.contains("Regel für Bewegungen beendet")
                && log.contains("rule:1, charge, external:shop"))
    }
}
