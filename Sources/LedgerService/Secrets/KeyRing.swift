import CNettle
import Ledger

/// The keys under which tenants' secrets are sealed in the ledger file: the first seals, each may open. Several while one is
/// being replaced.
///
/// - Source: ChaCha20-Poly1305, RFC 8439, by nettle. A sealed secret is nonce (12 bytes), ciphertext, tag (16 bytes).
package struct KeyRing: Sendable {
    /// 32: the length of one key in the key file.
    package static let keyBytes = Int(CHACHA_POLY1305_KEY_SIZE)
    private static let nonceBytes = Int(CHACHA_POLY1305_NONCE_SIZE)
    private static let tagBytes = Int(CHACHA_POLY1305_DIGEST_SIZE)

    /// Newest first, 32 bytes each.
    package let keys: [[UInt8]]

    /// - Returns: `nil` unless there is at least one key and each has 32 bytes.
    package init?(keys: [[UInt8]]) {
        guard !keys.isEmpty, keys.allSatisfy({ $0.count == Self.keyBytes }) else { return nil }
        self.keys = keys
    }

    /// - Parameter context: What the secret is for. It is not hidden, but a secret moved to another place no longer opens.
    func seal(_ secret: String, context: String, random: RandomSource) -> [UInt8] {
        let nonce = random.bytes(Self.nonceBytes)
        let plain = Array(secret.utf8)
        var state = Self.state(keys[0], nonce, context)
        var sealed = [UInt8](repeating: 0, count: plain.count)
        nettle_chacha_poly1305_encrypt(&state, plain.count, &sealed, plain)
        return nonce + sealed + Self.tag(&state)
    }

    /// - Returns: `nil` when no key opens it: another key, another context, or a changed byte.
    func open(_ box: [UInt8], context: String) -> String? {
        guard box.count >= Self.nonceBytes + Self.tagBytes else { return nil }
        let nonce = Array(box.prefix(Self.nonceBytes))
        let sealed = Array(box.dropFirst(Self.nonceBytes).dropLast(Self.tagBytes))
        let tag = Array(box.suffix(Self.tagBytes))
        for key in keys {
            var state = Self.state(key, nonce, context)
            var plain = [UInt8](repeating: 0, count: sealed.count)
            nettle_chacha_poly1305_decrypt(&state, sealed.count, &plain, sealed)
            guard nettle_memeql_sec(Self.tag(&state), tag, Self.tagBytes) != 0 else { continue }
            return String(validating: plain, as: UTF8.self)
        }
        return nil
    }

    private static func state(_ key: [UInt8], _ nonce: [UInt8], _ context: String) -> chacha_poly1305_ctx {
        var state = chacha_poly1305_ctx()
        nettle_chacha_poly1305_set_key(&state, key)
        nettle_chacha_poly1305_set_nonce(&state, nonce)
        let context = Array(context.utf8)
        nettle_chacha_poly1305_update(&state, context.count, context)
        return state
    }

    private static func tag(_ state: inout chacha_poly1305_ctx) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: tagBytes)
        nettle_chacha_poly1305_digest(&state, tagBytes, &tag)
        return tag
    }
}

/// The sealed secrets cannot be used.
package enum SealingRefusal: Refusal, Equatable {
    /// No key of the ring opens what is stored for this tenant.
    case wrongKey(tenant: String)

    package var code: String { "key_file_wrong" }

    package var message: String {
        switch self {
        case .wrongKey(let tenant): "The Stripe keys of tenant \"\(tenant)\" cannot be decrypted with this key file."
        }
    }

    package var hint: String? {
        "Give the key file that belongs to this ledger (LEDGER_KEY_FILE), or set the keys again with `tenant stripe`."
    }
}
