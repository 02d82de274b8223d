import Foundation
import Ledger
import LedgerService

/// The file with the keys under which tenants' secrets are sealed: one key a line in hexadecimal, newest first, for the owner only.
/// Without it a copy of the ledger gives no access to anybody's Stripe account.
package struct KeyFile: Sendable {
    /// As it was given; a link is refused.
    package let path: String

    /// - Parameter create: Whether a missing file is made, with a new key.
    /// - Throws: `KeyFileRefusal`.
    package func ring(create: Bool) throws -> KeyRing {
        try refuseLink()
        if create, !FileManager.default.fileExists(atPath: path) { try write([Self.newKey()]) }
        guard FileManager.default.fileExists(atPath: path) else { throw KeyFileRefusal.missing(path) }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw access(path, R_OK) == 0 ? KeyFileRefusal.unreadable(path) : KeyFileRefusal.notReadable(path)
        }
        let rights = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue ?? 0
        guard rights & 0o077 == 0 else { throw KeyFileRefusal.openToOthers(path) }
        let keys = text.split(whereSeparator: \.isNewline).map { Self.bytes(ofHexadecimal: $0) }
        guard let ring = KeyRing(keys: keys.compactMap { $0 }), ring.keys.count == keys.count else { throw KeyFileRefusal.unreadable(path) }
        return ring
    }

    /// Puts a new key in front; the old ones still open.
    ///
    /// - Throws: `KeyFileRefusal`.
    package func addKey() throws { try write([Self.newKey()] + ring(create: false).keys) }

    /// Forgets all keys but the first.
    ///
    /// - Throws: `KeyFileRefusal`.
    package func forgetOldKeys() throws { try write([ring(create: false).keys[0]]) }

    /// Behind a link another file would be protected, replaced and backed up than the one that is named.
    private func refuseLink() throws {
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK { throw KeyFileRefusal.link(path) }
    }

    /// In one step: a crash leaves the old file or the new one.
    private func write(_ keys: [[UInt8]]) throws {
        let text = keys.map { hexadecimal($0) + "\n" }.joined()
        let new = "\(path).new"
        try? FileManager.default.removeItem(atPath: new)
        let descriptor = open(new, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw KeyFileRefusal.cannotWrite(path, String(cString: strerror(errno))) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0, rename(new, path) == 0 else {
            throw KeyFileRefusal.cannotWrite(path, String(cString: strerror(errno)))
        }
    }

    private static func newKey() -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<KeyRing.keyBytes).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    private static func bytes(ofHexadecimal text: Substring) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}

/// The key file cannot be used.
package enum KeyFileRefusal: Refusal {
    case missing(String)
    case openToOthers(String)
    case unreadable(String)
    case notReadable(String)
    case link(String)
    case cannotWrite(String, String)

    package var code: String {
        switch self {
        case .missing: "key_file_missing"
        case .openToOthers: "key_file_open_to_others"
        case .unreadable, .notReadable: "key_file_unreadable"
        case .link: "key_file_is_a_link"
        case .cannotWrite: "key_file_not_written"
        }
    }

    package var message: String {
        switch self {
        case .missing(let path): "There is no key file \(path), so the tenants' Stripe keys cannot be decrypted."
        case .openToOthers(let path): "The key file \(path) is accessible to users other than its owner."
        case .unreadable(let path): "\(path) is not a key file."
        case .notReadable(let path): "This program may not read the key file \(path)."
        case .link(let path): "The key file \(path) is a symbolic link."
        case .cannotWrite(let path, let why): "The key file \(path) could not be written: \(why)."
        }
    }

    package var hint: String? {
        switch self {
        case .missing: "Restore the file from its backup, set its path with LEDGER_KEY_FILE, or set the keys again with `tenant stripe`."
        case .openToOthers(let path): "Run `chmod 600 \(path)`, and consider `soferu-ledger key rotate`."
        case .unreadable: "A key file has one key of 64 hexadecimal digits per line. Restore the file from its backup."
        case .notReadable(let path): "Make this program's user its owner: `chown` and `chmod 600 \(path)`."
        case .link: "Replace it with the file itself, or set LEDGER_KEY_FILE to the file that it points to."
        case .cannotWrite: "Free some space, or choose another path with LEDGER_KEY_FILE."
        }
    }
}
