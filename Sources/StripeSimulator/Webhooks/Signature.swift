import CNettle
import Ledger

/// The `Stripe-Signature` header.
///
/// - Source: Stripe's page "Verify signatures": HMAC-SHA256 over `t.body`, keyed with the secret's text.
enum Signature {
    /// - Parameters:
    ///   - secrets: One `v1` each; two while a secret is rolled.
    ///   - seconds: When it is signed.
    static func header(body: [UInt8], secrets: [String], seconds: Int64) -> String {
        let signed = Array("\(seconds).".utf8) + body
        return (["t=\(seconds)"] + secrets.map { "v1=" + hexadecimal(hmac(signed, key: Array($0.utf8))) }).joined(separator: ",")
    }

    private static func hmac(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        var context = hmac_sha256_ctx()
        nettle_hmac_sha256_set_key(&context, key.count, key)
        nettle_hmac_sha256_update(&context, message.count, message)
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
        nettle_hmac_sha256_digest(&context, digest.count, &digest)
        return digest
    }
}
