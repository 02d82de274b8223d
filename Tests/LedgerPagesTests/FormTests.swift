import Foundation
import Ledger
import LedgerService
import TestHotel
import Testing

@testable import LedgerPages

/// Forms that are refused come back with what was typed, and say what was wrong with it.
@Suite struct `A refused form` {
    private static let settings = "/t/seeblick/settings"
    private static let folio = "/t/seeblick/folios/R-1"

    @Test func `for a tax rate says that it is no rate, and keeps what was typed`() async throws {
        let house = try await HotelWithPages()
        let refused = await house.post(
            "\(Self.settings)/taxes", [("tax_category", "food"), ("from", "2027-01-01"), ("percent", "sieben")], as: .admin)
        #expect(refused.status == 409 && refused.text.contains("„sieben“ ist kein Steuersatz."))
        #expect(refused.text.contains("value=\"sieben\"") && refused.text.contains("value=\"2027-01-01\""))
        #expect(refused.text.contains("<option value=\"food\" selected>"))
        for (month, typed) in [("02", "7 %"), ("03", "7,0"), ("04", "ohne")] {
            let taken = await house.post(
                "\(Self.settings)/taxes", [("tax_category", "food"), ("from", "2027-\(month)-01"), ("percent", typed)], as: .admin)
            #expect(taken.header("Location") == "\(Self.settings)?done=saved", "\(typed)")
        }
        let day = await house.post("\(Self.settings)/taxes", [("tax_category", "food"), ("from", "bald"), ("percent", "7")], as: .admin)
        #expect(day.status == 409 && day.text.contains("„bald“ ist kein Tag."))
    }

    @Test func `for an item of the price list keeps all of it`() async throws {
        let house = try await HotelWithPages()
        let fields = [("description", "Apfelsaft"), ("sku", "saft"), ("price", "3,50"), ("category", "drinks"), ("rate", "viel")]
        let refused = await house.post("\(Self.settings)/catalogue", fields, as: .admin)
        #expect(refused.status == 409)
        for typed in ["Apfelsaft", "saft", "3,50", "viel"] { #expect(refused.text.contains("value=\"\(typed)\""), "\(typed)") }
        let taken = await house.post("\(Self.settings)/catalogue", fields.dropLast() + [("rate", "ohne")], as: .admin)
        #expect(taken.status == 303)
        #expect(try house.ledger.catalogueItem("saft", of: Hotel.id).taxRate == TaxRate.none)
        let gone = await house.post("\(Self.settings)/catalogue/remove", [("sku", "saft")], as: .admin)
        #expect(gone.header("Location") == "\(Self.settings)?done=removed")
    }

    @Test func `for a text that is not on one line says so, everywhere`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        func item(_ sku: String, _ description: String = "x") -> [(String, String)] {
            [("sku", sku), ("description", description), ("price", "1,00"), ("category", "drinks")]
        }
        func line(_ description: String) -> [(String, String)] {
            [("description", description), ("category", "other"), ("price", "1,00"), ("seen", "0")]
        }
        let catalogue = "\(Self.settings)/catalogue"
        for (path, fields) in [
            (catalogue, item("   ")), (catalogue, item("\u{0}")), (catalogue, item("a\u{0}b")), (catalogue, item("a\nb")),
            (catalogue, item("x", "\u{0}")), ("\(Self.folio)/lines", line("\u{0}")), ("\(Self.folio)/room", [("room", "\u{0}")]),
            ("\(Self.settings)/letterhead", [("address", "Seeweg 1\r\n\u{0}"), ("tax_number", "1")]),
            ("\(Self.settings)/letterhead", [("address", "Seeweg 1"), ("tax_number", "\u{0}")]),
        ] {
            let refused = await house.post(path, fields, as: .admin)
            #expect(
                refused.status == 409 && refused.text.contains("muss lesbar in einer Zeile stehen."), "\(path) \(fields): \(refused.status)"
            )
        }
        #expect(try house.ledger.catalogue(of: Hotel.id).count == 2 && house.ledger.folio("R-1", of: Hotel.id).folio.room == "204")
        let address = await house.post(
            "\(Self.settings)/letterhead", [("address", "Hotel Seeblick\r\n\r\nSeeweg 1"), ("tax_number", "")], as: .admin)
        #expect(address.status == 303)
    }

    @Test func `for an amount that is too large says so, and every list can still be read`() async throws {
        let house = try await HotelWithPages()
        for amount in ["92233720368547758,07", "20000000000000000,00"] {
            for (path, fields, role) in [
                ("\(Self.settings)/refund-limit", [("limit", amount), HotelWithPages.ownPassword], Role.admin),
                ("\(Self.settings)/catalogue", [("description", "x"), ("sku", "x"), ("price", amount), ("category", "drinks")], .admin),
                ("/operator/tenants", [("name", "x"), ("id", "x"), ("fee", amount), ("zone", "Europe/Berlin")], .operator),
            ] {
                let refused = await house.post(path, fields, as: role)
                #expect(refused.status == 409 && refused.text.contains("Der Betrag ist zu groß"), "\(path): \(refused.status)")
            }
        }
        for fee in ["-1,00", "1000000,00"] {
            let refused = await house.post(
                "/operator/tenants", [("name", "x"), ("id", "x"), ("fee", fee), ("zone", "Europe/Berlin")], as: .operator)
            #expect(refused.status == 409 && refused.text.contains("Ein Monatspreis liegt nicht unter null"), "\(fee)")
        }
        #expect(try house.ledger.tenants().count == 2)
    }

    /// What the form for holds sends when nothing was changed.
    private static let holds = [("days", "1"), ("grace", "1"), ("extras", "0,00"), ("ceiling", "200")]

    @Test(arguments: [
        ("holds", "days", ["31", "-1", "drei", ""], "ganze Zahl von 0 bis 30"), ("holds", "grace", ["8", "-1"], "ganze Zahl von 0 bis 7"),
        ("holds", "ceiling", ["99", "501", "150 %"], "ganze Zahl von 100 bis 500"),
        ("holds", "extras", ["-1,00", "1000000,00"], "liegen nicht unter null und nicht über 999.999,99"),
        ("holds", "extras", ["viel"], "„viel“ ist kein Betrag."), ("late-charges", "late_days", ["91", "-1"], "ganze Zahl von 0 bis 90"),
    ])
    func `for holds and late charges takes no number that the schema would refuse`(
        form: String, name: String, wrong: [String], sentence: String
    ) async throws {
        let house = try await HotelWithPages()
        for value in wrong {
            let fields = (form == "holds" ? Self.holds : [("late_category", "minibar")]).filter { $0.0 != name } + [(name, value)]
            let refused = await house.post("\(Self.settings)/\(form)", fields, as: .admin)
            #expect(refused.status == 409 && refused.text.replacing("\u{A0}", with: " ").contains(sentence), "\(value): \(refused.text)")
            #expect(refused.text.contains("name=\"\(name)\"") && refused.text.contains("value=\"\(value)\""), "what was typed stays")
        }
        #expect(try house.ledger.tenant(Hotel.id).settings == Tenant.Settings())
    }

    @Test func `is none when what is set for holds and late charges is right, and the page shows it`() async throws {
        let house = try await HotelWithPages()
        let holds = [("days", "3"), ("grace", "2"), ("extras", "15,50"), ("ceiling", "150"), ("debit", "1"), ("method", "sofort")]
        #expect(await house.post("\(Self.settings)/holds", holds, as: .admin).status == 303)
        let late = [("late_days", "30"), ("late_category", "minibar"), ("late_category", "shop"), ("late_category", "lodging")]
        #expect(await house.post("\(Self.settings)/late-charges", late, as: .admin).status == 303)
        var expected = Tenant.Settings()
        (expected.holdDaysBeforeArrival, expected.holdGraceDays, expected.extrasPerNight) = (3, 2, 1550)
        (expected.ceilingPercent, expected.renewsDebit, expected.legacyMethods) = (150, true, [.sofort])
        // A category that is no consumption is not on the form.
        (expected.lateChargeDays, expected.lateChargeCategories) = (30, [.minibar, .shop])
        #expect(try house.ledger.tenant(Hotel.id).settings == expected)
        let page = await house.get(Self.settings, as: .admin).text
        for value in ["3", "2", "15,50", "150", "30"] { #expect(page.contains("value=\"\(value)\""), "\(value)") }
        #expect(page.contains("value=\"shop\" checked") && !page.contains("value=\"parking\" checked"))
        #expect(await house.post("\(Self.settings)/late-charges", [("late_days", "0")], as: .admin).status == 303)
        #expect(try house.ledger.tenant(Hotel.id).settings.lateChargeCategories == [])
    }

    @Test func `for a refund is the refund's, with its amount and reason`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        try await house.charge("R-1", "250.00")
        let plan = try house.ledger.checkOutPreview("R-1", of: Hotel.id).plan
        _ = try await house.ledger.checkOut("R-1", plan: plan.id, of: Hotel.id, by: "test")
        let refused = await house.post("\(Self.folio)/payments/1/refund", [("amount", "900,00"), ("reason", "Baulärm")], as: .admin)
        #expect(refused.status == 409 && refused.text.contains("Erstattung: Anna Weiss"))
        #expect(refused.text.contains("value=\"900,00\"") && refused.text.contains("value=\"Baulärm\""))
    }

    @Test func `for a person keeps the name, and never a password`() async throws {
        let house = try await HotelWithPages()
        let refused = await house.post(
            "\(Self.settings)/users/add",
            [("new_user", "greta"), ("role", "accounting"), ("password", "kurz"), HotelWithPages.ownPassword],
            as: .admin)
        #expect(refused.status == 409 && refused.text.contains("value=\"greta\"") && !refused.text.contains("kurz\""))
        #expect(refused.text.contains("<option value=\"accounting\" selected>"))
        let made = await house.post(
            "\(Self.settings)/users/token", [("name", "shop"), ("token_role", "integration"), HotelWithPages.ownPassword], as: .admin)
        #expect(made.status == 200 && !made.text.contains("value=\"shop\""), "an accepted form is empty again")
    }
}

@Suite struct `A folio's page` {
    private static let folio = "/t/seeblick/folios/R-1"

    private func plain(_ page: Page) -> String { page.text.replacing("\u{A0}", with: " ") }

    @Test func `names on the button what is taken and what the guest is asked for`() async throws {
        let house = try await HotelWithPages()
        try await house.simulator.order("POST", "/_sim/account", ["methods": ["card", "klarna"]])
        let today = house.clock.now.day(in: try house.ledger.tenant(Hotel.id).timeZone)
        var new = NewFolio(
            reference: "R-1", guest: .init(name: "Anna Weiss", email: nil), arrival: today, departure: today.adding(days: 2),
            mode: .reserved, amount: house.euros("300.00"))
        new.method = .klarna
        _ = try await house.ledger.openFolio(new, of: Hotel.id, by: "test")
        try await house.guestPays("R-1", with: .klarna)
        try await house.sync()
        try await house.charge("R-1", "343.30")
        let checkOut = await house.get("\(Self.folio)/check-out")
        #expect(plain(checkOut).contains("300,00 € einziehen und Zahlungsseite über 43,30 € erstellen</button>"))
        let ending = await house.post("\(Self.folio)/cancellation/confirmation", [("fee", "343,30"), ("reason", "krank")])
        #expect(plain(ending).contains("Jetzt stornieren, 300,00 € einziehen und Zahlungsseite über 43,30 € erstellen</button>"))
        // While the guest has to pay, the page asks for itself by its own address, also where it is the answer to a form.
        let plan = try house.ledger.checkOutPreview("R-1", of: Hotel.id).plan
        _ = await house.post("\(Self.folio)/check-out", [("plan", plan.id)])
        let waiting = await house.get("\(Self.folio)/check-out")
        #expect(waiting.text.contains("content=\"20;url=\(Self.folio)/check-out\""))
    }

    @Test(arguments: [
        (
            "de", "Ihre Buchung R-1 bei Hotel Seeblick",
            "Guten Tag Anna Weiss,\r\n\r\nbitte lassen Sie auf dieser Seite 300,00 € auf Ihrer Karte"
        ),
        ("en", "Your booking R-1 at Hotel Seeblick", "Dear Anna Weiss,\r\n\r\nplease reserve €300.00 on your card"),
    ]) func `writes to the guest in the guest's language, and says what the page is for`(language: String, subject: String, start: String)
        async throws
    {
        let house = try await HotelWithPages()
        let today = house.clock.now.day(in: try house.ledger.tenant(Hotel.id).timeZone)
        _ = try await house.ledger.openFolio(
            NewFolio(
                reference: "R-1", guest: .init(name: "Anna Weiss", email: "anna@example.com", language: language), arrival: today,
                departure: today.adding(days: 2), mode: .reserved, amount: house.euros("300.00")), of: Hotel.id, by: "test")
        let page = await house.get(Self.folio)
        let link = try #require(page.text.firstMatch(of: /href="(mailto:[^"]+)"/)).1.replacing("&amp;", with: "&")
        let parts = try #require(URLComponents(string: String(link)))
        #expect(parts.path == "anna@example.com")
        let fields = Dictionary(uniqueKeysWithValues: (parts.queryItems ?? []).map { ($0.name, $0.value ?? "") })
        #expect(fields["subject"] == subject)
        let body = (fields["body"] ?? "").replacing("\u{A0}", with: " ")
        let url = try house.ledger.folio("R-1", of: Hotel.id).folio.paymentURL
        #expect(body.hasPrefix(start) && body.contains(url ?? "-"))
    }

    @Test func `takes an extra that is not on the price list even where there is none`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        for item in try house.ledger.catalogue(of: Hotel.id) { try await house.ledger.removeCatalogueItem(item.sku, of: Hotel.id) }
        let page = await house.get(Self.folio)
        #expect(page.text.contains("Etwas anderes …") && page.text.contains("Zimmer ändern …"))
        #expect(page.text.contains("Die Verwaltung legt sie in den Einstellungen an."))
    }

    @Test func `adds nothing when Enter is pressed beside the quantities`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let page = await house.get(Self.folio)
        let form = try #require(page.text.firstRange(of: "class=\"extras\""))
        let first = try #require(page.text[form.upperBound...].firstRange(of: "<button"))
        #expect(
            page.text[first.lowerBound...].hasPrefix("<button class=\"hidden\" name=\"nothing\""), "the first button is what Enter presses")
        let answer = await house.post("\(Self.folio)/lines", [("nothing", "1"), ("quantity", "3"), ("seen", "0")])
        #expect(answer.header("Location") == Self.folio)
        #expect(try house.ledger.folio("R-1", of: Hotel.id).lines.isEmpty)
    }

    @Test func `offers to take back an allowance, but none that went with its line`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        try await house.charge("R-1", "100.00")
        _ = try await house.ledger.allow(house.euros("10.00"), on: 1, reason: "laut", of: "R-1", of: Hotel.id, by: "test")
        #expect(await house.get(Self.folio).text.contains("\(Self.folio)/lines/2/reversal"))
        let back = await house.post("\(Self.folio)/lines/2/reversal", [("reason", "doch nicht")])
        #expect(back.status == 303)
        #expect(try house.ledger.folio("R-1", of: Hotel.id).totals.charged == house.euros("100.00"))
        _ = try await house.ledger.allow(house.euros("10.00"), on: 1, reason: "laut", of: "R-1", of: Hotel.id, by: "test")
        _ = try await house.ledger.reverse(line: 1, reason: "falsch", of: "R-1", of: Hotel.id, by: "test")
        let page = await house.get(Self.folio)
        #expect(!page.text.contains("/lines/1/reversal") && !page.text.contains("/lines/4/reversal"))
    }

    @Test func `lets a hold be asked for while nothing is missing`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let page = await house.get(Self.folio)
        #expect(page.text.contains("Weitere Vormerkung anfragen …"))
        #expect(plain(page).contains("Zusätzlich zu den vorgemerkten 300,00 €."))
        let asked = await house.post("\(Self.folio)/holds", [("amount", "80,00")])
        #expect(asked.header("Location") == "\(Self.folio)?done=asked")
        #expect(try house.ledger.folio("R-1", of: Hotel.id).holds.map(\.amount) == [house.euros("300.00"), house.euros("80.00")])
    }

    @Test func `asks whether a folio without any line is to be closed`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let page = await house.get("\(Self.folio)/check-out")
        #expect(page.text.contains("Es ist keine Leistung gebucht."))
        #expect(page.text.firstMatch(of: /<input type="checkbox" name="nothing_charged" value="1" required>/) != nil, "\(page.text)")
        let plan = [("plan", try house.ledger.checkOutPreview("R-1", of: Hotel.id).plan.id)]
        let asked = await house.post("\(Self.folio)/check-out", plan)
        #expect(asked.status == 409 && asked.text.contains("deshalb wurde es nicht abgeschlossen") && asked.text.contains("ankreuzen"))
        #expect(try house.folio("R-1").folio.state == .open)
        #expect(await house.post("\(Self.folio)/check-out", plan + [("nothing_charged", "1")]).status == 303)
        let closed = await house.get("\(Self.folio)/check-out")
        #expect(closed.text.contains("Abgeschlossen.") && !closed.text.contains("Beleg anzeigen"))
        try await house.book("R-2")
        try await house.charge("R-2", "10.00")
        #expect(await !house.get("/t/seeblick/folios/R-2/check-out").text.contains("nothing_charged"))
    }

    @Test func `offers another method while a page is out, which takes the place of that page`() async throws {
        let house = try await HotelWithPages()
        try await house.offer([.card, .klarna])
        try await house.book("R-1", card: nil, method: .klarna)
        let page = await house.get(Self.folio)
        #expect(page.text.contains("Mit anderer Zahlart anfragen"))
        let select = try #require(page.text.firstMatch(of: /(?s)<select id="f-method".*?<\/select>/)?.0, "\(page.text)")
        #expect(select.contains("value=\"card\"") && !select.contains("value=\"klarna\""), "\(select)")
        let asked = await house.post("\(Self.folio)/holds", [("amount", "300,00"), ("method", "card")])
        #expect(asked.header("Location") == "\(Self.folio)?done=asked", "\(asked.text)")
        let holds = try house.folio("R-1").holds
        #expect(holds.map(\.method) == [.klarna, .card] && holds.map(\.state) == [.failed, .requested])
    }

    @Test func `lets the desk choose how the guest pays, among what the tenant offers`() async throws {
        let house = try await HotelWithPages()
        try await house.offer([.card, .klarna])
        try await house.book("R-1")
        let page = await house.get(Self.folio)
        for name in ["method", "pay_method"] {
            let select = try #require(page.text.firstMatch(of: try Regex("(?s)<select id=\"f-\(name)\".*?</select>"))?.0, "\(name)")
            #expect(select.contains("value=\"card\" selected") && select.contains("value=\"klarna\">"), "\(select)")
            #expect(!select.contains("sofort"), "Stripe has ended it: \(select)")
        }
        let paid = await house.post("\(Self.folio)/payments", [("pay_amount", "50,00"), ("pay_method", "klarna")])
        #expect(paid.header("Location") == "\(Self.folio)?done=asked", "\(paid.text)")
        let payments = try house.ledger.folio("R-1", of: Hotel.id).payments
        #expect(payments.map(\.method) == [.klarna] && payments.map(\.amount) == [house.euros("50.00")])
        // Only what stands there can be chosen.
        for method in ["sofort", "gold"] {
            let refused = await house.post("\(Self.folio)/holds", [("amount", "50,00"), ("method", method)])
            #expect(refused.status == 409 && refused.text.contains("selected"), "\(method): \(refused.status)")
        }
    }

    @Test func `is what the way back leads to from an address that only takes forms`() async throws {
        let house = try await HotelWithPages()
        for (address, page) in [
            ("/t/seeblick/folios/R-1/cancellation/confirmation", "/t/seeblick/folios/R-1/cancellation"),
            ("/t/seeblick/folios/R-1/lines", Self.folio), ("/t/seeblick/folios/R-1/check-out?x=1", "/t/seeblick/folios/R-1/check-out?x=1"),
        ] {
            let answer = await house.send(
                "POST", "\(Self.folio)/room", as: nil, body: "room=1", headers: [("Referer", "http://127.0.0.1\(address)")])
            #expect(answer.header("Location") == Link("login", query: [("lost", "1"), ("back", page)]).address, "\(address)")
        }
    }
}

@Suite struct `A month that cannot be closed` {
    @Test func `leads back to its page`() async throws {
        let house = try await HotelWithPages()
        let page = await house.get("/t/seeblick/accounting/2026-11/close", as: .accounting)
        #expect(page.header("Location") == "/t/seeblick/accounting?month=2026-11")
        #expect(await house.get("/t/seeblick/accounting/bald/close", as: .accounting).status == 404)
    }
}

@Suite struct `A field of a form` {
    @Test func `takes what the domain takes, and says so to the browser`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        func field(_ name: String, on path: String, as role: Role) async throws -> String {
            let page = await house.get(path, as: role)
            let fields = page.text.matches(of: /<input [^>]*>/).map { String($0.0) }
            return try #require(fields.first { $0.contains(" name=\"\(name)\"") }, "\(path): \(name)")
        }
        let id = try await field("id", on: "/operator/tenants/new", as: .operator)
        #expect(id.contains(#" required maxlength="40" pattern="[a-z0-9][a-z0-9\-]{0,39}" "#), "\(id)")
        let name = try await field("name", on: "/operator/tenants/new", as: .operator)
        #expect(name.contains(" required maxlength=\"200\""), "\(name)")
        let days = try await field("days", on: "/t/seeblick/settings", as: .admin)
        #expect(days.contains(" required min=\"0\" max=\"30\""), "\(days)")
        let room = try await field("room", on: "/t/seeblick/folios/R-1", as: .reception)
        #expect(room.contains(" maxlength=\"40\" ") && !room.contains("required"), "\(room)")
        let reason = try await field("reason", on: "/t/seeblick/folios/R-1/cancellation", as: .reception)
        #expect(reason.contains(" required maxlength=\"500\""), "\(reason)")
    }
}
