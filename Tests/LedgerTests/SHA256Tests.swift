import Testing

@testable import Ledger

/// The vectors of FIPS 180-4.
@Test func `SHA-256 gives the published digests`() {
    #expect(hexadecimal(SHA256.digest("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(hexadecimal(SHA256.digest("".utf8)) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
}
