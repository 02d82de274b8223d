import Foundation

/// What may be a password.
///
/// - Source: NIST SP 800-63B, section 5.1.1.2: length is what counts; no rules about kinds of characters, no expiry; and normalised
///   Unicode, because two keyboards make two different texts of one "ä".
enum PasswordRule {
    static let shortest = 10
    static let longest = 128
    /// What is looked at, before anything is normalised.
    static let mostBytes = 512
    /// libcrypt takes 511 bytes.
    private static let mostHashedBytes = 511

    /// - Returns: The password as it is hashed.
    /// - Throws: `AccessRefusal.passwordTooShort`, `.passwordTooLong`, `.passwordUnusable`, `.passwordIsName`.
    static func checked(_ password: String, of name: String) throws(AccessRefusal) -> String {
        guard password.utf8.count <= mostBytes else { throw .passwordTooLong }
        let password = normalised(password)
        guard password.unicodeScalars.count >= shortest else { throw .passwordTooShort }
        guard canBeOne(password) else { throw password.unicodeScalars.contains(where: isControl) ? .passwordUnusable : .passwordTooLong }
        guard password.lowercased() != name else { throw .passwordIsName }
        return password
    }

    static func normalised(_ password: String) -> String { password.precomposedStringWithCompatibilityMapping }

    /// Whether a normalised text can be anybody's password; what cannot is not hashed.
    static func canBeOne(_ password: String) -> Bool {
        (shortest...longest).contains(password.unicodeScalars.count) && password.utf8.count <= mostHashedBytes
            && !password.unicodeScalars.contains(where: isControl)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .control }
}
