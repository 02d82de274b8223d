import Foundation
import Ledger
import Testing

@Suite struct `Notices on a folio` {
    private static let amount = Money(minorUnits: 12_345, currency: .eur)
    private static let all: [FolioNotice] =
        [
            .holdLapsesSoon(amount, at: Instant("2026-11-24T08:30:00Z")!), .holdLapsed(amount), .holdRefused(amount, why: "Zu wenig Geld."),
            .cardNotSaved, .linkUnpaid, .paymentFailed(amount, .klarna, why: nil, onClosed: false),
            .paymentFailed(amount, .sofort, why: "No money.", onClosed: true), .paidTooMuch(amount), .refundFailed(amount),
            .disputed(amount, why: "fraudulent"), .disputeWon(amount), .disputeLost(amount),
            .callDismissed(.refund, why: "The guest was paid in cash.", at: Instant("2026-11-24T08:30:00Z")!), .linkWithdrawn,
        ] + Purpose.allCases.map { .callParked($0) } + FolioNotice.Page.allCases.map { .pageRefused($0, why: "No such customer.") }

    @Test(arguments: all)
    func `come back from their code and facts`(_ notice: FolioNotice) {
        #expect(FolioNotice(code: notice.code, notice.facts) == notice)
    }

    @Test func `have each a code of its own, and all are listed`() {
        let codes = Set(Self.all.map(\.code)).union([FolioNotice.sentence("x").code])
        #expect(codes == Set(FolioNotice.codes) && FolioNotice.codes.count == codes.count)
    }

    @Test(arguments: all)
    func `are told in both languages, with their amount and what was said`(_ notice: FolioNotice) {
        let zone = TimeZone(identifier: "Europe/Berlin")!
        let (german, english) = (notice.sentence(in: .german, zone: zone), notice.sentence(in: .english, zone: zone))
        #expect(german != english)
        for text in [german, english] {
            #expect(text.hasSuffix("."))
            #expect(notice.facts.why.map { text.contains($0) } ?? true, "\(text)")
        }
        if notice.facts.amount != nil { #expect(german.contains("123,45\u{A0}€") && english.contains("€123.45")) }
        if notice.facts.at != nil { #expect(german.contains("24.11.2026, 09:30") && english.contains("24 Nov 2026, 09:30")) }
    }

    @Test func `that were kept as a sentence stay as they are`() {
        let zone = TimeZone(identifier: "Europe/Berlin")!
        let old = FolioNotice.sentence("The hold of 300.00 EUR has lapsed.")
        #expect(
            Language.allCases.map { old.sentence(in: $0, zone: zone) } == Array(repeating: "The hold of 300.00 EUR has lapsed.", count: 2))
    }

    @Test func `whose facts are missing are none`() {
        for notice in Self.all where notice.facts != FolioNotice.Facts() { #expect(FolioNotice(code: notice.code, .init()) == nil) }
        #expect(FolioNotice(code: "of a newer program", .init()) == nil)
    }
}
