import Ledger
import LedgerService
import Testing

/// What the people of the house do, in German, click by click.
@Suite(.serialized, .enabled(if: Browser.isInstalled, "chromium and chromium-driver are not installed"))
struct `What people do` {
    /// A house, a story in it, and the browser closed afterwards.
    private func inn(_ story: (Inn, Browser) async throws -> Void) async throws {
        let inn = try await Inn()
        do { try await story(inn, inn.browser) } catch {
            await inn.close()
            throw error
        }
        await inn.close()
    }

    private func stay(_ inn: Inn, _ reference: String = "R-1", _ guest: String = "Anna Weiss", card: String = "4242424242424242")
        async throws
    {
        try await inn.book(reference, guest, card: card)
        try await inn.charge(reference, .lodging, "Doppelzimmer, eine Nacht", "107.00", 2)
    }

    @Test func `reception adds an extra with one click, takes it back, and sees that the hold no longer covers`() async throws {
        try await inn { inn, browser in
            try await stay(inn)
            try await inn.logIn("rita")
            try await browser.type("weis", into: "#f-q")
            try await browser.click("Suchen")
            #expect(try await browser.sees("Noch frei"))
            try await browser.click("Piccolo Sekt")
            #expect(try await browser.sees("1 × Piccolo Sekt hinzugefügt: 8,90 €"))
            try await browser.click(try await browser.find("input[name=quantity][value='2']"))
            try await browser.click("Massage")
            #expect(try await browser.sees("2 × Massage 50 Minuten hinzugefügt: 119,00 €"))
            #expect(try await browser.sees("41,90 € sind nicht mehr gedeckt."))
            #expect(try await browser.sees("Rest beim Check-out einziehen."))
            try await browser.click("Storno: Massage 50 Minuten")
            #expect(try await browser.sees("Warum?"))
            try await browser.click("Falsch gebucht")
            #expect(try await browser.sees("storniert"))
            #expect(try await browser.text().contains("nicht mehr gedeckt") == false)
            let lines = try inn.ledger.folio("R-1", of: Inn.id).lines
            #expect(lines.map(\.gross.minorUnits) == [21400, 890, 11900, -11900])
        }
    }

    @Test func `what cannot be read comes back with what was typed, and Enter adds nothing by accident`() async throws {
        try await inn { inn, browser in
            try await stay(inn)
            try await inn.logIn("rita")
            try await inn.go("/t/seeblick/folios/R-1")
            try await browser.enter(on: "input[name=quantity][value='3']")
            #expect(try await browser.sees("Noch frei"))
            #expect(try inn.ledger.folio("R-1", of: Inn.id).lines.count == 1)
            try await browser.click("Etwas anderes …")
            try await browser.type("Blumen", into: "#f-description")
            try await browser.type("fünf Euro", into: "#f-price")
            try await browser.click(try await browser.find("#f-category option[value='minibar']"))
            try await browser.click("Hinzufügen")
            #expect(try await browser.sees("ist kein Betrag"))
            #expect(try await browser.value(of: "#f-description") == "Blumen")
            #expect(try await browser.value(of: "#f-price") == "fünf Euro")
            #expect(try inn.ledger.folio("R-1", of: Inn.id).lines.count == 1)
            try await browser.portray("folio-refused")
            try await browser.type("5,00", into: "#f-price")
            try await browser.click("Hinzufügen")
            #expect(try await browser.sees("1 × Blumen hinzugefügt: 5,00 €"))
        }
    }

    @Test func `check-out takes two clicks, and the document is there`() async throws {
        try await inn { inn, browser in
            try await stay(inn)
            try await inn.charge("R-1", .massage, "Massage", "129.30")
            try await inn.logIn("rita")
            try await inn.go("/t/seeblick/folios/R-1")
            try await browser.click("Check-out")
            #expect(
                try await browser.sees("300,00 € aus der Vormerkung einziehen und 43,30 € von der hinterlegten Karte Visa …4242 einziehen.")
            )
            try await browser.click("343,30 € einziehen und abschließen")
            #expect(try await browser.sees("Abgeschlossen. Beleg 2026-000001."))
            try await browser.click("Beleg anzeigen")
            #expect(try await browser.sees("Gesamtbetrag"))
            #expect(try inn.ledger.folio("R-1", of: Inn.id).totals.captured == inn.euros("343.30"))
        }
    }

    @Test func `a minibar that was counted late takes two clicks`() async throws {
        try await inn { inn, browser in
            try await stay(inn)
            try await inn.checkOut("R-1")
            try await inn.logIn("rita")
            try await inn.go("/t/seeblick/folios/R-1")
            try await browser.click("Nachbelastung")
            #expect(try await browser.sees("Von der hinterlegten Karte Visa …4242"))
            try await browser.type("2", into: "#f-count-0")
            try await browser.click("Jetzt nachbelasten")
            #expect(try await browser.sees("Abgeschlossen. Beleg 2026-000002."))
            let late = try inn.ledger.folio("R-1-L1", of: Inn.id)
            #expect(late.lines.map(\.quantity) == [2] && late.totals.open.isZero && late.payments.map(\.origin) == [.savedCard])
        }
    }

    @Test func `reception cancels a stay, and reads first what becomes of the money`() async throws {
        try await inn { inn, browser in
            try await stay(inn)
            try await inn.logIn("rita")
            try await inn.go("/t/seeblick/folios/R-1")
            try await browser.click("Buchung stornieren …")
            try await browser.type("50,00", into: "#f-fee")
            try await browser.type("Gast ist krank", into: "#f-reason")
            try await browser.click("Weiter")
            #expect(try await browser.sees("50,00 € aus der Vormerkung einziehen (250,00 € gibt die Bank frei)."))
            #expect(try await browser.sees("Die bisher berechneten 214,00 € werden storniert."))
            try await browser.portray("cancellation-confirm")
            try await browser.click("Jetzt stornieren und 50,00 € einziehen")
            #expect(try await browser.sees("Die Buchung ist storniert."))
            try await browser.portray("cancelled")
            let view = try inn.ledger.folio("R-1", of: Inn.id)
            #expect(view.folio.state == .cancelled && view.totals.captured == inn.euros("50.00"))
        }
    }

    @Test func `reception records a no-show, with the night proposed as its fee`() async throws {
        try await inn { inn, browser in
            try await stay(inn)
            try await inn.logIn("rita")
            try await inn.go("/t/seeblick/folios/R-1")
            try await browser.click("No-Show …")
            try await browser.click("Weiter")
            #expect(try await browser.sees("No-Show-Gebühr: 107,00 € inkl. USt. wie für die Übernachtung."))
            try await browser.portray("no-show-confirm")
            try await browser.click("Jetzt als No-Show buchen und 107,00 € einziehen")
            #expect(try await browser.sees("Das No-Show ist gebucht."))
            let view = try inn.ledger.folio("R-1", of: Inn.id)
            #expect(view.folio.state == .noShow && view.totals.captured == inn.euros("107.00"))
        }
    }

    @Test func `reception lowers a line after a complaint`() async throws {
        try await inn { inn, browser in
            try await stay(inn)
            try await inn.logIn("rita")
            try await inn.go("/t/seeblick/folios/R-1")
            try await browser.click("Nachlass: Doppelzimmer, eine Nacht")
            try await browser.type("14,00", into: "#f-amount")
            try await browser.type("Baustelle nebenan", into: "#f-reason")
            try await browser.click("Weiter")
            #expect(try await browser.sees("Die Position kostet dann 200,00 € statt 214,00 €."))
            try await browser.portray("allowance-confirm")
            try await browser.click("Nachlass geben: 14,00 €")
            #expect(try await browser.sees("Nachlass auf Doppelzimmer, eine Nacht: −14,00 €"))
            #expect(try inn.ledger.folio("R-1", of: Inn.id).totals.charged == inn.euros("200.00"))
        }
    }

    @Test func `a refused card is said in plain words, with the next step`() async throws {
        try await inn { inn, browser in
            // This card holds, and asks for the guest on every later use.
            try await stay(inn, card: "4000002760003184")
            try await inn.charge("R-1", .massage, "Massage", "129.30")
            try await inn.logIn("rita")
            try await inn.go("/t/seeblick/folios/R-1/check-out")
            try await browser.click("einziehen und abschließen")
            #expect(try await browser.sees("Der Gast muss die Zahlung bestätigen."))
            #expect(try await browser.sees("Nächster Schritt: dem Gast die Zahlungsseite senden"))
            #expect(try await browser.sees("Per E-Mail senden"))
            try await browser.portray("check-out-refused")
        }
    }

    @Test func `a hold that expired is no cover`() async throws {
        try await inn { inn, browser in
            try await inn.book("R-1", "Anna Weiss", nights: 6)
            try await inn.charge("R-1", .lodging, "Doppelzimmer, eine Nacht", "107.00", 2)
            try await inn.letPass(days: 8)
            try await inn.logIn("rita")
            #expect(try await browser.sees("Überfällig"))
            #expect(try await browser.sees("Vormerkung verfallen"))
            try await inn.go("/t/seeblick/folios/R-1")
            #expect(try await browser.sees("Die Vormerkung ist verfallen: 214,00 € sind ungedeckt."))
            try await inn.go("/t/seeblick/folios/R-1/check-out")
            #expect(try await browser.sees("214,00 € von der hinterlegten Karte"))
            try await browser.portray("check-out-expired")
        }
    }

    @Test func `whoever was slower is told that the folio closed meanwhile`() async throws {
        try await inn { inn, browser in
            try await stay(inn)
            try await inn.logIn("rita")
            try await inn.go("/t/seeblick/folios/R-1")
            // The second receptionist checks the guest out while the first has the page open.
            try await inn.checkOut("R-1")
            try await browser.click("Bier 0,33 l")
            #expect(try await browser.sees("R-1"))
            #expect(try await browser.sees("geschlossen"))
            try await browser.portray("folio-conflict")
            #expect(try inn.ledger.folio("R-1", of: Inn.id).lines.count == 1)
        }
    }

    @Test func `a plan that changed meanwhile is shown anew, and nothing is taken`() async throws {
        try await inn { inn, browser in
            try await stay(inn)
            try await inn.logIn("rita")
            try await inn.go("/t/seeblick/folios/R-1/check-out")
            try await inn.charge("R-1", .minibar, "Sekt", "20.00")
            try await browser.click("214,00 € einziehen und abschließen")
            #expect(try await browser.sees("Es wurde nichts eingezogen."))
            try await browser.portray("check-out-changed")
            try await browser.click("234,00 € einziehen und abschließen")
            #expect(try await browser.sees("Abgeschlossen."))
            #expect(try inn.ledger.folio("R-1", of: Inn.id).totals.captured == inn.euros("234.00"))
        }
    }

    @Test func `a script in a guest's name is a name`() async throws {
        try await inn { inn, browser in
            let name = "<script>document.title='pwned'</script><b>Eva</b>"
            try await stay(inn, "R-1", name)
            try await inn.logIn("rita")
            for path in ["/t/seeblick/reception", "/t/seeblick/folios/R-1", "/t/seeblick/folios/R-1/check-out"] {
                try await inn.go(path)
                #expect(try await browser.text().contains(name), "\(path)")
                #expect(try await browser.title().hasPrefix("pwned") == false)
                #expect(try await browser.run("return document.querySelectorAll('main b').length") as? Int == 0)
            }
        }
    }

    @Test func `a lost session loses the click, says so, and leads back`() async throws {
        try await inn { inn, browser in
            try await stay(inn)
            try await inn.logIn("rita")
            try await inn.go("/t/seeblick/folios/R-1")
            try await browser.forgetCookies()
            try await browser.click("Bier 0,33 l")
            #expect(try await browser.sees("Ihre Anmeldung ist abgelaufen."))
            try await browser.portray("session-lost")
            try await browser.type(Inn.id, into: "#f-tenant")
            try await browser.type("rita", into: "#f-name")
            try await browser.type(Inn.password, into: "#f-password")
            try await browser.click(try await browser.find("main button.primary"))
            #expect(try await browser.sees("Noch frei"))
            #expect(try await browser.address().hasSuffix("/t/seeblick/folios/R-1"))
            #expect(try inn.ledger.folio("R-1", of: Inn.id).lines.count == 1)
        }
    }

    @Test func `accounting closes a month and knows what that means`() async throws {
        try await inn { inn, browser in
            try await stay(inn)
            try await inn.checkOut("R-1")
            try await inn.letPass(days: 10)
            _ = try await inn.ledger.sync(Inn.id)
            try await inn.logIn("bernd")
            try await inn.go("/t/seeblick/accounting?month=2026-11")
            #expect(try await browser.sees("22,61 €"))
            try await browser.click("Monat abschließen")
            #expect(try await browser.sees("ändern sich nie mehr"))
            try await browser.portray("close-month")
            try await browser.click(try await browser.find("main button.primary"))
            #expect(try await browser.sees("November 2026 ist abgeschlossen."))
            try await browser.portray("month-closed")
            #expect(try inn.ledger.statement(Month("2026-11")!, of: Inn.id).closedAt != nil)
        }
    }

    @Test func `a guest who has paid the link is thanked, in the house's own address, without logging in`() async throws {
        try await inn { inn, browser in
            try await inn.book("R-1", "Anna Weiss", card: nil)
            _ = try await inn.ledger.releaseHold(1, of: "R-1", of: Inn.id, by: "test")
            try await inn.charge("R-1", .lodging, "Doppelzimmer, eine Nacht", "107.00")
            try await inn.checkOut("R-1")
            try await browser.open(try #require(try inn.ledger.folio("R-1", of: Inn.id).folio.paymentURL))
            try await browser.click(try await browser.find("a[href$='/guest/left']"))
            #expect(try await browser.sees("Es wurde nichts bezahlt oder vorgemerkt."))
            try await browser.open(try #require(try inn.ledger.folio("R-1", of: Inn.id).folio.paymentURL))
            try await browser.type("anna@example.com", into: "#card [name=email]")
            try await browser.type("4242424242424242", into: "#card [name=number]")
            try await browser.type("12/34", into: "#card [name=expiry]")
            try await browser.type("123", into: "#card [name=cvc]")
            try await browser.type("Anna Weiss", into: "#card [name=name]")
            try await browser.click(try await browser.find("#card button"))
            #expect(try await browser.sees("Ihre Zahlung ist eingegangen oder wird gerade bearbeitet."))
            #expect(try await browser.address() == "\(inn.url)/guest/paid")
            try await browser.portray("guest-paid")
            _ = try await inn.ledger.sync(Inn.id)
            #expect(try inn.ledger.folio("R-1", of: Inn.id).folio.state == .checkedOut)
        }
    }

    @Test func `the operator leaves a dead letter, with a reason`() async throws {
        try await inn { inn, browser in
            try await inn.deliverUnknownEvent("evt_unknown")
            try await inn.logIn("olaf", house: nil)
            try await browser.click("Hotel Seeblick")
            #expect(try await browser.sees("Ereignisse, die zu entscheiden sind"))
            try await browser.portray("dead-letter")
            try await browser.click("Erneut versuchen")
            #expect(try await browser.sees("1 Ereignis ließ sich wieder nicht verarbeiten."))
            try await browser.type("ein Test bei Stripe", into: "[name=reason]")
            try await browser.click("Beiseitelegen")
            #expect(try await browser.sees("Das Ereignis ist beiseitegelegt, der Grund aufbewahrt."))
            #expect(try inn.ledger.troubledEvents(of: Inn.id).isEmpty)
        }
    }

    @Test func `the operator has a call sent again that had no outcome, and the check-out ends`() async throws {
        try await inn { inn, browser in
            try await stay(inn)
            try await inn.failCaptures(true)
            try await inn.logIn("rita")
            try await inn.go("/t/seeblick/folios/R-1/check-out")
            try await browser.click("214,00 € einziehen und abschließen")
            #expect(try await browser.sees("Der Check-out läuft."))
            try await browser.portray("check-out-running")
            try await inn.giveUpWaiting()
            try await inn.logIn("rita")
            try await inn.go("/t/seeblick/folios/R-1/check-out")
            #expect(try await browser.sees("Beim Betreiber"))
            try await browser.portray("check-out-parked")
            try await inn.logIn("olaf", house: nil)
            try await browser.click("Hotel Seeblick")
            #expect(try await browser.sees("Aufträge an Stripe, die zu entscheiden sind"))
            try await browser.portray("parked-call")
            try await browser.click("Erneut versuchen")
            #expect(try await browser.sees("Stripe hat wieder keine brauchbare Antwort gegeben."))
            try await inn.giveUpWaiting()
            try await inn.failCaptures(false)
            try await inn.logIn("olaf", house: nil)
            try await inn.go("/operator/tenants/seeblick")
            try await browser.click("Erneut versuchen")
            #expect(try await browser.sees("Stripe hat geantwortet."))
            #expect(try inn.ledger.folio("R-1", of: Inn.id).folio.state == .checkedOut)
        }
    }

    @Test func `the operator adds a tenant and sees its first payment arrive`() async throws {
        try await inn { inn, browser in
            try await inn.logIn("olaf", house: nil)
            try await browser.click("Mandant anlegen")
            try await browser.type("Hotel Bergblick", into: "#f-name")
            try await browser.type("bergblick", into: "#f-id")
            try await browser.click("Weiter")
            #expect(try await browser.sees("Stripe verbinden"))
            try await browser.type("sk_test_bergblick", into: "#f-key_secret")
            try await browser.type("whsec_bergblick", into: "#f-webhook")
            try await browser.type(Inn.password, into: "#own-keys")
            try await browser.click(try await browser.find("#s-1 ~ form button"))
            #expect(try await browser.sees("Schlüssel ersetzen"))
            try await browser.click("Testzahlung beginnen")
            #expect(try await browser.sees("Die Testzahlung wartet."))
            try await browser.portray("set-up-waiting")
            let url = try inn.ledger.folio("TEST-1", of: "bergblick").folio.paymentURL ?? ""
            try await inn.simulator.pay(page: url, of: "bergblick")
            try await browser.click("Jetzt abgleichen")
            #expect(try await browser.sees("Die Testzahlung ist angekommen."))
        }
    }
}
