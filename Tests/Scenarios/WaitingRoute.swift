import JSON
import TestSupport
import Testing

/// A route whose answer waits for Stripe: what has to stand before it, what is asked, and what it must come to.
enum WaitingRoute: String, CaseIterable, Sendable {
    case booking, hold, payment, release, refund, checkOut, cancellation, noShow, withdrawal, lateCharge

    /// The call that it makes at Stripe.
    var call: String {
        switch self {
        case .booking, .hold, .payment: "POST /v1/checkout/sessions"
        case .release: "POST /v1/payment_intents/{id}/cancel"
        case .refund, .cancellation: "POST /v1/refunds"
        case .checkOut, .noShow: "POST /v1/payment_intents/{id}/capture"
        case .withdrawal: "POST /v1/checkout/sessions/{id}/expire"
        case .lateCharge: "POST /v1/payment_intents"
        }
    }

    static var calls: Set<String> { Set(allCases.map(\.call)) }

    /// The status of its final answer.
    var status: Int {
        switch self {
        case .booking, .hold, .payment, .refund, .lateCharge: 201
        case .release, .checkOut, .cancellation, .noShow, .withdrawal: 200
        }
    }

    /// The folio on which it acts, when it is asked for on another.
    func folio(_ reference: String) -> String { self == .lateCharge ? "\(reference)-L1" : reference }

    /// A guest who has reserved, or paid; Stripe's news is read afterwards.
    func arrive(_ reference: String, at tenant: String, _ both: TwoProcesses) async throws {
        switch self {
        case .booking: break
        case .refund, .cancellation: try await both.stay(reference, at: tenant, paid: 10700)
        // The bank asks the guest about everything that is charged later.
        case .withdrawal: try await both.stay(reference, at: tenant, card: "4000002760003184")
        default: try await both.stay(reference, at: tenant)
        }
    }

    /// What is to be asked, when all is prepared for it.
    func request(_ reference: String, at tenant: String, _ both: TwoProcesses) async throws -> (path: String, body: JSON?) {
        let folio = "/folios/\(reference)"
        switch self {
        case .booking:
            return (
                "/folios",
                JSON.stay(reference)
            )
        case .hold: return (folio + "/holds", ["amount": 5000])
        case .payment: return (folio + "/payments", ["amount": 5000])
        case .release: return (folio + "/holds/1/release", nil)
        case .refund: return (folio + "/payments/1/refunds", ["amount": 1000, "reason": "noise", "bill": "unchanged"])
        case .checkOut:
            try await both.charge(21400, on: reference, at: tenant)
            return (folio + "/check-out", ["plan": try await both.plan(reference, at: tenant)])
        case .cancellation: return (folio + "/cancellation", ["reason": "ill"])
        case .noShow: return (folio + "/no-show", ["fee": 5000, "reason": "did not come"])
        case .withdrawal:
            try await both.charge(34330, on: reference, at: tenant)
            let waiting = try await both.send(
                "POST", folio + "/check-out", at: tenant, ["plan": try await both.plan(reference, at: tenant)])
            #expect(waiting.status == 202, "\(waiting.text)")
            return (folio + "/check-out/withdrawal", nil)
        case .lateCharge:
            try await both.charge(21400, on: reference, at: tenant)
            let left = try await both.send(
                "POST", folio + "/check-out", at: tenant, ["plan": try await both.plan(reference, at: tenant)])
            #expect(left.status == 200, "\(left.text)")
            return (folio + "/late-charges", ["lines": [["category": "minibar", "description": "Beer", "unit_amount": 890]]])
        }
    }

    /// - Parameter isSentAnew: The page was made by a call whose key Stripe had forgotten, so there is another one that nobody knows and
    ///   that has expired.
    func expect(_ stripe: AtStripe?, _ answer: House.Answer, isSentAnew: Bool, _ comment: Comment) {
        let (taken, refunds, open) = (stripe?.taken ?? [], stripe?.refunds ?? [], stripe?.openPages ?? [])
        switch self {
        case .booking, .hold, .payment:
            let pages = self == .booking ? 1 : 2
            #expect(taken == [] && refunds == [] && open.count == 1, comment)
            #expect(isSentAnew || stripe?.sessions.count == pages, comment)
            #expect(open.first.map { answer.json["payment_url"]?.textValue?.contains($0) == true } == true, comment)
        case .release: #expect(stripe?.intents.map(\.status) == ["canceled"] && taken == [], comment)
        case .refund: #expect(taken == [10700] && refunds == [1000], comment)
        case .checkOut: #expect(taken == [21400] && answer.json["state"] == "checked_out", comment)
        case .cancellation: #expect(taken == [10700] && refunds == [10700] && answer.json["state"] == "cancelled", comment)
        case .noShow: #expect(taken == [5000] && answer.json["state"] == "no_show", comment)
        case .lateCharge: #expect(taken == [890] && answer.json["state"] == "checked_out", comment)
        case .withdrawal: #expect(taken == [30000] && open == [] && answer.json["state"] == "open", comment)
        }
    }
}
