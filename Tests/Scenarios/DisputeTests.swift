import Ledger
import LedgerService
import LedgerStore
import TestHotel
import Testing

@testable import LedgerService

/// A guest's bank takes back what was paid: the guest owes it again, from the day on which it did until it comes back.
@Suite struct `What a bank contests` {
    /// A stay of 214.00 that is paid and closed on 3 December, and contested on the 5th.
    private func contested() async throws -> (hotel: Hotel, dispute: String) {
        let hotel = try await Hotel(start: "2026-12-01T08:00:00Z")
        try await hotel.book("R-1", hold: "214.00", mode: .direct)
        try await hotel.charge("R-1", .lodging, "107.00", quantity: 2)
        try await hotel.letPass(days: 2)
        let payment = try #require(try await hotel.checkOut("R-1").view.payments.first)
        try await hotel.letPass(days: 2)
        let charge = try #require(try await hotel.atStripe("/v1/payment_intents/\(payment.intent ?? "")")["latest_charge"] as? String)
        let made = try await hotel.simulator.order("POST", "/_sim/charges/\(charge)/dispute", ["reason": "fraudulent"])
        // Nobody hears of it before the next day.
        try await hotel.letPass(days: 1)
        try await hotel.sync()
        return (hotel, try #require(made["id"] as? String))
    }

    private func open(_ hotel: Hotel, on day: String) throws -> [String] {
        try hotel.ledger.openItems(asOf: Day(day), of: Hotel.id).map { "\($0.folio.reference) \($0.why.rawValue) \($0.open.minorUnits)" }
    }

    private func kinds(_ hotel: Hotel) throws -> [String] {
        var kinds: [String] = []
        try hotel.ledger.eachEntry(of: Hotel.id) { entry, _ in
            if entry.kind.hasPrefix("dispute") {
                kinds.append("\(entry.occurredOn) \(entry.kind) \(entry.debit) \(entry.credit) \(entry.amount) \(entry.folio ?? "")")
            }
        }
        return kinds
    }

    @Test func `is open from the day on which it is withdrawn until the day on which it is won`() async throws {
        let (hotel, dispute) = try await contested()
        #expect(try open(hotel, on: "2026-12-04") == [] && open(hotel, on: "2026-12-05") == ["R-1 withdrawn 21400"])
        let view = try hotel.ledger.dispute(dispute, of: Hotel.id)
        #expect(view.step == .submitEvidence && view.open == hotel.euros("214.00") && !view.mayBeWrittenOff)
        try await hotel.dashboard("/v1/disputes/\(dispute)", "evidence[uncategorized_text]=photographs&submit=true")
        try await hotel.sync()
        #expect(try hotel.ledger.dispute(dispute, of: Hotel.id).step == .wait)
        try await hotel.letPass(days: 14)
        try await hotel.simulator.order("POST", "/_sim/disputes/\(dispute)", ["outcome": "won"])
        try await hotel.letPass(days: 11)
        try await hotel.sync()
        #expect(try open(hotel, on: "2026-12-04") == [])
        #expect(try open(hotel, on: "2026-12-10") == ["R-1 withdrawn 21400"] && open(hotel, on: "2026-12-19") == ["R-1 withdrawn 21400"])
        #expect(try open(hotel, on: "2026-12-20") == [] && open(hotel, on: "2026-12-31") == [])
        #expect(
            try kinds(hotel) == [
                "2026-12-05 dispute folio:R-1 stripe 21400 R-1", "2026-12-20 dispute_reinstated stripe folio:R-1 21400 R-1",
            ])
        #expect(try hotel.ledger.dispute(dispute, of: Hotel.id).step == .none)
        #expect(throws: ServiceRefusal.self) { try hotel.ledger.openItems(asOf: Day("2027-01-02"), of: Hotel.id) }
        try await hotel.expectAgreement()
    }

    @Test func `changes no balance when it is lost, and is written off once, with a reason`() async throws {
        let (hotel, dispute) = try await contested()
        let before = try hotel.folio("R-1").totals
        #expect(before.open == hotel.euros("214.00") && before.withdrawn == before.open && before.unpaid.isZero)
        await #expect(throws: ServiceRefusal.self, "it is not decided") {
            try await hotel.ledger.writeOffDispute(dispute, reason: "gone", of: Hotel.id, by: "user:anna")
        }
        try await hotel.simulator.order("POST", "/_sim/disputes/\(dispute)", ["outcome": "lost"])
        try await hotel.sync()
        let lost = try hotel.folio("R-1").totals
        #expect(lost.open == before.open && lost.withdrawn == before.withdrawn)
        let view = try hotel.ledger.dispute(dispute, of: Hotel.id)
        #expect(view.step == .settle && view.mayBeWrittenOff)
        await #expect(throws: ServiceRefusal.self, "why is missing") {
            try await hotel.ledger.writeOffDispute(dispute, reason: " ", of: Hotel.id, by: "user:anna")
        }
        try await hotel.letPass(days: 2)
        let written = try await hotel.ledger.writeOffDispute(dispute, reason: "cannot be reached", of: Hotel.id, by: "user:anna")
        #expect(written.writtenOff == hotel.euros("214.00") && written.atStake == 0)
        #expect(try hotel.folio("R-1").totals.open.isZero)
        #expect(try open(hotel, on: "2026-12-07") == ["R-1 withdrawn 21400"] && open(hotel, on: "2026-12-08") == [])
        #expect(
            try kinds(hotel) == [
                "2026-12-05 dispute folio:R-1 stripe 21400 R-1", "2026-12-08 dispute_written_off disputes folio:R-1 21400 R-1",
            ])
        let last = try #require(try hotel.ledger.dispute(dispute, of: Hotel.id).entries.last)
        #expect(last.reason == "cannot be reached" && last.actor == "user:anna")
        await #expect(throws: ServiceRefusal.self, "nothing is left") {
            try await hotel.ledger.writeOffDispute(dispute, reason: "again", of: Hotel.id, by: "user:anna")
        }
        try await hotel.expectAgreement()
    }

    /// A payment of 30 November that is contested then; the bank decides at 23:30 on 31 December, and nobody hears of it before 2 January.
    @Test(arguments: ["won", "lost"])
    func `is counted in the months in which it was withdrawn and decided`(outcome: String) async throws {
        let hotel = try await Hotel(start: "2026-11-30T08:00:00Z")
        try await hotel.book("R-1", hold: "214.00", mode: .direct)
        try await hotel.charge("R-1", .lodging, "214.00")
        let payment = try #require(try await hotel.checkOut("R-1").view.payments.first)
        let charge = try #require(try await hotel.atStripe("/v1/payment_intents/\(payment.intent ?? "")")["latest_charge"] as? String)
        let made = try await hotel.simulator.order("POST", "/_sim/charges/\(charge)/dispute", ["reason": "fraudulent"])
        let dispute = try #require(made["id"] as? String)
        try await hotel.letPass(days: 2)
        try await hotel.sync()
        try await hotel.dashboard("/v1/disputes/\(dispute)", "evidence[uncategorized_text]=photographs&submit=true")
        try await hotel.letPass(days: 29)
        try await hotel.letPass(seconds: 14 * 3600 + 1800)
        try await hotel.simulator.order("POST", "/_sim/disputes/\(dispute)", ["outcome": outcome])
        try await hotel.letPass(days: 2)
        try await hotel.sync()
        func counts(_ month: String) throws -> [Int64] {
            try hotel.ledger.statement(Month(month)!, of: Hotel.id).disputes.counts.map(\.count)
        }
        #expect(try counts("2026-11") == [1, 0, 0] && counts("2027-01") == [0, 0, 0])
        #expect(try counts("2026-12") == (outcome == "won" ? [0, 1, 0] : [0, 0, 1]))
        try await hotel.expectAgreement()
    }

    @Test func `is nothing while the bank only asks`() async throws {
        let hotel = try await Hotel(start: "2026-12-01T08:00:00Z")
        try await hotel.book("R-1", hold: "214.00", mode: .direct)
        try await hotel.charge("R-1", .lodging, "214.00")
        let payment = try #require(try await hotel.checkOut("R-1").view.payments.first)
        let charge = try #require(try await hotel.atStripe("/v1/payment_intents/\(payment.intent ?? "")")["latest_charge"] as? String)
        let made = try await hotel.simulator.order("POST", "/_sim/charges/\(charge)/dispute", ["inquiry": true])
        try await hotel.sync()
        let view = try hotel.ledger.dispute(try #require(made["id"] as? String), of: Hotel.id)
        #expect(view.step == .answerInquiry && view.entries.isEmpty && view.open == nil)
        #expect(try open(hotel, on: "2026-12-01") == [])
    }
}
