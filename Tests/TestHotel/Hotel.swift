import Foundation
import Ledger
import LedgerService
import LedgerStore
import TestStore
import TestSupport

/// Hotel Seeblick: the service over a ledger file, with a Stripe that answers over HTTP, and time that moves on order.
package final class Hotel: AtHotel {
    package static let id = "seeblick"

    package let file: LedgerFile
    package let simulator: SimulatorProcess
    package let ledger: LedgerService
    package var hotel: Hotel { self }

    /// - Parameters:
    ///   - start: The morning on which the story begins.
    ///   - publicURL: Where browsers reach the service, if they do.
    ///   - webhook: What Stripe signs its news with, if it brings them.
    package init(
        start: String = SettableClock.start, settings: Tenant.Settings = .init(), publicURL: String? = nil, webhook: NewWebhookSecret? = nil
    ) async throws {
        file = try LedgerFile(clock: SettableClock(Instant(start)!))
        simulator = try await SimulatorProcess(clock: start)
        let unreached = LedgerService.over(file.store, stripe: simulator.url)
        ledger = publicURL.map { unreached.reached(at: $0) } ?? unreached
        var tenant = NewTenant(id: Self.id, name: "Hotel Seeblick")
        tenant.settings = settings
        _ = try await ledger.addTenant(tenant)
        _ = try await ledger.setStripeAccount(of: Self.id, secretKey: "sk_test_seeblick", webhook: webhook, by: "test")
    }

    /// A second program on the same file, with connections of its own.
    package func anotherProgram() throws -> LedgerService { .over(try file.openedAgain(), stripe: simulator.url) }
}

/// What happens at a hotel: at the hotel itself, and at what is built around one, such as its pages.
package protocol AtHotel: Sendable {
    var hotel: Hotel { get }
}

extension AtHotel {
    package var folder: TemporaryFolder { hotel.file.folder }
    package var clock: SettableClock { hotel.file.clock }
    package var store: Database { hotel.file.store }
    package var simulator: SimulatorProcess { hotel.simulator }
    package var ledger: LedgerService { hotel.ledger }

    package func euros(_ text: String) -> Money { try! Money(reading: text, in: .eur) }

    // MARK: - Time and guests

    package func letPass(days: Int = 0, hours: Int = 0, seconds: Int = 0) async throws {
        let advance = days * 86_400 + hours * 3600 + seconds
        try await simulator.letPass(seconds: advance)
        clock.advance(seconds: Int64(advance))
    }

    /// The id of the page on which the guest of a folio can pay.
    ///
    /// - Throws: `NoPage`.
    package func page(of reference: String) throws -> String {
        guard let session = try folio(reference).folio.paymentURL?.firstMatch(of: /cs_[A-Za-z0-9_]+/) else { throw NoPage() }
        return String(session.0)
    }

    package func guestPays(_ reference: String, card: String = "4242424242424242") async throws {
        try await simulator.order("POST", "/_sim/checkout/\(try page(of: reference))/pay", ["card": card])
    }

    /// Klarna, Sofort or giropay, the way to the bank and back included.
    package func guestPays(_ reference: String, with method: Ledger.PaymentMethod) async throws {
        try await simulator.order("POST", "/_sim/checkout/\(try page(of: reference))/pay", ["method": method.rawValue])
    }

    /// The account at Stripe offers these from now on.
    package func offer(_ methods: [Ledger.PaymentMethod]) async throws {
        try await simulator.order("POST", "/_sim/account", ["methods": methods.map(\.rawValue)])
    }

    @discardableResult package func sync() async throws -> SyncReport { try await ledger.sync(Hotel.id) }

    // MARK: - The desk

    /// Puts things on the price list: code, description, price in minor units, category.
    package func sell(_ items: [(String, String, Int64, Ledger.Category)]) async throws {
        for (sku, description, price, category) in items {
            let price = Money(minorUnits: price, currency: .eur)
            try await ledger.setCatalogueItem(
                CatalogueItem(sku: sku, LineTerms(category, description, price), taxRate: nil), of: Hotel.id)
        }
    }

    /// Opens a stay from today for so many nights and, unless told otherwise, has the guest reserve the amount.
    package func book(
        _ reference: String, guest: String = "Anna Weiss", email: String = "anna@example.com", room: String? = "204", nights: Int = 2,
        inDays lead: Int = 0, hold: String = "300.00", card: String? = "4242424242424242", mode: Folio.Mode = .reserved,
        method: Ledger.PaymentMethod = .card
    ) async throws {
        let arrival = clock.now.day(in: TimeZone(identifier: "Europe/Berlin")!).adding(days: lead)
        var new = NewFolio(
            reference: reference, guest: .init(name: guest, email: email), arrival: arrival,
            departure: arrival.adding(days: nights), mode: mode, amount: euros(hold))
        (new.room, new.method) = (room, method)
        _ = try await ledger.openFolio(new, of: Hotel.id, by: "test")
        if let card {
            try await guestPays(reference, card: card)
            try await sync()
        }
    }

    /// - Parameter description: The category's name if none is given.
    package func charge(
        _ reference: String, _ category: Ledger.Category, _ price: String, quantity: Int64 = 1, description: String? = nil,
        by actor: String = "reception"
    ) async throws {
        let line = NewLine.free(
            category: category, description: description ?? category.name, quantity: quantity, unitAmount: euros(price))
        _ = try await ledger.addLine(line, to: reference, of: Hotel.id, by: actor)
    }

    /// As shown, and also where nothing has been charged.
    @discardableResult package func checkOut(_ reference: String, by actor: String = "reception") async throws -> CheckOutResult {
        let plan = try ledger.checkOutPreview(reference, of: Hotel.id).plan
        return try await ledger.checkOut(reference, plan: plan.id, nothingCharged: true, of: Hotel.id, by: actor)
    }

    package func folio(_ reference: String) throws -> FolioView { try ledger.folio(reference, of: Hotel.id) }

    /// What the simulator's own books say of this hotel's account.
    package func atStripe(_ path: String) async throws -> [String: Any] { try await simulator.order("GET", path) }
}
