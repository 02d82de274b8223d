import Ledger

extension Secret {
    /// How one kind of secret is written: a prefix, and behind it letters, digits and `_`.
    package struct Shape: Sendable {
        let prefixes: [String]
        let rest: ClosedRange<Int>

        /// As JSON Schema has it.
        package var pattern: String { "^(\(prefixes.joined(separator: "|")))[A-Za-z0-9_]{\(rest.lowerBound),\(rest.upperBound)}$" }
        /// In characters, prefix included.
        package var length: ClosedRange<Int> {
            let lengths = prefixes.map(\.utf8.count)
            return (lengths.min()! + rest.lowerBound)...(lengths.max()! + rest.upperBound)
        }

        /// Whether the text is written this way; Stripe may still not know it.
        package func fits(_ text: String) -> Bool {
            guard let prefix = prefixes.first(where: { text.hasPrefix($0) }) else { return false }
            let behind = text.utf8.dropFirst(prefix.utf8.count)
            return rest.contains(behind.count)
                && behind.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95 }
        }
    }

    /// A secret or restricted key. Whether there is such a key only Stripe can say.
    package static let secretKey = Shape(prefixes: ["sk_", "rk_"], rest: 1...200)

    /// The signing secret of a webhook. Stripe's have 32 characters behind the prefix; a simulator's may be shorter, and none is empty.
    package static let webhookSecret = Shape(prefixes: ["whsec_"], rest: 1...200)

    /// Whether it is written like a secret or restricted key of one of the two modes; a publishable one, or a word, is none.
    package var isSecretKey: Bool {
        Self.secretKey.fits(revealed) && ["sk_live_", "sk_test_", "rk_live_", "rk_test_"].contains { revealed.hasPrefix($0) }
    }

    /// Whether it is written like the signing secret of a webhook.
    package var isWebhookSecret: Bool { Self.webhookSecret.fits(revealed) }

    /// Whether this is a key of Stripe's live mode; test keys and everything else are not.
    package var isLive: Bool { revealed.hasPrefix("sk_live_") || revealed.hasPrefix("rk_live_") }
}

/// Replaces what looks like a key, a signing secret or a client secret by its kind, for texts that come
/// from outside and are stored or logged.
///
/// - Source: Stripe's prefixes: `sk_`, `rk_`, `whsec_`; a client secret is `pi_…_secret_…`.
package func redacted(_ text: String) -> String {
    guard text.contains("sk_") || text.contains("rk_") || text.contains("whsec_") || text.contains("_secret_") else { return text }
    return
        text
        .replacing(/(sk|rk)_(live|test)_[A-Za-z0-9_*]+/) { "\($0.1)_\($0.2)_[secret]" }
        .replacing(/whsec_[A-Za-z0-9+\/=_]+/, with: "whsec_[secret]")
        .replacing(/_secret_[A-Za-z0-9_]+/, with: "_secret_[secret]")
}
