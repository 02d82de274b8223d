import Foundation
import Ledger
import LedgerService
import LedgerStore
import TestHotel
import Testing

@testable import LedgerPages

/// Every page, looked at on a phone, a tablet and a wide screen, by day and by night. What only a story leads to is portrayed there.
@Suite(.serialized, .enabled(if: Browser.isInstalled, "chromium and chromium-driver are not installed"))
struct `What people see` {
    /// A page, and who looks at it.
    private struct Sight: Sendable {
        let name: String
        let path: String
        let who: String
        let language: Language
        /// Whether everything that can be opened on it is open.
        let isOpened: Bool

        init(_ name: String, _ path: String, _ who: String, _ language: Language = .german, opened isOpened: Bool = false) {
            (self.name, self.path, self.who, self.language, self.isOpened) = (name, path, who, language, isOpened)
        }

        var house: String? { who == "olaf" ? nil : Inn.id }
    }

    private static let sights = [
        Sight("login", "/login", ""),
        Sight("guest-left", "/guest/left", ""),
        Sight("guest-reserved", "/guest/reserved", ""),
        Sight("desk", "/t/seeblick/reception", "rita"),
        Sight("desk-empty", "/t/seeblick/reception?day=2027-02-01", "rita"),
        Sight("search", "/t/seeblick/reception?q=r-4", "rita"),
        Sight("orders", "/t/seeblick/orders", "rita"),
        Sight("search-nothing", "/t/seeblick/reception?q=Xaver", "rita"),
        Sight("folio", "/t/seeblick/folios/R-4711", "rita"),
        Sight("folio-opened", "/t/seeblick/folios/R-4712", "rita", opened: true),
        Sight("folio-long", "/t/seeblick/folios/R-4710", "rita"),
        Sight("folio-waiting", "/t/seeblick/folios/R-4713", "rita"),
        Sight("folio-expired", "/t/seeblick/folios/R-4708", "rita"),
        Sight("folio-chain", "/t/seeblick/folios/R-4705", "rita"),
        Sight("folio-chain-opened", "/t/seeblick/folios/R-4705", "rita", opened: true),
        Sight("folio-not-renewed", "/t/seeblick/folios/R-4704", "rita"),
        Sight("folio-closed", "/t/seeblick/folios/R-4714", "rita"),
        Sight("folio-risk", "/t/seeblick/folios/R-4717", "rita"),
        Sight("reversal", "/t/seeblick/folios/R-4711/lines/4/reversal", "rita"),
        Sight("release", "/t/seeblick/folios/R-4711/holds/1/release", "rita"),
        Sight("renew", "/t/seeblick/folios/R-4705/holds/3/renew", "rita"),
        Sight("raise", "/t/seeblick/folios/R-4711/holds/1/raise", "rita"),
        Sight("ending-holds", "/t/seeblick/ending-holds", "rita"),
        Sight("allowance", "/t/seeblick/folios/R-4711/lines/4/allowance", "rita"),
        Sight("cancellation", "/t/seeblick/folios/R-4711/cancellation", "rita"),
        Sight("no-show", "/t/seeblick/folios/R-4711/no-show", "rita"),
        Sight("check-out", "/t/seeblick/folios/R-4711/check-out", "rita"),
        Sight("checked-out", "/t/seeblick/folios/R-4714/check-out", "rita"),
        Sight("late-charge", "/t/seeblick/folios/R-4714/late-charges", "rita"),
        Sight("late-charge-opened", "/t/seeblick/folios/R-4714/late-charges", "rita", opened: true),
        Sight("folio-late-charges", "/t/seeblick/folios/R-4714", "rita"),
        Sight("late-charge-paid", "/t/seeblick/folios/R-4714-L1/check-out", "rita"),
        Sight("folio-of-late-charge", "/t/seeblick/folios/R-4714-L2", "rita"),
        Sight("document", "/t/seeblick/folios/R-4714/document", "rita"),
        Sight("forbidden", "/t/seeblick/accounting", "rita"),
        Sight("settings-read", "/t/seeblick/settings", "rita"),
        Sight("not-found", "/t/seeblick/folios/R-1", "rita"),
        Sight("desk-english", "/t/seeblick/reception", "rita", .english),
        Sight("folio-english", "/t/seeblick/folios/R-4711", "rita", .english),
        Sight("folio-opened-english", "/t/seeblick/folios/R-4712", "rita", .english, opened: true),
        Sight("raise-english", "/t/seeblick/folios/R-4711/holds/1/raise", "rita", .english),
        Sight("ending-holds-english", "/t/seeblick/ending-holds", "rita", .english),
        Sight("folio-risk-english", "/t/seeblick/folios/R-4717", "rita", .english),
        Sight("release-english", "/t/seeblick/folios/R-4711/holds/1/release", "rita", .english),
        Sight("late-charge-english", "/t/seeblick/folios/R-4714/late-charges", "rita", .english),
        Sight("check-out-english", "/t/seeblick/folios/R-4711/check-out", "rita", .english),
        Sight("accounting", "/t/seeblick/accounting", "vera"),
        Sight("accounting-opened", "/t/seeblick/accounting", "vera", opened: true),
        Sight("accounting-year", "/t/seeblick/accounting?month=2026-08", "vera"),
        Sight("closing", "/t/seeblick/accounting/2025-12/close", "vera"),
        Sight("dispute", "/t/seeblick/disputes/du_lost", "vera"),
        Sight("dispute-open", "/t/seeblick/disputes/du_asked", "vera"),
        Sight("payout", "/t/seeblick/payouts/po_made", "vera"),
        Sight("open-items", "/t/seeblick/open-items", "vera"),
        Sight("movement", "/t/seeblick/movements/txn_topup", "vera"),
        Sight("suspense", "/t/seeblick/suspense/topup", "vera"),
        Sight("rules", "/t/seeblick/rules", "vera"),
        Sight("movement-unread", "/t/seeblick/movements/txn_unread", "vera"),
        Sight("unreadable", "/t/seeblick/unreadable/txn_odd", "vera"),
        Sight("refund", "/t/seeblick/folios/R-4714/payments/1/refund", "vera"),
        Sight("refund-open", "/t/seeblick/folios/R-4715/payments/1/refund", "vera"),
        Sight("folio-set-aside", "/t/seeblick/folios/R-4715", "vera"),
        Sight("check-out-set-aside", "/t/seeblick/folios/R-4715/check-out", "vera"),
        Sight("folio-contested", "/t/seeblick/folios/R-4716", "vera"),
        Sight("folio-warned", "/t/seeblick/folios/R-4714", "vera"),
        Sight("checked-out-credit", "/t/seeblick/folios/R-4716/check-out", "vera"),
        Sight("settings", "/t/seeblick/settings", "vera"),
        Sight("users", "/t/seeblick/settings/users", "vera"),
        Sight("users-opened", "/t/seeblick/settings/users", "vera", opened: true),
        Sight("security-log", "/t/seeblick/settings/audit", "vera"),
        Sight("accounting-english", "/t/seeblick/accounting", "vera", .english),
        Sight("operator", "/operator", "olaf"),
        Sight("fees", "/operator/fees", "olaf"),
        Sight("fees-billed", "/operator/fees?month=2025-12", "olaf", opened: true),
        Sight("correction", "/operator/tenants/seeblick/fees/2025-12/correction", "olaf"),
        Sight("contract", "/operator/tenants/seeblick/contract", "olaf"),
        Sight("closing-all", "/operator/fees/2025-12/close", "olaf"),
        Sight("new-tenant", "/operator/tenants/new", "olaf"),
        Sight("set-up", "/operator/tenants/seeblick", "olaf"),
        Sight("operator-access", "/operator/access", "olaf"),
        Sight("set-up-english", "/operator/tenants/seeblick", "olaf", .english),
        Sight("operator-english", "/operator", "olaf", .english),
    ]

    /// A year of payments, and then a day on which everything happens.
    private func day() async throws -> Inn {
        let inn = try await Inn(start: "2025-12-12T08:00:00Z")
        for (index, amount) in [
            "812.00", "640.00", "955.00", "1210.00", "980.00", "1430.00", "1875.00", "2210.00", "1930.00", "1490.00", "1105.00",
        ]
        .enumerated() {
            let reference = "R-46\(10 + index)"
            try await inn.book(reference, "Familie Sommer", nights: 5, hold: amount)
            try await inn.charge(reference, .lodging, "Ferienwohnung, pauschal", amount)
            try await inn.checkOut(reference)
            try await inn.letPass(days: 31)
        }
        try await inn.book("R-4708", "Paul Neumann", room: "310", nights: 9, hold: "450.00")
        try await inn.charge("R-4708", .lodging, "Doppelzimmer, eine Nacht", "107.00", 4)
        // Held on the saved card for 4 days and 18 hours, and renewed twice until today.
        try await inn.book("R-4705", "Nora Winkler", room: "212", nights: 12, hold: "600.00")
        try await inn.charge("R-4705", .lodging, "Doppelzimmer, eine Nacht", "49.00", 7)
        try await inn.sync()
        try await inn.letPass(days: 4)
        // The bank holds nothing beside what it holds already; and a card that spends the guest's own money.
        for (reference, guest, room, card) in [
            ("R-4704", "Karl Amann", "219", "4000990000000020"), ("R-4703", "Sofia Rossi", "221", "4000056655665556"),
        ] {
            try await inn.book(reference, guest, room: room, nights: 9, card: card)
            try await inn.charge(reference, .lodging, "Einzelzimmer, eine Nacht", "30.00", 9)
            try await inn.sync()
        }
        try await inn.book("R-4706", "Greta Lindner", room: "202", nights: 6, hold: "650.00")
        try await inn.charge("R-4706", .lodging, "Doppelzimmer, eine Nacht", "107.00", 6)
        try await inn.checkOut("R-4706")
        try await inn.book("R-4707", "Ole Petersen", room: "118", nights: 2)
        try await inn.charge("R-4707", .lodging, "Doppelzimmer, eine Nacht", "107.00", 2)
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
        try await inn.chargeLate("R-4714", .minibar, "Piccolo Sekt", "8.90")
        try await inn.chargeLate("R-4714", .other, "Spiegel im Bad zerbrochen", "90.00", by: .link)
        _ = try await inn.ledger.refund(
            payment: 1, amount: inn.euros("42.00"), reason: "Eine Nacht früher abgereist", of: "R-4706", of: Inn.id, by: "user:bernd")
        try await inn.dispute("R-4620")
        for (reference, guest, charged) in [("R-4715", "Tom Berger", "107.00"), ("R-4716", "Lena Hartmann", "80.00")] {
            try await inn.book(reference, guest, room: "116", card: nil)
            _ = try await inn.ledger.releaseHold(1, of: reference, of: Inn.id, by: "user:rita")
            _ = try await inn.ledger.askForPayment(inn.euros("107.00"), on: reference, of: Inn.id, by: "user:rita")
            try await inn.guestPays(reference)
            _ = try await inn.ledger.sync(Inn.id)
            try await inn.charge(reference, .lodging, "Doppelzimmer, eine Nacht", charged)
        }
        _ = try await inn.ledger.refund(
            payment: 1, amount: inn.euros("50.00"), reason: "Lautes Zimmer", bill: .unchanged, of: "R-4715", of: Inn.id, by: "user:rita")
        try await inn.dispute("R-4716", amount: 1000)
        try await inn.book("R-4717", "Jan Winter", room: "215", card: "4000058400307872")
        try await inn.charge("R-4717", .lodging, "Doppelzimmer, eine Nacht", "107.00")
        try await inn.bankWarns("R-4714")
        // Then a new hold in the place of R-4705's would live longer.
        try await inn.letPass(hours: 1)
        _ = try await inn.ledger.sync(Inn.id)
        try await inn.checkOut("R-4716")
        _ = try await inn.ledger.sync(Inn.id)
        return inn
    }

    @Test func `can be used by everybody, on every screen, in both schemes`() async throws {
        let inn = try await day()
        let browser = inn.browser
        var (who, language) = ("", Language.german)
        let december = try inn.ledger.feePreview(Month("2025-12")!)
        let _: FeeRun = try await inn.ledger.runFees(december.month, preview: december.hash, by: "user:olaf")
        try await inn.store.write(of: Hotel.id) { book in
            let topUp = BalanceMovement(
                id: "txn_topup", type: "topup", reportingCategory: "topup", amount: Money(minorUnits: 70_000, currency: .eur),
                fee: .zero(.eur), source: "tu_1", method: nil, created: book.now)
            _ = try book.book(topUp)
            try book.settle(topUp)
            for (type, onlyOthers) in [("charge", true), ("topup", false)] {
                _ = try book.addMovementRule(
                    MovementSelection(type: type, onlyOthers: onlyOthers), to: .external("shop"), reason: "Vom Laden verkauft",
                    by: "user:vera")
            }
            try book.endMovementRule(
                try book.addMovementRule(MovementSelection(type: "advance"), to: .bank, reason: "Stripe Capital", by: "user:vera"),
                by: "user:vera")
            // The bank of the guest of R-4706 has taken back a part.
            let intent = try book.payments(of: book.folio("R-4706")!)[0].intent
            _ = try book.book(
                BalanceMovement(
                    id: "txn_lost", type: "adjustment", reportingCategory: "dispute", amount: Money(minorUnits: -20_000, currency: .eur),
                    fee: Money(minorUnits: 2000, currency: .eur), source: "du_lost", intent: intent, method: nil, created: book.now))
            for (id, state) in [("du_lost", "lost"), ("du_asked", "warning_needs_response")] {
                try book.save(
                    Dispute(
                        id: id, amount: Money(minorUnits: 20_000, currency: .eur), reason: "product_not_received", state: state,
                        created: book.now, intent: intent, evidenceDue: book.now.adding(seconds: 6 * 86_400)))
            }
            try book.save(
                Payout(
                    id: "po_made", amount: Money(minorUnits: 50_000, currency: .eur), state: "in_transit",
                    arrivalDate: book.now.day(in: book.tenant.timeZone).adding(days: 2), automatic: false, created: book.now))
            _ = try book.book(
                BalanceMovement(
                    id: "txn_payout", type: "payout", reportingCategory: "payout", amount: Money(minorUnits: -50_000, currency: .eur),
                    fee: .zero(.eur), source: "po_made", method: nil, created: book.now))
            let unread = BalanceMovement(
                id: "txn_unread", type: "charge", reportingCategory: "charge", amount: Money(minorUnits: 5000, currency: .eur),
                fee: .zero(.eur), source: "ch_1", method: nil, created: book.now)
            _ = try book.book(unread)
            try book.setFailure(.unanswered(.serverError, words: "HTTP 500"), of: unread)
            try book.noteUnreadable("txn_odd", .unanswered(.unusable, words: "amount has the wrong type"))
        }
        for sight in Self.sights {
            try await browser.set(width: 1440)
            if sight.who != who {
                try await inn.logIn(sight.who, house: sight.house)
                (who, language) = (sight.who, .german)
            }
            try await inn.go(sight.path)
            if sight.language != language {
                try await browser.click(sight.language == .english ? "English" : "Deutsch")
                language = sight.language
            }
            if sight.isOpened { try await browser.run("document.querySelectorAll('main details').forEach((each) => each.open = true)") }
            try await browser.portray(sight.name)
        }
        try await inn.go("/t/seeblick/folios/R-4714/document")
        #expect(try await browser.pagesOnPaper() == 1, "the document is one sheet")
        await inn.close()
    }

    @Test func `is every page that there is`() {
        let seen = Self.sights.map { sight in sight.path.prefix { $0 != "?" }.split(separator: "/").map(String.init) }
        for route in Route.all where route.method == "GET" && !route.path.parts.isEmpty && !route.path.text.contains(".") {
            #expect(seen.contains { route.path.match($0) != nil }, "no picture of \(route.path.text)")
        }
    }
}
