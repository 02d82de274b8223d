import Ledger
import Testing

@testable import LedgerService

@Suite struct `A sealed secret` {
    private let random = RandomSource(SystemRandomNumberGenerator())
    private let old = [UInt8](0..<32)
    private let new = [UInt8](32..<64)

    @Test func `opens with its key and for its purpose only`() {
        let ring = KeyRing(keys: [new])!
        let box = ring.seal("sk_test_ä", context: "key of seeblick", random: random)
        #expect(ring.open(box, context: "key of seeblick") == "sk_test_ä")
        #expect(ring.open(box, context: "key of bergblick") == nil)
        #expect(KeyRing(keys: [old])!.open(box, context: "key of seeblick") == nil)
    }

    @Test func `does not open with a single bit changed, or cut short`() {
        let ring = KeyRing(keys: [new])!
        let box = ring.seal("sk_test_seeblick", context: "", random: random)
        for index in box.indices {
            var changed = box
            changed[index] ^= 1
            #expect(ring.open(changed, context: "") == nil)
        }
        for length in 0..<box.count { #expect(ring.open(Array(box.prefix(length)), context: "") == nil) }
    }

    @Test func `opens with any key of the ring, and is sealed with the first`() {
        let box = KeyRing(keys: [old])!.seal("whsec_1", context: "", random: random)
        let both = KeyRing(keys: [new, old])!
        #expect(both.open(box, context: "") == "whsec_1")
        #expect(KeyRing(keys: [new])!.open(both.seal("whsec_1", context: "", random: random), context: "") == "whsec_1")
    }

    @Test func `never looks the same twice`() {
        let ring = KeyRing(keys: [new])!
        #expect(ring.seal("a", context: "", random: random) != ring.seal("a", context: "", random: random))
    }

    @Test func `needs keys of 32 bytes`() {
        #expect(KeyRing(keys: []) == nil && KeyRing(keys: [[1, 2, 3]]) == nil)
    }
}
