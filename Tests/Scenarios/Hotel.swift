import Foundation
import Ledger
import LedgerService
import LedgerStore
import Stripe
import TestSupport
import Testing

/// Hotel Seeblick: a tenant on a real file, with a Stripe that answers over HTTP, and time that moves on order.
final class Hotel: Sendable {
    static let id = "seeblick"

    let folder: TemporaryFolder
    let simulator: SimulatorProcess
    let clock: SettableClock
    let store: Database
    let ledger: LedgerService

    /// - Parameter start: The morning on which the story begins.
    init(start: String = "2026-11-18T08:00:00Z", settings: Tenant.Settings = .init()) async throws {
        folder = try TemporaryFolder()
        simulator = try await SimulatorProcess(clock: start)
        clock = SettableClock(Instant(start)!)
        let clock = clock
        store = try Database(path: folder.file("ledger.db"), clock: { clock.now })
        ledger = Self.program(store, simulator.url)
        var tenant = NewTenant(id: Self.id, name: "Hotel Seeblick")
        tenant.settings = settings
        _ = try await ledger.addTenant(tenant)
        try await ledger.setStripeAccount(of: Self.id, secretKey: "sk_test_seeblick", by: "test")
    }

    private static func program(_ store: Database, _ url: String) -> LedgerService {
        let keyRing = KeyRing(keys: [Array(0..<32)])!
        let transport = CurlTransport()
        return LedgerService(store: store, random: RandomSource(SystemRandomNumberGenerator()), asksFirst: false, keyRing: { keyRing }) {
            StripeClient(key: $0, baseURL: url, transport: transport)
        }
    }

    /// A second program on the same file, with connections of its own.
    func anotherProgram() throws -> LedgerService {
        let clock = clock
        return Self.program(try Database(path: folder.file("ledger.db"), clock: { clock.now }), simulator.url)
    }

    // MARK: - Time and guests

    func letPass(days: Int = 0, hours: Int = 0, seconds: Int = 0) async throws {
        let advance = days * 86_400 + hours * 3600 + seconds
        try await simulator.order("POST", "/_sim/clock", ["advance_seconds": advance])
        clock.set(clock.now.adding(seconds: Int64(advance)))
    }

    func guestPays(_ reference: String, card: String = "4242424242424242") async throws {
        let url = try #require(try ledger.folio(reference, of: Self.id).folio.paymentURL, "the guest has no page")
        let session = try #require(url.firstMatch(of: /cs_[A-Za-z0-9_]+/)).0
        try await simulator.order("POST", "/_sim/checkout/\(session)/pay", ["card": card])
    }

    /// Klarna, Sofort or giropay, the way to the bank and back included.
    func guestPays(_ reference: String, with method: Ledger.PaymentMethod) async throws {
        let url = try #require(try ledger.folio(reference, of: Self.id).folio.paymentURL, "the guest has no page")
        let session = try #require(url.firstMatch(of: /cs_[A-Za-z0-9_]+/)).0
        try await simulator.order("POST", "/_sim/checkout/\(session)/pay", ["method": method.rawValue])
    }

    /// The account at Stripe offers these from now on.
    func offer(_ methods: [Ledger.PaymentMethod]) async throws {
        try await simulator.order("POST", "/_sim/account", ["methods": methods.map(\.rawValue)])
    }

    @discardableResult func sync() async throws -> SyncReport { try await ledger.sync(Self.id) }

    // MARK: - The desk

    func euros(_ text: String) -> Money { try! Money(reading: text, in: .eur) }

    /// Opens a stay from today for so many nights and, unless told otherwise, has the guest reserve the amount.
    func book(
        _ reference: String, nights: Int = 2, inDays lead: Int = 0, hold: String = "300.00", card: String? = "4242424242424242",
        mode: Folio.Mode = .reserved, method: Ledger.PaymentMethod = .card
    ) async throws {
        let today = clock.now.day(in: TimeZone(identifier: "Europe/Berlin")!)
        let arrival = today.adding(days: lead)
        var new = NewFolio(
            reference: reference, guest: .init(name: "Anna Weiss", email: "anna@example.com"), arrival: arrival,
            departure: arrival.adding(days: nights), mode: mode, amount: euros(hold))
        new.method = method
        _ = try await ledger.openFolio(new, of: Self.id, by: "test")
        if let card {
            try await guestPays(reference, card: card)
            try await sync()
        }
    }

    func charge(_ reference: String, _ category: Category, _ price: String, quantity: Int64 = 1) async throws {
        let line = NewLine.free(category: category, description: category.name, quantity: quantity, unitAmount: euros(price))
        _ = try await ledger.addLine(line, to: reference, of: Self.id, by: "reception")
    }

    @discardableResult func checkOut(_ reference: String) async throws -> CheckOutResult {
        let plan = try ledger.checkOutPreview(reference, of: Self.id).plan
        return try await ledger.checkOut(reference, plan: plan.id, of: Self.id, by: "reception")
    }

    func folio(_ reference: String) throws -> FolioView { try ledger.folio(reference, of: Self.id) }

    /// What the simulator's own books say of this hotel's account.
    func atStripe(_ path: String) async throws -> [String: Any] { try await simulator.order("GET", path) }

    /// The books are whole, agree with Stripe, and balance.
    func expectAgreement(_ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await letPass(seconds: 10)
        try await sync()
        let reconciliation = try await ledger.reconcile(Self.id)
        #expect(reconciliation.differences.isEmpty, comment, sourceLocation: sourceLocation)
        for (_, check) in try ledger.verify() {
            #expect(check.defects.isEmpty, comment, sourceLocation: sourceLocation)
            #expect(check.debits == check.credits, sourceLocation: sourceLocation)
        }
    }
}
