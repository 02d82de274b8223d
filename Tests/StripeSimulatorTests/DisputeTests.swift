import Testing

@testable import StripeSimulator

@Suite struct DisputeTests {
    let bench = Bench()

    private func disputed(_ card: String = "pm_card_createDispute") -> Bench.Answer {
        bench.pay(card: card)
        bench.time.advance(seconds: 3)
        return bench.get("/v1/disputes/" + (bench.get("/v1/disputes").data.first?["id"]?.textValue ?? ""))
    }

    @Test func `a dispute takes the amount and a fee, and a win brings back the amount only`() {
        let dispute = disputed()
        #expect(dispute.text("status") == "needs_response")
        #expect(dispute.int("balance_transactions.0.amount") == -6500)
        #expect(dispute.int("balance_transactions.0.fee") == 2000)
        #expect(dispute.text("balance_transactions.0.reporting_category") == "dispute")
        #expect(bench.post("/v1/refunds", "charge=\(dispute.text("charge"))").error == "400 charge_disputed -")
        #expect(bench.get("/v1/balance_transactions", "source=\(dispute.id)").data.isEmpty)
        #expect(bench.post("/v1/disputes/\(dispute.id)", "evidence[uncategorized_text]=winning_evidence").text("status") == "under_review")
        bench.time.advance(seconds: 2)
        let won = bench.get("/v1/disputes/\(dispute.id)")
        #expect(won.text("status") == "won")
        #expect(won.int("balance_transactions.1.amount") == 6500)
        #expect(won.int("balance_transactions.1.fee") == 0)
        #expect(
            bench.eventTypes().suffix(5) == [
                "charge.dispute.created", "charge.dispute.funds_withdrawn", "charge.dispute.updated", "charge.dispute.funds_reinstated",
                "charge.dispute.closed",
            ])
    }

    @Test func `nobody answers, or the evidence loses: the money is gone`() {
        let lost = disputed()
        bench.time.advance(seconds: 20 * day)
        #expect(bench.get("/v1/disputes/\(lost.id)").text("status") == "lost")
        let other = disputed()
        bench.post("/v1/disputes/\(other.id)", "evidence[uncategorized_text]=losing_evidence")
        bench.time.advance(seconds: 2)
        #expect(bench.get("/v1/disputes/\(other.id)").text("status") == "lost")
    }

    @Test func `a charge that is past refunds says so, until it is not`() {
        let paid = bench.pay()
        let charge = paid.text("latest_charge")
        bench.order("charges/\(charge)", #"{"refundable":false}"#)
        #expect(bench.post("/v1/refunds", "payment_intent=\(paid.id)").error == "400 charge_not_refundable -")
        bench.order("charges/\(charge)", #"{"refundable":true}"#)
        #expect(bench.post("/v1/refunds", "payment_intent=\(paid.id)").text("status") == "succeeded")
        #expect(bench.order("charges/\(charge)", #"{"colour":"red"}"#).status == 400)
    }

    @Test func `an inquiry moves no money and leaves the charge refundable`() {
        let inquiry = disputed("pm_card_createDisputeInquiry")
        #expect(inquiry.text("status") == "warning_needs_response")
        #expect(inquiry["balance_transactions"] == [])
        #expect(bench.post("/v1/refunds", "charge=\(inquiry.text("charge"))").status == 200)
    }
}
