import Foundation
import Ledger
import LedgerService
import Testing

/// Every page, looked at on a phone, a tablet and a wide screen, by day and by night; the pictures lie in `screenshots/`.
@Suite(.serialized, .enabled(if: Browser.isInstalled, "chromium and chromium-driver are not installed"))
struct `What people see` {
    private static let folder = "screenshots"

    /// A day on which everything happens.
    private func day() async throws -> Inn {
        let inn = try await Inn(start: "2026-11-21T08:00:00Z")
        try await inn.book("R-4709", "Elif Yılmaz", room: "101", nights: 3)
        try await inn.charge("R-4709", .lodging, "Doppelzimmer, eine Nacht", "107.00", 3)
        try await inn.book(
            "R-4710", "Familie Großmann-Oberhuber von und zu Langenargen am See", room: "Seeblick Suite", nights: 6, hold: "900.00")
        try await inn.charge("R-4710", .lodging, "Suite, eine Nacht", "189.00", 3)
        try await inn.letPass(days: 3)
        try await inn.book("R-4711", "Anna Weiss", room: "204", nights: 2)
        for (category, name, price, count) in [
            (Category.lodging, "Doppelzimmer, eine Nacht", "107.00", Int64(2)), (.food, "Frühstück, Speisen", "14.00", 2),
            (.drinks, "Frühstück, Getränke", "6.00", 2), (.minibar, "Sekt aus der Minibar", "23.80", 1),
            (.massage, "Massage 50 Minuten", "59.50", 1),
            (.visitorsTax, "Kurtaxe, eine Nacht", "3.00", 2),
        ] { try await inn.charge("R-4711", category, name, price, count) }
        try await inn.book("R-4712", "Jonas Brandt", room: "117")
        try await inn.charge("R-4712", .lodging, "Einzelzimmer, eine Nacht", "95.00", 2)
        _ = try await inn.ledger.allow(inn.euros("10.00"), on: 1, reason: "Baustelle nebenan", of: "R-4712", of: Inn.id, by: "user:rita")
        try await inn.book("R-4713", "Clara Vogt", room: nil, card: nil)
        try await inn.book("R-4714", "Max Mustermann", room: "305")
        try await inn.charge("R-4714", .lodging, "Doppelzimmer, eine Nacht", "107.00", 2)
        try await inn.charge("R-4714", .minibar, "Wasser", "3.00", 2)
        _ = try await inn.ledger.reverse(line: 2, reason: "Falsch gebucht", of: "R-4714", of: Inn.id, by: "user:rita")
        try await inn.checkOut("R-4714")
        try await inn.letPass(days: 0)
        _ = try await inn.ledger.sync(Inn.id)
        return inn
    }

    private static let pages: [(name: String, path: String, who: String, house: String?)] = [
        ("login", "/login", "", nil),
        ("desk", "/t/seeblick/desk", "rita", Inn.id),
        ("search", "/t/seeblick/desk?q=weis", "rita", Inn.id),
        ("folio", "/t/seeblick/folios/R-4711", "rita", Inn.id),
        ("folio-long", "/t/seeblick/folios/R-4710", "rita", Inn.id),
        ("folio-waiting", "/t/seeblick/folios/R-4713", "rita", Inn.id),
        ("folio-closed", "/t/seeblick/folios/R-4714", "rita", Inn.id),
        ("reversal", "/t/seeblick/folios/R-4711/lines/4/reversal", "rita", Inn.id),
        ("allowance", "/t/seeblick/folios/R-4711/lines/4/allowance", "rita", Inn.id),
        ("cancellation", "/t/seeblick/folios/R-4711/cancellation", "rita", Inn.id),
        ("no-show", "/t/seeblick/folios/R-4711/no-show", "rita", Inn.id),
        ("check-out", "/t/seeblick/folios/R-4711/check-out", "rita", Inn.id),
        ("checked-out", "/t/seeblick/folios/R-4714/check-out", "rita", Inn.id),
        ("receipt", "/t/seeblick/folios/R-4714/receipt", "rita", Inn.id),
        ("forbidden", "/t/seeblick/accounting", "rita", Inn.id),
        ("accounting", "/t/seeblick/accounting", "vera", Inn.id),
        ("refund", "/t/seeblick/folios/R-4714/payments/1/refund", "vera", Inn.id),
        ("settings", "/t/seeblick/settings", "vera", Inn.id),
        ("users", "/t/seeblick/settings/users", "vera", Inn.id),
        ("operator", "/operator", "olaf", nil),
        ("fees", "/operator/fees", "olaf", nil),
        ("new-tenant", "/operator/tenants/new", "olaf", nil),
        ("set-up", "/operator/tenants/seeblick", "olaf", nil),
        ("operator-access", "/operator/access", "olaf", nil),
    ]

    @Test func `can be used by everybody, on every screen, in both schemes`() async throws {
        let inn = try await day()
        let browser = inn.browser
        try FileManager.default.createDirectory(atPath: Self.folder, withIntermediateDirectories: true)
        var who = ""
        for page in Self.pages {
            if page.who != who {
                try await browser.set(width: 1440)
                try await inn.logIn(page.who, house: page.house)
                who = page.who
            }
            try await browser.set(width: 1440)
            try await inn.go(page.path)
            for width in [360, 820, 1440] {
                for dark in [false, true] {
                    let file = "\(Self.folder)/\(page.name)-\(width)\(dark ? "-dark" : "").png"
                    try await browser.screenshot(to: file, width: width, dark: dark)
                    let faults = try await browser.faults()
                    #expect(faults.isEmpty, "\(page.name) at \(width)\(dark ? ", dark" : "")")
                }
            }
            try await browser.set(width: 1440)
            #expect(try await browser.unseenFocus().isEmpty, "\(page.name)")
        }
        try await inn.go("/t/seeblick/folios/R-4714/receipt")
        #expect(try await browser.pagesOnPaper() == 1, "the receipt is one sheet")
        await inn.close()
    }
}
