import Foundation
import Ledger
import Testing

@testable import Stripe

@Suite struct `A webhook's signature` {
    private let body = Data(#"{"id":"evt_1","type":"charge.updated"}"#.utf8)
    private let old = Secret("whsec_old")!
    private let new = Secret("whsec_new")!
    private let now = Instant(unixSeconds: 1_780_000_000)

    private func verdict(_ header: String, _ secrets: [Secret], body: Data? = nil, now: Instant? = nil) -> WebhookSignatureError? {
        do throws(WebhookSignatureError) {
            try WebhookSignature.verify(header: header, body: body ?? self.body, secrets: secrets, now: now ?? self.now)
            return nil
        } catch {
            return error
        }
    }

    /// Computed apart: `printf '1780000000.{"id":"evt_1","type":"charge.updated"}' | openssl dgst -sha256 -hmac whsec_new`.
    @Test func `is the HMAC-SHA256 of time, full stop and body under the whole secret`() {
        let header = WebhookSignature.header(body: body, secrets: [new], at: now)
        #expect(header == "t=1780000000,v1=c8966872a328a884239a52f486b6132f95f5c04054c64b6ab2a44f4ba8671350")
        #expect(verdict(header, [new]) == nil)
    }

    /// Computed by Stripe's own Python SDK 15.6.2 (`stripe.WebhookSignature`), with a letter that takes two bytes.
    @Test func `made by Stripe's SDK is accepted`() {
        let body = Data(#"{"id":"evt_1","object":"event","text":"Zürich"}"#.utf8)
        let header = "t=1700000000,v1=20ba509887bbbe5efbfe1aa6bfa3940710880f67588a272d6ece400e40aa835b"
        #expect(verdict(header, [Secret("whsec_test_secret")!], body: body, now: Instant(unixSeconds: 1_700_000_000)) == nil)
    }

    @Test func `fits while a secret is rolled, from either side`() {
        let both = WebhookSignature.header(body: body, secrets: [old, new], at: now)
        #expect(verdict(both, [new]) == nil)
        #expect(verdict(both, [old]) == nil)
        #expect(verdict(WebhookSignature.header(body: body, secrets: [old], at: now), [new, old]) == nil)
    }

    @Test func `does not fit another body, secret, time or scheme`() {
        let good = WebhookSignature.header(body: body, secrets: [new], at: now)
        var altered = body
        altered[10] ^= 1
        #expect(verdict(good, [new], body: altered) == .mismatch)
        #expect(verdict(good, [new], body: body + [10]) == .mismatch)
        #expect(verdict(good, [old]) == .mismatch)
        #expect(verdict(good.replacing("t=1780000000", with: "t=1780000001"), [new]) == .mismatch)
        #expect(verdict(good.replacing("v1=", with: "v0="), [new]) == .noSignature)
        #expect(verdict(good.replacing("v1=", with: "v1=00,v0="), [new]) == .mismatch)
        #expect(verdict(String(good.dropLast()), [new]) == .mismatch)
    }

    @Test func `of unknown schemes beside it is no matter`() {
        let good = WebhookSignature.header(body: body, secrets: [new], at: now)
        #expect(verdict("v0=abc, \(good),v9=x", [new]) == nil)
    }

    @Test func `holds for five minutes, both ways`() {
        let header = WebhookSignature.header(body: body, secrets: [new], at: now)
        #expect(verdict(header, [new], now: now.adding(seconds: 300)) == nil)
        #expect(verdict(header, [new], now: now.adding(seconds: 301)) == .tooOld(seconds: 301))
        #expect(verdict(header, [new], now: now.adding(seconds: -300)) == nil)
        #expect(verdict(header, [new], now: now.adding(seconds: -301)) == .fromTheFuture(seconds: 301))
    }

    @Test(arguments: [
        ("", WebhookSignatureError.noTimestamp), ("v1=ab", .noTimestamp), ("t=,v1=ab", .noTimestamp), ("t=-1,v1=ab", .noTimestamp),
        ("t=+1,v1=ab", .noTimestamp), ("t=1,t=2,v1=ab", .noTimestamp), ("t=9223372036854775807,v1=ab", .noTimestamp), ("t=1", .noSignature),
        ("hello", .malformed), ("t=1,v1", .malformed), ("t=1,v1=", .mismatch), ("t=1,v1=zz", .mismatch),
    ])
    func `says which check failed`(header: String, expected: WebhookSignatureError) {
        #expect(verdict(header, [new]) == expected)
    }

    @Test func `cannot be checked without a secret`() {
        #expect(verdict(WebhookSignature.header(body: body, secrets: [new], at: now), []) == .noSecret)
    }
}
