import Foundation
import Testing

@testable import Ledger

@Suite struct `What a guest agrees to with a card` {
    private static func eur(_ units: Int64) -> Money { Money(minorUnits: units, currency: .eur) }

    private static func tenant(_ name: String = "Hotel Seeblick", _ settings: Tenant.Settings = .init(), currency: Currency = .eur)
        -> Tenant
    {
        Tenant(
            number: 1, id: "seeblick", name: name, currency: currency, timeZone: TimeZone(identifier: "Europe/Berlin")!, settings: settings,
            booksID: String(repeating: "0", count: 32))
    }

    private static func folio(_ reference: String = "R-1", language: String = "de", nights: Int = 3) -> Folio {
        let arrival = Day("2026-11-20")!
        return Folio(
            number: 1, reference: reference, source: .reservation, guest: .init(name: "Ada Gast", email: nil, language: language),
            arrival: arrival, departure: arrival.adding(days: nights), mode: .reserved, method: .card,
            openedAt: Instant(unixSeconds: 1_790_000_000))
    }

    private static let all = CardTerms(ceiling: eur(60_000), late: .init(days: 14, categories: [.parking, .minibar, .drinks]))

    @Test func `is the bill, holds up to a ceiling and their renewal, and late charges with days and categories`() {
        #expect(
            Consent.text(Self.all, of: Self.folio(language: "fr"), to: Self.tenant()) == """
                I allow Hotel Seeblick to charge the saved card for my stay R-1 (20 Nov 2026 to 23 Nov 2026): for the bill at check-out, \
                cancellation or no-show. Until then, holds up to €600.00 may be placed on it, and are renewed during the stay. Until \
                14 days after departure it may also be charged for extras that are found later: drinks, minibar, parking.
                """)
        #expect(
            Consent.text(Self.all, of: Self.folio(), to: Self.tenant()) == """
                Ich erlaube Hotel Seeblick, die hinterlegte Karte für meinen Aufenthalt R-1 (20.11.2026 bis 23.11.2026) zu belasten: \
                für den Gesamtbetrag bei Abreise, Stornierung oder Nichtanreise. Bis dahin sind darauf Vormerkungen bis zu \
                600,00\u{A0}€ erlaubt; sie werden während des Aufenthalts erneuert. Bis 14 Tage nach der Abreise darf sie auch für \
                Zusatzleistungen belastet werden, die erst später auffallen: Getränke, Minibar, Parken.
                """)
    }

    @Test(arguments: ["de", "en"])
    func `names only what is agreed to`(language: String) {
        func text(_ terms: CardTerms) -> String { Consent.text(terms, of: Self.folio(language: language), to: Self.tenant()) }
        let (holds, late) = language == "de" ? ("Vormerkungen", "Tag") : ("holds", "1 day")
        let day = CardTerms.Late(days: 1, categories: [.shop])
        for (terms, namesHolds, namesLate) in [
            (CardTerms(), false, false), (CardTerms(ceiling: Self.eur(1)), true, false), (CardTerms(late: day), false, true),
            (CardTerms(ceiling: Self.eur(1), late: day), true, true), (CardTerms(ceiling: Self.eur(0)), false, false),
        ] {
            #expect(text(terms).contains(holds) == namesHolds && text(terms).contains(late) == namesLate, "\(text(terms))")
        }
    }

    /// Stripe's page shows 1,200 characters. Whatever Stripe counts, an emoji of two UTF-16 units included.
    @Test(arguments: ["de", "en"], ["m", "\u{1D11E}", "ß"])
    func `fits on Stripe's page with the longest of everything`(language: String, letter: String) {
        func longest(_ rule: TextRule) -> String { String(repeating: letter, count: rule.length.upperBound) }
        var settings = Tenant.Settings()
        settings.lateChargeDays = Int(Tenant.Settings.lateDays.upperBound)
        settings.lateChargeCategories = Set(Category.consumption)
        let kuwait = Currency("kwd")!
        let tenant = Self.tenant(longest(.tenantName), settings, currency: kuwait)
        let folio = Self.folio(longest(.folioReference), language: language)
        #expect(TextRule.tenantName.takes(tenant.name) && TextRule.folioReference.takes(folio.reference))
        let most = Money(minorUnits: Money.largest, currency: kuwait)
        let terms = tenant.cardTerms(of: folio, holding: most, ceiling: most)
        #expect(terms.ceiling == most && terms.late?.categories == Set(Category.consumption) && terms.late?.days == 90)
        let text = Consent.text(terms, of: folio, to: tenant)
        #expect(TextRule.consent.takes(text) && text.utf16.count <= TextRule.consent.length.upperBound, "\(text.utf16.count)")
        #expect(TextRule.consent.length.upperBound == 1200)
    }

    @Test(arguments: [(100, 30_000), (150, 45_000), (200, 60_000), (500, 150_000)])
    func `is by default a ceiling in percent of what is held`(percent: Int, ceiling: Int64) {
        var settings = Tenant.Settings()
        settings.ceilingPercent = percent
        let tenant = Self.tenant("x", settings)
        #expect(tenant.cardTerms(of: Self.folio(), holding: Self.eur(30_000)).ceiling == Self.eur(ceiling))
        #expect(tenant.cardTerms(of: Self.folio(), holding: Self.eur(1)).ceiling == Self.eur(Int64(percent / 100)), "never above")
    }

    @Test func `is of a stay without a hold a ceiling for what guests are expected to consume, or none`() {
        #expect(Self.tenant().cardTerms(of: Self.folio(), holding: Self.eur(0)).ceiling == nil)
        var settings = Tenant.Settings()
        settings.extrasPerNight = 1500
        let tenant = Self.tenant("x", settings)
        #expect(tenant.cardTerms(of: Self.folio(), holding: Self.eur(0)).ceiling == Self.eur(9000))
        #expect(tenant.cardTerms(of: Self.folio(nights: 0), holding: Self.eur(0)).ceiling == Self.eur(3000))
        #expect(tenant.cardTerms(of: Self.folio(), holding: Self.eur(0), ceiling: Self.eur(0)).ceiling == nil, "the booking says none")
        #expect(tenant.cardTerms(of: Self.folio(), holding: Self.eur(100), ceiling: Self.eur(777)).ceiling == Self.eur(777))
        settings.extrasPerNight = Tenant.Settings.extras.upperBound
        let long = Self.tenant("x", settings).cardTerms(of: Self.folio(nights: 3_000_000), holding: Self.eur(0))
        #expect(long.ceiling == Self.eur(Money.largest), "no number that could not be written")
    }

    @Test func `has no late charges where the hotel makes none`() {
        var settings = Tenant.Settings()
        settings.lateChargeDays = 0
        #expect(Self.tenant("x", settings).cardTerms(of: Self.folio(), holding: Self.eur(1)).late == nil)
        (settings.lateChargeDays, settings.lateChargeCategories) = (14, [])
        #expect(Self.tenant("x", settings).cardTerms(of: Self.folio(), holding: Self.eur(1)).late == nil)
    }

    @Test func `allows holds up to the ceiling, and none above it`() {
        #expect(Self.all.allows(Self.eur(60_000)) && !Self.all.allows(Self.eur(60_001)))
        #expect(CardTerms().allows(Self.eur(0)) && !CardTerms().allows(Self.eur(1)))
        #expect(!Self.all.allows(Money(minorUnits: 1, currency: Currency("usd")!)))
    }
}
