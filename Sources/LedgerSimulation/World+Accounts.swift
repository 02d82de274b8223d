import Foundation
import JSON
import Ledger
import LedgerService
import StripeSimulator

extension World {
    /// What an endpoint is set up for: what the ledger reads, and what it has to hear of others.
    private static let eventTypes =
        LedgerService.eventTypes + ["customer.deleted", "payment_method.detached", "payment_method.automatically_updated"]

    /// Opens the accounts at Stripe, and the hotels in their ledgers.
    func openAccounts() throws {
        // The one takes what German guests like to pay with, and is shared. The other may raise, lengthen and divide its holds.
        for hotel in hotels {
            if let first = hotels.first(where: { $0.account == hotel.account }), first.index < hotel.index {
                order("account", ["key": .text(hotel.key), "same_as": .text(first.key)])
                continue
            }
            let isRich = hotel.account == 1
            // With some banks a charge is on the balance only hours later.
            let delay = size.has(.movements) && dice.chance(40) ? dice.pick([90, 5 * 3600]) : nil
            transactionDelays[hotel.account] = delay
            // Without it its holds end as early as those of the others.
            let extends = !size.has(.cover) || dice.chance(50)
            let rich = ["incremental_authorization", "overcapture", "multicapture"] + (extends ? ["extended_authorization"] : [])
            order(
                "account",
                [
                    "key": .text(hotel.key), "payouts": ["schedule": isRich ? "daily" : "manual", "delay_days": 3],
                    "methods": isRich ? ["card"] : ["card", "klarna", "sofort"],
                    "features": isRich ? JSON(rich) : [],
                    "transaction_delay": delay.map { .int($0) } ?? .null,
                ])
        }
        order("account", ["key": .text(Self.shopKey), "same_as": .text(hotels[0].key)])
        for index in hotels.indices {
            let hotel = hotels[index]
            let types = Self.eventTypes.enumerated().map { "&enabled_events%5B\($0.offset)%5D=\($0.element)" }.joined()
            let endpoint = dashboard(hotel.key, "POST", "/v1/webhook_endpoints", "url=http://ledger/\(index)\(types)")
            let secret = endpoint["secret"]?.textValue ?? ""
            hotels[index].webhookSecret = secret
            var new = NewTenant(id: hotel.id, name: hotel.id)
            if hotel.account == 1 { new.settings.cardFeatures = Set(CardFeature.allCases) } else { new.settings.legacyMethods = [.sofort] }
            new.settings.renewsDebit = hotel.renewsDebit
            // The planted bug: for longer than promised.
            new.settings.lateChargeDays = plant == .keptTooLong ? 60 : hotel.lateDays
            // The planted bug: it is the night of another place that is spared.
            if plant == .renewedAtNight { new.timeZone = TimeZone(identifier: "Pacific/Auckland")! }
            let (id, key) = (hotel.id, hotel.key)
            run(reader(of: hotel), "a tenant") { [new] ledger in
                _ = try await ledger.addTenant(new)
                // The key is tried first; whoever sets it comes again until Stripe has answered.
                while true {
                    do {
                        try await ledger.setStripeAccount(of: id, secretKey: key, webhook: NewWebhookSecret(secret), by: "simulation")
                        break
                    } catch ServiceRefusal.stripeUnreachable {}
                }
            }
            finish()
        }
    }

    /// The key of the shop that is on the first account, too.
    static let shopKey = "sk_test_shop"
}
