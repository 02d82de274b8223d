import Ledger
import LedgerService
import TestHotel
import TestSupport
import Testing

@testable import LedgerPages

/// What stands in a form's hidden field on a page.
private func hidden(_ name: String, _ page: Page) -> String {
    page.text.firstMatch(of: try! Regex("name=\"\(name)\" value=\"([^\"]*)\"", as: (Substring, Substring).self)).map { String($0.1) } ?? ""
}

@Suite struct `Cancelling by form` {
    private static let path = "/t/seeblick/folios/R-1/cancellation"

    private func confirmation(_ house: HotelWithPages, fee: String, reason: String = "Gast ist krank") async -> Page {
        await house.post("\(Self.path)/confirmation", [("fee", fee), ("reason", reason)])
    }

    @Test func `says what happens to the money first, and then does that`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        try await house.charge("R-1", "214.00")
        #expect(await house.get("/t/seeblick/folios/R-1").text.contains("href=\"\(Self.path)\""))
        #expect(await house.get(Self.path).text.contains("Es wird noch nichts ausgeführt."))
        let shown = await confirmation(house, fee: "50,00")
        #expect(shown.status == 200)
        #expect(shown.text.contains("50,00\u{A0}€ aus der Vormerkung einziehen (250,00\u{A0}€ gibt die Bank frei)"))
        #expect(shown.text.contains("Die bisher berechneten 214,00\u{A0}€ werden storniert."))
        #expect(shown.text.contains("Stornogebühr: 50,00\u{A0}€ ohne USt."))
        #expect(shown.text.contains("Jetzt stornieren und 50,00\u{A0}€ einziehen"))
        #expect(shown.text.contains("Gast ist krank"))
        // Nothing has been done by looking.
        let before = try house.ledger.folio("R-1", of: Hotel.id)
        #expect(before.folio.state == .open && before.lines.count == 1)
        let done = await house.post(
            Self.path, ["plan", "fee", "kept", "reason"].map { ($0, hidden($0, shown)) })
        #expect(done.status == 303 && done.header("Location") == "/t/seeblick/folios/R-1/check-out")
        let view = try house.ledger.folio("R-1", of: Hotel.id)
        #expect(view.folio.state == .cancelled)
        #expect(view.totals.captured == house.euros("50.00") && view.totals.open.isZero && view.totals.held.isZero)
        let after = await house.get("/t/seeblick/folios/R-1/check-out")
        #expect(after.text.contains("Die Buchung ist storniert.") && after.text.contains("<h1>Stornierung: Anna Weiss</h1>"))
    }

    @Test(arguments: ["cancellation", "check-out"])
    func `is done after the page was answered when Stripe takes long before anything is decided`(way: String) async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1", card: nil)
        let path = "/t/seeblick/folios/R-1/\(way)"
        let shown = way == "cancellation" ? await confirmation(house, fee: "0") : await house.get(path)
        let fields = ["plan", "fee", "kept", "reason"].map { ($0, hidden($0, shown)) } + [("nothing_charged", "1")]
        // Withdrawing the page on which the guest could pay takes longer than a page waits.
        try await house.simulator.order(
            "POST", "/_sim/faults",
            [
                "route": "POST /v1/checkout/sessions/{id}/expire", "fault": "slow_first_byte", "times": 1,
                "delay_milliseconds": 8000,
            ] as [String: any Sendable])
        #expect(await house.post(path, fields, key: "one").status == 303)
        #expect(try house.ledger.folio("R-1", of: Hotel.id).folio.state == .open, "it has not been decided yet")
        let end: Folio.State = way == "check-out" ? .checkedOut : .cancelled
        try await eventually { try house.ledger.folio("R-1", of: Hotel.id).folio.state == end }
    }

    @Test func `lets the hold go when there is no fee`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let shown = await confirmation(house, fee: "0")
        #expect(shown.text.contains("Die Vormerkung über 300,00\u{A0}€ freigeben."))
        #expect(shown.text.contains("Es wird keine Gebühr berechnet.") && shown.text.contains(">Jetzt stornieren<"))
        _ = await house.post(Self.path, ["plan", "fee", "reason"].map { ($0, hidden($0, shown)) })
        let view = try house.ledger.folio("R-1", of: Hotel.id)
        #expect(view.folio.state == .cancelled && view.totals.captured.isZero && view.holds.map(\.state) == [.released])
    }

    @Test func `gives back what was paid beyond the fee`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1", card: nil)
        _ = try await house.ledger.releaseHold(1, of: "R-1", of: Hotel.id, by: "test")
        _ = try await house.ledger.askForPayment(house.euros("120.00"), on: "R-1", of: Hotel.id, by: "test")
        try await house.guestPays("R-1", card: "4242424242424242")
        _ = try await house.ledger.sync(Hotel.id)
        let shown = await confirmation(house, fee: "20")
        #expect(
            shown.text.contains("100,00\u{A0}€ erstatten.") && shown.text.contains("Jetzt stornieren und 100,00\u{A0}€ erstatten"))
        _ = await house.post(Self.path, ["plan", "fee", "reason"].map { ($0, hidden($0, shown)) })
        #expect(try house.ledger.folio("R-1", of: Hotel.id).totals.refunded == house.euros("100.00"))
    }

    @Test func `does nothing when something has changed since it was shown`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let shown = await confirmation(house, fee: "50")
        try await house.charge("R-1", "20.00")
        let changed = await house.post(Self.path, ["plan", "fee", "reason"].map { ($0, hidden($0, shown)) })
        #expect(changed.status == 409 && changed.text.contains("Es wurde nichts ausgeführt."))
        #expect(hidden("plan", changed) != hidden("plan", shown) && changed.text.contains("20,00"))
        let view = try house.ledger.folio("R-1", of: Hotel.id)
        #expect(view.folio.state == .open && view.lines.count == 1)
    }

    @Test func `is done once, however often the button is pressed`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let shown = await confirmation(house, fee: "50")
        let fields = ["plan", "fee", "reason"].map { ($0, hidden($0, shown)) }
        async let first = house.post(Self.path, fields, key: "one")
        async let second = house.post(Self.path, fields, key: "one")
        #expect(await [first, second].map(\.status) == [303, 303])
        #expect(await house.post(Self.path, fields, key: "two").status == 303)
        let view = try house.ledger.folio("R-1", of: Hotel.id)
        #expect(view.totals.captured == house.euros("50.00") && view.lines.count == 1)
    }

    @Test func `shows how far it is when Stripe gives no answer, and goes on from there`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let shown = await confirmation(house, fee: "0")
        let fields = ["plan", "fee", "reason"].map { ($0, hidden($0, shown)) }
        try await house.simulator.order(
            "POST", "/_sim/faults", ["route": "POST /v1/payment_intents/{id}/cancel", "fault": "unavailable", "times": 100])
        let done = await house.post(Self.path, fields)
        #expect(done.header("Location") == "/t/seeblick/folios/R-1/check-out")
        let running = await house.get("/t/seeblick/folios/R-1/check-out")
        #expect(running.text.contains("Die Stornierung läuft.") && running.text.contains("<h1>Stornierung: Anna Weiss</h1>"))
        // Another form of the same stay is led there, too.
        #expect(await house.post(Self.path, fields).header("Location") == "/t/seeblick/folios/R-1/check-out")
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
        _ = try await house.ledger.sync(Hotel.id)
        #expect(try house.ledger.folio("R-1", of: Hotel.id).folio.state == .cancelled)
    }

    @Test func `says in words what cannot be`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        for (fee, reason, words) in [("50", "", "Grund benötigt"), ("-5", "x", "lässt sich nicht berechnen"), ("viel", "x", "viel")] {
            let page = await confirmation(house, fee: fee, reason: reason)
            #expect(page.status == 409 && page.text.contains(words), "\(fee), \(reason): \(page.text)")
            #expect(page.text.contains("value=\"\(fee)\""), "what was typed is still there")
        }
        try await house.checkOut("R-1")
        #expect(await house.get(Self.path).text.contains("abgeschlossen"))
    }

    @Test func `shows a reason that tries to be more as text`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1", guest: `Every page`.evil)
        let shown = await confirmation(house, fee: "0", reason: `Every page`.evil)
        #expect(shown.status == 200 && !shown.text.contains("<script>") && !shown.text.contains("<img src=x"))
        #expect(shown.text.contains("Grund: &lt;script&gt;"))
    }

    @Test func `keeps what was typed for who wants to change it`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let form = await house.post("\(Self.path)/confirmation", [("fee", "50,00"), ("reason", "Gast ist krank"), ("change", "1")])
        #expect(form.status == 200 && form.text.contains("value=\"50,00\"") && form.text.contains("value=\"Gast ist krank\""))
        #expect(form.text.contains("Es wird noch nichts ausgeführt."))
    }

    @Test func `is in English for who reads English`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        let page = await house.get(Self.path, language: "en")
        #expect(page.text.contains("Cancellation fee") && page.text.contains("Nothing is done yet."))
    }
}

@Suite struct `A no-show by form` {
    private static let path = "/t/seeblick/folios/R-1/no-show"

    @Test func `proposes one night, and takes it from the hold`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        try await house.charge("R-1", "107.00")
        let form = await house.get(Self.path)
        #expect(form.text.contains("name=\"fee\" type=\"text\" value=\"107,00\"") && form.text.contains("Gast ist nicht angereist"))
        #expect(!form.text.contains("name=\"kept\""), "nothing was paid ahead")
        let shown = await house.post("\(Self.path)/confirmation", [("fee", "107,00"), ("reason", "Gast ist nicht angereist")])
        #expect(shown.text.contains("107,00\u{A0}€ aus der Vormerkung einziehen (193,00\u{A0}€ gibt die Bank frei)"))
        #expect(shown.text.contains("inkl. USt. wie für die Übernachtung"))
        _ = await house.post(Self.path, ["plan", "fee", "kept", "reason"].map { ($0, hidden($0, shown)) })
        let view = try house.ledger.folio("R-1", of: Hotel.id)
        #expect(view.folio.state == .noShow && view.totals.captured == house.euros("107.00") && view.document != nil)
        #expect(view.taxes.map(\.rate.description) == ["7"])
        #expect(await house.get("/t/seeblick/folios/R-1/check-out").text.contains("Das No-Show ist gebucht."))
    }

    @Test func `keeps of a deposit what is said, and gives back the rest`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1", card: nil)
        _ = try await house.ledger.releaseHold(1, of: "R-1", of: Hotel.id, by: "test")
        _ = try await house.ledger.askForPayment(house.euros("200.00"), on: "R-1", of: Hotel.id, by: "test")
        try await house.guestPays("R-1", card: "4242424242424242")
        _ = try await house.ledger.sync(Hotel.id)
        #expect(await house.get(Self.path).text.contains("name=\"kept\""))
        let shown = await house.post("\(Self.path)/confirmation", [("fee", "107"), ("kept", "43"), ("reason", "x")])
        #expect(
            shown.text.contains("43,00\u{A0}€ der Anzahlung werden einbehalten.") && shown.text.contains("50,00\u{A0}€ erstatten."))
        _ = await house.post(Self.path, ["plan", "fee", "kept", "reason"].map { ($0, hidden($0, shown)) })
        #expect(try house.ledger.folio("R-1", of: Hotel.id).totals.refunded == house.euros("50.00"))
    }

    @Test func `is not offered before the day of arrival`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        #expect(await house.get("/t/seeblick/folios/R-1").text.contains("href=\"\(Self.path)\""))
        house.clock.advance(seconds: -86_400)
        #expect(await !house.get("/t/seeblick/folios/R-1").text.contains("href=\"\(Self.path)\""))
    }
}

@Suite struct `An allowance by form` {
    private static let path = "/t/seeblick/folios/R-1/lines/1/allowance"

    @Test func `says what the line comes to first, and then lowers it once`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        try await house.charge("R-1", "107.00")
        #expect(await house.get("/t/seeblick/folios/R-1").text.contains("href=\"\(Self.path)\""))
        let shown = await house.post("\(Self.path)/confirmation", [("amount", "7,50"), ("reason", "Baustelle nebenan")])
        #expect(shown.text.contains("Die Position kostet dann 99,50\u{A0}€ statt 107,00\u{A0}€."))
        #expect(shown.text.contains("Offen sind dann 99,50\u{A0}€ statt 107,00\u{A0}€.") && shown.text.contains("Grund: Baustelle nebenan"))
        #expect(try house.ledger.folio("R-1", of: Hotel.id).lines.count == 1)
        let fields = ["amount", "reason"].map { ($0, hidden($0, shown)) }
        async let first = house.post(Self.path, fields, key: "one")
        async let second = house.post(Self.path, fields, key: "one")
        #expect(
            await [first, second].map { $0.header("Location") } == Array(repeating: "/t/seeblick/folios/R-1?done=allowed&line=2", count: 2))
        let lines = try house.ledger.folio("R-1", of: Hotel.id).lines
        #expect(lines.map(\.gross.minorUnits) == [10700, -750] && lines[1].reason == "Baustelle nebenan")
        let after = await house.get("/t/seeblick/folios/R-1?done=allowed&line=2")
        #expect(after.text.contains("Nachlass auf Zimmer: \u{2212}7,50\u{A0}€"))
    }

    @Test func `tells of money that check-out will give back`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1", card: nil)
        _ = try await house.ledger.releaseHold(1, of: "R-1", of: Hotel.id, by: "test")
        _ = try await house.ledger.askForPayment(house.euros("100.00"), on: "R-1", of: Hotel.id, by: "test")
        try await house.guestPays("R-1", card: "4242424242424242")
        _ = try await house.ledger.sync(Hotel.id)
        try await house.charge("R-1", "100.00")
        let shown = await house.post("\(Self.path)/confirmation", [("amount", "10"), ("reason", "x")])
        #expect(shown.text.contains("Der Gast hat dann 10,00\u{A0}€ zu viel bezahlt: Beim Check-out wird es erstattet."))
    }

    @Test func `says in words what cannot be`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        try await house.charge("R-1", "107.00")
        for (amount, reason, words) in [
            ("200", "x", "höher als die 107,00"), ("5", " ", "brauchen einen Grund"), ("0", "x", "lässt sich nicht"),
        ] {
            let page = await house.post("\(Self.path)/confirmation", [("amount", amount), ("reason", reason)])
            #expect(page.status == 409 && page.text.contains(words), "\(amount), \(reason): \(page.text)")
        }
        #expect(await house.get("/t/seeblick/folios/R-1/lines/9/allowance").status == 404)
        _ = try await house.ledger.reverse(line: 1, reason: "x", of: "R-1", of: Hotel.id, by: "test")
        #expect(await !house.get("/t/seeblick/folios/R-1").text.contains("href=\"\(Self.path)\""))
    }
}

@Suite struct `Who may end a stay or lower a line` {
    /// Spelled out, because the walk over all routes asks each for the right that it names itself.
    @Test func `is reception, not accounting and not the auditor`() async throws {
        let house = try await HotelWithPages()
        try await house.book("R-1")
        try await house.charge("R-1", "107.00")
        let forms = ["cancellation", "no-show", "lines/1/allowance"]
        for form in forms {
            let path = "/t/seeblick/folios/R-1/\(form)"
            let fields = [("fee", "0"), ("amount", "1"), ("reason", "x"), ("plan", "")]
            for role in [Role.accounting, .auditor] {
                #expect(await house.get(path, as: role).status == 403, "\(role) \(form)")
                #expect(await house.post("\(path)/confirmation", fields, as: role).status == 403, "\(role) \(form)")
                #expect(await house.post(path, fields, as: role).status == 403, "\(role) \(form)")
            }
            for role in [Role.reception, .admin, .operator] {
                #expect(await house.get(path, as: role).status == 200, "\(role) \(form)")
                #expect(await house.post("\(path)/confirmation", fields, as: role).status == 200, "\(role) \(form)")
                // Without the session's token nothing is done, by whoever it is.
                #expect(await house.send("POST", path, as: role, body: "csrf=x&key=1&fee=0&amount=1&reason=x").status == 403)
            }
            #expect(await !house.get("/t/seeblick/folios/R-1", as: .accounting).text.contains("href=\"\(path)\""))
        }
        let view = try house.ledger.folio("R-1", of: Hotel.id)
        #expect(view.folio.state == .open && view.lines.count == 1)
    }
}

@Suite struct `Waiting for work` {
    @Test(.timeLimit(.minutes(5))) func `ends with the work, or before it`() async throws {
        #expect(try await withTimeout(.seconds(60)) {})
        // Work that goes on for as long as this test waits for its end.
        let (goesOn, end) = AsyncStream<Void>.makeStream()
        #expect(try await !withTimeout(.milliseconds(50)) { for await _ in goesOn {} })
        end.finish()
        await #expect(throws: ServiceRefusal.self) { try await withTimeout(.seconds(60)) { throw ServiceRefusal.reasonMissing } }
    }
}
