import CNettle
import Ledger

/// Who sent a webhook, proven by a signature over its raw bytes.
///
/// - Source: docs.stripe.com, "Verify signatures": `Stripe-Signature: t=<unix>,v1=<hex>[,v1=<hex>][,v0=…]`, HMAC-SHA256 over
///   `t`, a full stop and the body, keyed with the whole text of the secret. While a secret is rolled there are two `v1`.
package enum WebhookSignature {
    /// Five minutes, as in Stripe's own clients.
    package static let tolerance: Int64 = 300

    /// - Parameters:
    ///   - header: The value of `Stripe-Signature`.
    ///   - body: As received, before anything parsed it.
    ///   - secrets: Several while a secret is rolled.
    ///   - toleranceSeconds: Both ways: an old signature may be a replay, and none comes from the future.
    /// - Throws: The first check that failed.
    package static func verify(
        header: String, body: some Sequence<UInt8>, secrets: [Secret], now: Instant, toleranceSeconds: Int64 = tolerance
    ) throws(WebhookSignatureError) {
        let (parts, problem): (Parts?, WebhookSignatureError?)
        do { (parts, problem) = (try Parts(header), nil) } catch { (parts, problem) = (nil, error) }
        let body = Array(body)
        var isGenuine = false
        // As much work for a header that cannot be read, and where no secret is stored: how long it takes tells nobody which it was.
        for secret in secrets.isEmpty ? [nobodys] : secrets {
            let expected = Array(hexadecimal(signature(at: parts?.time ?? "0", body, secret)).utf8)
            for candidate in parts?.signatures ?? [] where candidate.utf8.count == expected.count {
                if nettle_memeql_sec(expected, Array(candidate.utf8), expected.count) != 0 { isGenuine = true }
            }
        }
        guard let parts else { throw problem! }
        guard !secrets.isEmpty else { throw .noSecret }
        guard isGenuine else { throw .mismatch }
        let age = now.unixSeconds - parts.seconds
        if age > toleranceSeconds { throw .tooOld(seconds: age) }
        if age < -toleranceSeconds { throw .fromTheFuture(seconds: -age) }
    }

    /// Worked with where there is no secret. Nothing signed with it counts.
    private static let nobodys = Secret("whsec_none")!

    /// Signs a body as Stripe does, once for each secret.
    package static func header(body: some Sequence<UInt8>, secrets: [Secret], at time: Instant) -> String {
        let body = Array(body)
        let t = String(time.unixSeconds)
        return (["t=\(t)"] + secrets.map { "v1=" + hexadecimal(signature(at: t, body, $0)) }).joined(separator: ",")
    }

    private static func signature(at time: String, _ body: [UInt8], _ secret: Secret) -> [UInt8] {
        let key = Array(secret.revealed.utf8)
        let prefix = Array("\(time).".utf8)
        var context = hmac_sha256_ctx()
        nettle_hmac_sha256_set_key(&context, key.count, key)
        nettle_hmac_sha256_update(&context, prefix.count, prefix)
        nettle_hmac_sha256_update(&context, body.count, body)
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
        nettle_hmac_sha256_digest(&context, digest.count, &digest)
        return digest
    }

    private struct Parts {
        /// As written: this text is signed, not its number.
        let time: String
        let seconds: Int64
        let signatures: [Substring]

        init(_ header: String) throws(WebhookSignatureError) {
            var times: [Substring] = []
            var signatures: [Substring] = []
            for part in header.split(separator: ",") {
                let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard pair.count == 2 else { throw .malformed }
                switch pair[0].drop(while: { $0 == " " }) {
                case "t": times.append(pair[1])
                case "v1": signatures.append(pair[1])
                default: break
                }
            }
            // Longer numbers than twelve digits are no time, and would overflow further on.
            guard times.count == 1, (1...12).contains(times[0].utf8.count), times[0].utf8.allSatisfy({ (48...57).contains($0) }),
                let seconds = Int64(times[0])
            else { throw .noTimestamp }
            guard !signatures.isEmpty else { throw .noSignature }
            time = String(times[0])
            self.seconds = seconds
            self.signatures = signatures
        }
    }
}

/// Which check a webhook failed.
package enum WebhookSignatureError: Refusal, Equatable {
    case malformed
    case noTimestamp
    case noSignature
    case noSecret
    case mismatch
    case tooOld(seconds: Int64)
    case fromTheFuture(seconds: Int64)

    package var code: String {
        switch self {
        case .malformed, .noTimestamp, .noSignature: "webhook_signature_malformed"
        case .noSecret: "webhook_secret_missing"
        case .mismatch: "webhook_signature_wrong"
        case .tooOld, .fromTheFuture: "webhook_time_wrong"
        }
    }

    package var message: String {
        switch self {
        case .malformed: "The Stripe-Signature header is not a list of name=value pairs."
        case .noTimestamp: "The Stripe-Signature header must have exactly one timestamp t in whole seconds."
        case .noSignature: "The Stripe-Signature header has no v1 signature."
        case .noSecret: "No webhook secret is stored for this tenant."
        case .mismatch: "No v1 signature matches the body with a stored webhook secret."
        case .tooOld(let seconds): "The webhook was signed \(seconds) seconds ago."
        case .fromTheFuture(let seconds): "The webhook was signed \(seconds) seconds in the future."
        }
    }

    package var hint: String? {
        switch self {
        case .malformed, .noTimestamp, .noSignature: nil
        case .noSecret: "Store the endpoint's signing secret."
        case .mismatch: "Compare the stored secret with the endpoint's, and check that no proxy changes the body."
        case .tooOld, .fromTheFuture: "Check this machine's clock; Stripe signs every delivery again."
        }
    }
}
