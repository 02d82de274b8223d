import Foundation
import Ledger
import LedgerService
import TestHotel
import Testing

@testable import LedgerPages

/// Every page, in both languages, with names that try to be more than names.
@Suite struct `Every page` {
    static let evil = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"

    /// A house in which every page has something to show, and the addresses of all pages that a GET reaches.
    private func furnished() async throws -> (HotelWithPages, [String]) {
        let house = try await HotelWithPages()
        try await house.book("R-1", guest: Self.evil)
        try await house.charge("R-1", "343.30", Self.evil)
        _ = try await house.ledger.reverse(line: 1, reason: Self.evil, of: "R-1", of: Hotel.id, by: Self.evil)
        try await house.charge("R-1", "120.00", Self.evil)
        try await house.book("R-2", guest: Self.evil)
        try await house.charge("R-2", "90.00", Self.evil)
        let plan = try house.ledger.checkOutPreview("R-2", of: Hotel.id).plan
        _ = try await house.ledger.checkOut("R-2", plan: plan.id, of: Hotel.id, by: "test")
        try await house.ledger.setLetterhead(.init(address: Self.evil, taxNumber: "DE 1"), of: Hotel.id)
        let made = try await house.simulator.order("POST", "/_sim/balance_transactions", ["type": "topup", "amount": 7000])
        let movement = try #require(made["id"] as? String)
        let intent = try #require(try house.folio("R-2").payments.first?.intent)
        let charge = try #require(try await house.simulator.order("GET", "/v1/payment_intents/\(intent)")["latest_charge"] as? String)
        let contested = try await house.simulator.order("POST", "/_sim/charges/\(charge)/dispute", ["inquiry": true])
        let dispute = try #require(contested["id"] as? String)
        try await house.sync()
        _ = try await house.ledger.addMovementRule(
            MovementSelection(type: "charge"), to: "external:shop", reason: Self.evil, of: Hotel.id, by: Self.evil)
        try await house.store.write(of: Hotel.id) { book in
            try book.noteUnreadable("txn_odd", .said(Self.evil))
            try book.save(
                Payout(
                    id: "po_1", amount: Money(minorUnits: 5000, currency: .eur), state: Self.evil, arrivalDate: Day("2026-11-20")!,
                    automatic: false, created: book.now))
        }
        // The month that runs is billed in advance.
        var change = ContractChange()
        (change.billing, change.recipient) = (.advance, Self.evil)
        _ = try await house.ledger.changeContract(change, of: Hotel.id, by: Self.evil)
        let preview = try house.ledger.feePreview(Month("2026-11")!)
        _ = try await house.ledger.runFees(preview.month, preview: preview.hash, by: Self.evil)
        let paths = Route.all.filter { $0.method == "GET" }.map { route in
            route.path.filled { name in
                switch name {
                case "tenant": Hotel.id
                case "folio": ["document", "refund", "late-charges"].contains { route.path.parts.last == .word($0) } ? "R-2" : "R-1"
                case "line": "3"
                case "month": "2026-11"
                case "page": "paid"
                case "movement": movement
                case "dispute": dispute
                case "payout": "po_1"
                case "type": "topup"
                case "object": "txn_odd"
                default: "1"
                }
            }
        }
        return (house, paths + ["/t/\(Hotel.id)/reception?q=script", "/t/\(Hotel.id)/folios/R-2", "/t/\(Hotel.id)/folios/R-2/check-out"])
    }

    @Test func `renders in both languages, safely, and stays small`() async throws {
        let (house, paths) = try await furnished()
        for path in paths {
            for (language, role) in [("de", Role.operator), ("en", Role.operator)] {
                let page = await house.get(path, as: role, language: language)
                // Its hold lives long enough.
                let expected = path.hasSuffix("/renew") ? [409] : [200, 303]
                #expect(expected.contains(page.status), "\(path): \(page.status) \(page.text.prefix(3000))")
                #expect(page.text.utf8.count < 100_000, "\(path) is too large")
                guard page.header("Content-Type")?.hasPrefix("text/html") == true else { continue }
                #expect(page.text.contains("<html lang=\"\(language)\">"), "\(path)")
                // Nothing of what was typed has become markup, and nothing of ours is inline.
                #expect(!page.text.contains("<script>"), "\(path)")
                #expect(!page.text.contains("<img src=x"), "\(path)")
                #expect(!page.text.contains(" style=\""), "\(path)")
                #expect(page.text.matches(of: /<script[ >]/).count == 1, "\(path)")
                #expect(page.header("Content-Security-Policy")?.contains("default-src 'none'") == true, "\(path)")
                #expect(page.header("Content-Security-Policy")?.contains("unsafe") == false, "\(path)")
            }
        }
    }

    @Test func `gives each control a name and each table a heading`() async throws {
        let (house, paths) = try await furnished()
        for path in paths {
            let text = await house.get(path, as: .operator).text
            for id in text.matches(of: /<(?:input|select|textarea) id="([^"]+)"/).map({ $0.1 }) {
                #expect(text.contains("for=\"\(id)\""), "\(path): \(id) has no label")
            }
            #expect(text.isEmpty || !text.contains("<html") || text.contains("<h1"), "\(path) has no heading")
            let ids = text.matches(of: /\ id="([^"]+)"/).map { String($0.1) }
            #expect(Set(ids).count == ids.count, "\(path): an id twice, among \(ids)")
        }
    }

    @Test func `answers nothing that is not a page`() async throws {
        let house = try await HotelWithPages()
        for path in ["/v1/tenants", "/stripe/webhooks/x", "/healthz", "/metrics", "/openapi.json", "/favicon.ico"] {
            #expect(await house.get(path).status == 599, "\(path)")
        }
        #expect(await house.get("/t/seeblick/nothing").status == 404)
        #expect(await house.get("/assets/../../etc/passwd").status == 404)
    }

    @Test func `is not there when a value in its address cannot be read`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        try await house.charge("R-1", "50.00")
        #expect(await house.get("/t/seeblick/folios/R-1/lines/1/reversal").status == 200)
        for path in [
            "folios/R-1/lines/01/reversal", "folios/R-1/lines/x/allowance", "folios/R-1/holds/+1/release",
            "folios/R-1/payments/1.0/refund", "accounting/2026-13/close", "accounting/26-11/journal.csv",
        ] {
            let page = await house.get("/t/seeblick/\(path)", as: .operator)
            #expect(page.status == 404, "\(path)")
            #expect(page.text.contains("Diese Seite gibt es nicht."), "\(path)")
            let form = await house.post("/t/seeblick/\(path)", [], as: .operator)
            #expect(form.status == (path.hasSuffix(".csv") ? 405 : 404), "\(path)")
        }
    }
}

@Suite struct `Rights` {
    /// Role by role, address by address: what the table of rights says is what happens.
    @Test func `each page asks for the right it names`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1", card: nil)
        for route in Route.all {
            guard case .right(let right) = route.needs else { continue }
            let path = route.path.filled {
                ["tenant": Hotel.id, "folio": "R-1", "month": "2026-11", "movement": "txn_9", "type": "topup"][$0] ?? "9"
            }
            for role in Role.allCases {
                let page =
                    route.method == "GET" ? await house.get(path, as: role) : await house.send("POST", path, as: role, body: "")
                let belongs = route.isTenants || role == .operator
                let allowed = role.rights.contains(right) && belongs
                if allowed {
                    #expect(page.status != 404 || !page.text.contains("gibt es nicht"), "\(role) may \(path)")
                    // A form without its token goes no further.
                    if route.method == "POST" { #expect(page.text.contains("veraltet"), "\(role) \(path)") }
                } else {
                    #expect(page.status == 403, "\(role) must not \(path): \(page.status)")
                    #expect(page.text.contains("keine Berechtigung"), "\(role) must not \(path)")
                }
            }
            let nobody = await house.get(path, as: nil)
            #expect(nobody.status == (route.method == "GET" ? 303 : 405) || nobody.status == 303, "\(path)")
        }
    }

    /// Written out once more, so that a slip where a page is declared is seen.
    private static let table = """
        POST /t/{tenant}/folios/{folio}/lines                                charge
        GET  /t/{tenant}/folios/{folio}/lines/{line}/allowance               charge
        POST /t/{tenant}/folios/{folio}/lines/{line}/allowance               charge
        POST /t/{tenant}/folios/{folio}/lines/{line}/allowance/confirmation  charge
        GET  /t/{tenant}/folios/{folio}/lines/{line}/reversal                charge
        POST /t/{tenant}/folios/{folio}/lines/{line}/reversal                charge
        POST /t/{tenant}/folios/{folio}/room                                 charge
        POST /t/{tenant}/folios/{folio}/holds                                hold
        GET  /t/{tenant}/folios/{folio}/holds/{hold}/release                 hold
        POST /t/{tenant}/folios/{folio}/holds/{hold}/release                 hold
        GET  /t/{tenant}/folios/{folio}/holds/{hold}/renew                   hold
        POST /t/{tenant}/folios/{folio}/holds/{hold}/renew                   hold
        GET  /t/{tenant}/folios/{folio}/holds/{hold}/raise                   hold
        POST /t/{tenant}/folios/{folio}/holds/{hold}/raise                   hold
        POST /t/{tenant}/folios/{folio}/payments                             checkOut
        GET  /t/{tenant}/folios/{folio}/payments/{payment}/refund            refund
        POST /t/{tenant}/folios/{folio}/payments/{payment}/refund            refund
        POST /t/{tenant}/folios/{folio}/refunds/{refund}/decision            decideBill
        GET  /t/{tenant}/folios/{folio}/check-out                            checkOut
        POST /t/{tenant}/folios/{folio}/check-out                            checkOut
        POST /t/{tenant}/folios/{folio}/check-out/withdrawal                 checkOut
        GET  /t/{tenant}/folios/{folio}/cancellation                         checkOut
        POST /t/{tenant}/folios/{folio}/cancellation                         checkOut
        POST /t/{tenant}/folios/{folio}/cancellation/confirmation            checkOut
        GET  /t/{tenant}/folios/{folio}/no-show                              checkOut
        POST /t/{tenant}/folios/{folio}/no-show                              checkOut
        POST /t/{tenant}/folios/{folio}/no-show/confirmation                 checkOut
        GET  /t/{tenant}/folios/{folio}/late-charges                         checkOut
        POST /t/{tenant}/folios/{folio}/late-charges                         checkOut
        GET  /t/{tenant}/folios/{folio}                                      seeFolios
        GET  /t/{tenant}/folios/{folio}/document                             seeFolios
        GET  /t/{tenant}/reception                                           seeFolios
        GET  /t/{tenant}/orders                                              seeFolios
        GET  /t/{tenant}/ending-holds                                        seeFolios
        GET  /t/{tenant}/accounting                                          seeBooks
        GET  /t/{tenant}/accounting/{month}/statement.csv                    seeBooks
        GET  /t/{tenant}/accounting/{month}/journal.csv                      seeBooks
        GET  /t/{tenant}/accounting/{month}/close                            closeMonth
        POST /t/{tenant}/accounting/{month}/close                            closeMonth
        GET  /t/{tenant}/payouts/{payout}                                    seeBooks
        GET  /t/{tenant}/disputes/{dispute}                                  seeBooks
        POST /t/{tenant}/disputes/{dispute}/write-off                        writeOff
        GET  /t/{tenant}/open-items                                          seeBooks
        GET  /t/{tenant}/movements/{movement}                                assignMovement
        POST /t/{tenant}/movements/{movement}                                assignMovement
        GET  /t/{tenant}/suspense/{type}                                     assignMovement
        POST /t/{tenant}/suspense/{type}                                     assignMovement
        GET  /t/{tenant}/rules                                               seeBooks
        POST /t/{tenant}/rules                                               assignMovement
        POST /t/{tenant}/rules/{rule}/end                                    assignMovement
        POST /t/{tenant}/movements/{movement}/dismiss                        assignMovement
        GET  /t/{tenant}/unreadable/{object}                                 assignMovement
        POST /t/{tenant}/unreadable/{object}/dismiss                         assignMovement
        GET  /t/{tenant}/settings                                            seeSettings
        GET  /t/{tenant}/settings/audit                                      seeAudit
        POST /t/{tenant}/settings/refund-limit                               changeSettings
        POST /t/{tenant}/settings/webhooks                                   changeSettings
        POST /t/{tenant}/settings/webhooks/revoke                            changeSettings
        POST /t/{tenant}/settings/taxes                                      changeSettings
        POST /t/{tenant}/settings/fee-note                                   changeSettings
        POST /t/{tenant}/settings/holds                                      changeSettings
        POST /t/{tenant}/settings/late-charges                               changeSettings
        POST /t/{tenant}/settings/letterhead                                 changeSettings
        POST /t/{tenant}/settings/catalogue                                  changeCatalogue
        POST /t/{tenant}/settings/catalogue/import                           changeCatalogue
        POST /t/{tenant}/settings/catalogue/remove                           changeCatalogue
        GET  /t/{tenant}/settings/users                                      manageAccess
        POST /t/{tenant}/settings/users/add                                  manageAccess
        POST /t/{tenant}/settings/users/password                             manageAccess
        POST /t/{tenant}/settings/users/disable                              manageAccess
        POST /t/{tenant}/settings/users/token                                manageAccess
        POST /t/{tenant}/settings/users/revoke                               manageAccess
        GET  /operator/access                                                runTenants
        POST /operator/access/add                                            runTenants
        POST /operator/access/password                                       runTenants
        POST /operator/access/disable                                        runTenants
        POST /operator/access/token                                          runTenants
        POST /operator/access/revoke                                         runTenants
        GET  /operator                                                       runTenants
        GET  /operator/fees                                                  runTenants
        GET  /operator/fees/{month}/statement.csv                            runTenants
        POST /operator/fees/{month}/run                                      runTenants
        GET  /operator/fees/{month}/runs/{run}/fees.csv                      runTenants
        GET  /operator/fees/{month}/runs/{run}/fees.json                     runTenants
        GET  /operator/tenants/{tenant}/fees/{month}/correction              runTenants
        POST /operator/tenants/{tenant}/fees/{month}/correction              runTenants
        GET  /operator/tenants/{tenant}/contract                             runTenants
        POST /operator/tenants/{tenant}/contract                             runTenants
        POST /operator/tenants/{tenant}/contract/price                       runTenants
        POST /operator/tenants/{tenant}/contract/end                         runTenants
        POST /operator/tenants/{tenant}/keys-removal                         runTenants
        GET  /operator/fees/{month}/close                                    runTenants
        POST /operator/fees/{month}/close                                    runTenants
        GET  /operator/tenants/new                                           runTenants
        POST /operator/tenants                                               runTenants
        GET  /operator/tenants/{tenant}                                      runTenants
        POST /operator/tenants/{tenant}/stripe                               runTenants
        POST /operator/tenants/{tenant}/test                                 runTenants
        POST /operator/tenants/{tenant}/sync                                 runTenants
        POST /operator/tenants/{tenant}/operations/{operation}/retry         runTenants
        POST /operator/tenants/{tenant}/operations/{operation}/dismiss       runTenants
        POST /operator/tenants/{tenant}/events/retry                         runTenants
        POST /operator/tenants/{tenant}/events/{event}/retry                 runTenants
        POST /operator/tenants/{tenant}/events/{event}/dismiss               runTenants
        """

    @Test func `each page needs the right that the design gives it`() {
        let lines = Self.table.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        let routes = Route.all.compactMap { route -> String? in
            guard case .right(let right) = route.needs else { return nil }
            return "\(route.method) \(route.path.text) \(right.rawValue)"
        }
        #expect(Set(routes).symmetricDifference(lines).sorted() == [])
    }

    @Test func `another tenant is not there`() async throws {
        let house = try await HotelWithPages()
        for path in ["reception", "accounting", "settings", "settings/users"] {
            let page = await house.get("/t/bergblick/\(path)", as: .admin)
            #expect(page.status == 404, "\(path)")
            let same = await house.get("/t/nowhere/\(path)", as: .admin)
            #expect(same.status == 404, "\(path)")
        }
    }
}

@Suite struct `Forms` {
    @Test func `without the session's token nothing is done`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let forged = await house.send("POST", "/t/seeblick/folios/R-1/lines", as: .reception, body: "csrf=x&key=1&sku=bier&quantity=1")
        #expect(forged.status == 403)
        let foreign = await house.send(
            "POST", "/t/seeblick/folios/R-1/lines", as: .reception, body: "key=1&sku=bier", headers: [("Sec-Fetch-Site", "cross-site")])
        #expect(foreign.status == 403)
        #expect(try house.ledger.folio("R-1", of: Hotel.id).lines.isEmpty)
    }

    @Test func `a double click adds one line, and two clicks two`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let path = "/t/seeblick/folios/R-1/lines"
        let fields = [("sku", "bier"), ("quantity", "2"), ("seen", "0")]
        async let first = house.post(path, fields, key: "one")
        async let second = house.post(path, fields, key: "one")
        let both = await [first, second]
        #expect(both.map(\.status) == [303, 303])
        #expect(both[0].header("Location") == both[1].header("Location"))
        #expect(try house.ledger.folio("R-1", of: Hotel.id).lines.map(\.quantity) == [2])
        _ = await house.post(path, fields, key: "two")
        #expect(try house.ledger.folio("R-1", of: Hotel.id).lines.count == 2)
    }

    @Test func `a form sent again after the program was started again is not done again`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let path = "/t/seeblick/folios/R-1/lines"
        let csrf = await house.get("/t/seeblick/reception").csrf ?? ""
        let body = "csrf=\(csrf)&key=one&sku=bier&quantity=1"
        #expect(await house.send("POST", path, as: .reception, body: body).status == 303)
        let clock = house.clock
        let startedAgain = Pages(ledger: house.ledger, access: house.access, publicURL: "http://127.0.0.1", clock: { clock.now })
        let answer = await startedAgain.answer(HotelWithPages.request(path, body, secret: house.secrets[.reception]!))
        #expect(answer?.status == 303)
        #expect(try house.ledger.folio("R-1", of: Hotel.id).lines.count == 1)
    }

    @Test func `a form's key is of what its address means, however that is written`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let fields = [("sku", "bier"), ("quantity", "1")]
        for reference in ["R-1", "R%2D1", "%52-1"] {
            #expect(await house.post("/t/seeblick/folios/\(reference)/lines", fields, key: "one").status == 303)
        }
        #expect(try house.ledger.folio("R-1", of: Hotel.id).lines.count == 1)
        for number in ["01", "+1", "1.0", ""] {
            let told = await house.post("/t/seeblick/folios/R-1/holds/\(number)/release", [], key: "release \(number)")
            #expect(told.status == 404 || told.status == 409, "\(number): \(told.status)")
        }
        #expect(try house.ledger.folio("R-1", of: Hotel.id).holds.map(\.state) == [.authorised])
    }

    @Test func `a token is made once, also when its form is sent again after a restart`() async throws {
        let house = try await HotelWithPages()
        let path = "/t/seeblick/settings/users/token"
        let csrf = await house.get("/t/seeblick/settings/users", as: .admin).csrf ?? ""
        let password = "\(HotelWithPages.ownPassword.0)=\(HotelWithPages.ownPassword.1.replacing(" ", with: "+"))"
        let body = "csrf=\(csrf)&key=one&name=shop&token_role=integration&\(password)"
        let first = await house.send("POST", path, as: .admin, body: body)
        #expect(first.status == 200 && first.text.contains("slt_"))
        #expect(await house.send("POST", path, as: .admin, body: body).text == first.text, "the same program still knows what it showed")
        let clock = house.clock
        let startedAgain = Pages(ledger: house.ledger, access: house.access, publicURL: "http://127.0.0.1", clock: { clock.now })
        let again = await startedAgain.answer(HotelWithPages.request(path, body, secret: house.secrets[.admin]!))
        #expect(again?.status == 303)
        let other = await startedAgain.answer(
            HotelWithPages.request(path, body.replacing("name=shop", with: "name=other"), secret: house.secrets[.admin]!))
        #expect(other?.status == 409)
        #expect(try house.access.tokens(of: Hotel.id, by: Caller(actor: "test", role: .operator, tenant: nil)).map(\.name) == ["shop"])
    }

    @Test func `a setting that was changed since is not changed back by an older form, sent again after a restart`() async throws {
        let house = try await HotelWithPages()
        let path = "/t/seeblick/settings/refund-limit"
        let csrf = await house.get("/t/seeblick/settings", as: .admin).csrf ?? ""
        func body(_ key: String, _ limit: String) -> String {
            "csrf=\(csrf)&key=\(key)&limit=\(limit)&\(HotelWithPages.ownPassword.0)=\(HotelWithPages.ownPassword.1.replacing(" ", with: "+"))"
        }
        for (key, limit) in [("one", "900,00"), ("two", "100,00")] {
            #expect(await house.send("POST", path, as: .admin, body: body(key, limit)).status == 303)
        }
        let clock = house.clock
        let startedAgain = Pages(ledger: house.ledger, access: house.access, publicURL: "http://127.0.0.1", clock: { clock.now })
        func again(_ key: String, _ limit: String) async -> Int? {
            await startedAgain.answer(HotelWithPages.request(path, body(key, limit), secret: house.secrets[.admin]!))?.status
        }
        #expect(await again("one", "900,00") == 303)
        #expect(await again("two", "5000,00") == 409)
        #expect(try house.ledger.tenant(Hotel.id).settings.refundLimit == 10_000)
    }

    @Test func `somebody else's line is told of`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        try await house.charge("R-1", "10.00")
        let page = await house.post("/t/seeblick/folios/R-1/lines", [("sku", "bier"), ("quantity", "1"), ("seen", "0")])
        #expect(page.header("Location")?.contains("others=1") == true)
        let shown = await house.get(page.header("Location") ?? "")
        #expect(shown.text.contains("jemand anderes eine weitere Position"))
    }

    @Test func `a changed plan is shown anew, and nothing is taken`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        try await house.charge("R-1", "100.00")
        let plan = try house.ledger.checkOutPreview("R-1", of: Hotel.id).plan.id
        try await house.charge("R-1", "20.00")
        let page = await house.post("/t/seeblick/folios/R-1/check-out", [("plan", plan)])
        #expect(page.status == 409)
        #expect(page.text.contains("Es wurde nichts eingezogen") && page.text.contains("120,00"))
        #expect(try house.ledger.folio("R-1", of: Hotel.id).totals.captured.isZero)
    }

    @Test func `a lost session leads to the login and back`() async throws {
        let house = try await HotelWithPages()
        let page = await house.get("/t/seeblick/reception?day=2026-11-19", as: nil)
        #expect(page.status == 303)
        #expect(page.header("Location") == "/login?back=%2Ft%2Fseeblick%2Freception%3Fday%3D2026-11-19")
        let lost = await house.send(
            "POST", "/t/seeblick/folios/R-1/lines", as: nil, body: "sku=bier",
            headers: [("Referer", "http://127.0.0.1/t/seeblick/folios/R-1")])
        #expect(lost.header("Location") == "/login?lost=1&back=%2Ft%2Fseeblick%2Ffolios%2FR-1")
    }

    @Test func `a wrong password is refused, a right one gets a cookie that scripts cannot read`() async throws {
        let house = try await HotelWithPages()
        let wrong = await house.send("POST", "/login", as: nil, body: "tenant=seeblick&name=reception&password=x")
        #expect(wrong.status == 401)
        let password = HotelWithPages.password.replacing(" ", with: "+")
        let right = await house.send("POST", "/login", as: nil, body: "tenant=seeblick&name=reception&password=\(password)")
        #expect(right.status == 303)
        let cookie = right.header("Set-Cookie") ?? ""
        #expect(cookie.hasPrefix("session=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
    }
}

@Suite struct `What is to be kept in mind` {
    @Test func `is said in the reader's language`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let folio = try house.ledger.folio("R-1", of: Hotel.id)
        try await house.store.write(of: folio.tenant) {
            try $0.setNotice(.holdRefused(house.euros("300.00"), why: .said("<b>Nein</b>")), of: folio.folio)
        }
        let german = await house.get("/t/seeblick/folios/R-1", language: "de")
        #expect(german.text.contains("Die Bank hat 300,00\u{A0}€ nicht vorgemerkt: &lt;b&gt;Nein&lt;/b&gt;."))
        let english = await house.get("/t/seeblick/folios/R-1", language: "en")
        #expect(english.text.contains("The bank refused to hold €300.00: &lt;b&gt;Nein&lt;/b&gt;."))
    }
}
