import Ledger
import Stripe
import TestSupport
import Testing

/// A stranger sends whatever comes to mind to the address where Stripe delivers.
@Suite struct `Damaged webhooks` {
    private let secret = Secret("whsec_0123456789abcdef")!
    private let now = Instant("2026-11-18T08:00:00Z")!
    private let body = Array(#"{"id":"evt_1","type":"charge.captured","data":{"object":{"id":"ch_1","amount":34330}}}"#.utf8)

    @Test(arguments: Noise.seeds)
    func `are taken only with the signature that Stripe made over just these bytes`(seed: UInt64) throws {
        var noise = Noise(seed: seed)
        let header = WebhookSignature.header(body: body, secrets: [secret], at: now)
        let signature = try #require(header.split(separator: ",").last)
        let rolling = WebhookSignature.header(body: body, secrets: [Secret("whsec_old")!, secret], at: now)
        let headers = [header, rolling, header + ",v0=00", "t=1," + header].map { Array($0.utf8) }
        var taken = 0
        for _ in 0..<Noise.rounds {
            let sent = noise.one(in: 2) ? noise.damaged(headers, words: Noise.words) : headers[0]
            let content = noise.one(in: 2) ? noise.damaged([body], words: Noise.words) : body
            let text = String(decoding: sent, as: UTF8.self)
            do {
                try WebhookSignature.verify(header: text, body: content, secrets: [secret], now: now)
                taken += 1
                #expect(content == body, "\(content)")
                #expect(text.contains(signature) && text.contains("t=\(now.unixSeconds)"), "\(text)")
            } catch { #expect(!error.code.isEmpty) }
        }
        // The undamaged ones, so that the test does not pass because nothing is ever taken.
        #expect(taken > 0)
    }
}
