import Foundation
import TestSupport

/// What Stripe took from each guest, read from the simulator's own books and never from ours.
struct StripeBooks {
    /// By the guest's customer, whom the page made: nothing here depends on what the ledger wrote to Stripe.
    private(set) var taken: [String: [Int]] = [:]
    private(set) var givenBack: [String: [Int]] = [:]
    /// Intents that still hold a guest's money, or wait for something.
    private(set) var unfinished: [String] = []
    private let customers: [String: String]
    /// Over the whole account.
    let captured: Int
    let refunded: Int

    init(_ simulator: SimulatorProcess) async throws {
        func all(_ path: String) async throws -> [[String: Any]] {
            var found: [[String: Any]] = []
            while true {
                let after = (found.last?["id"] as? String).map { "&starting_after=\($0)" } ?? ""
                let page = try await simulator.order("GET", "\(path)?limit=100\(after)")
                found += page["data"] as? [[String: Any]] ?? []
                if page["has_more"] as? Bool != true { return found }
            }
        }
        let sessions = try await all("/v1/checkout/sessions")
        customers = Dictionary(
            sessions.compactMap { session in (session["customer"] as? String).map { (session["id"] as? String ?? "", $0) } }
        ) { first, _ in first }
        var customerOfIntent: [String: String] = [:]
        for intent in try await all("/v1/payment_intents") {
            let (id, customer) = (intent["id"] as? String ?? "", intent["customer"] as? String ?? "nobody")
            customerOfIntent[id] = customer
            let received = intent["amount_received"] as? Int ?? 0
            if received > 0 { taken[customer, default: []].append(received) }
            let status = intent["status"] as? String ?? ""
            if !["succeeded", "canceled"].contains(status) { unfinished.append("\(id) of \(customer): \(status)") }
        }
        for refund in try await all("/v1/refunds") where refund["status"] as? String == "succeeded" {
            let customer = customerOfIntent[refund["payment_intent"] as? String ?? ""] ?? "nobody"
            givenBack[customer, default: []].append(refund["amount"] as? Int ?? 0)
        }
        let account = (try await simulator.order("GET", "/_sim/ledger")["accounts"] as? [[String: Any]])?.first
        captured = (account?["captured"] as? [String: Int])?["eur"] ?? 0
        refunded = (account?["refunded"] as? [String: Int])?["eur"] ?? 0
    }

    /// What was taken from the guest who left a card on a page, and what was given back.
    func movements(page: String) -> (taken: [Int], givenBack: [Int]) {
        let customer = page.firstMatch(of: /cs_[A-Za-z0-9_]+/).flatMap { customers[String($0.0)] } ?? "none"
        return (taken[customer, default: []].sorted(), givenBack[customer, default: []])
    }
}
