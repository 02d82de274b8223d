import Foundation
import JSON
import Ledger
import LedgerAPI
import Synchronization
import WebServer

/// Where the certificate and its key lie. They are read at the start, and again when they have been renewed.
final class CertificateFiles: Sendable {
    private let chain: String
    private let key: String
    /// The one that is shown.
    private let current = Mutex<WebServer.Certificate?>(nil)

    init(chain: String, key: String) { (self.chain, self.key) = (chain, key) }

    /// The certificate to begin with. One that is not good now is better than none: clients say themselves what they think of it.
    ///
    /// - Throws: `CertificateRefusal`.
    func first() throws -> WebServer.Certificate {
        let certificate = try read()
        current.withLock { $0 = certificate }
        return certificate
    }

    /// Has the log say so when the certificate is not good now.
    func warnOfTime(_ log: RequestLog) {
        guard let certificate = current.withLock({ $0 }), let fault = timeFault(of: certificate) else { return }
        log.warn("certificate_not_valid", [("message", .text([fault.message, fault.hint].compactMap { $0 }.joined(separator: " ")))])
    }

    private func timeFault(of certificate: WebServer.Certificate) -> CertificateRefusal? {
        let now = Int(Date().timeIntervalSince1970)
        guard let validity = certificate.validity else { return nil }
        func text(_ seconds: Int) -> String { Instant(unixSeconds: Int64(seconds)).description }
        if now > validity.ends { return .ended(chain, at: text(validity.ends)) }
        return now < validity.begins ? .notYet(chain, from: text(validity.begins)) : nil
    }

    /// - Throws: `CertificateRefusal`.
    private func read() throws -> WebServer.Certificate {
        var facts = stat()
        if stat(key, &facts) == 0, facts.st_mode & 0o077 != 0 { throw CertificateRefusal.keyOpenToOthers(key) }
        let certificate = WebServer.Certificate(chain: try Self.pem(chain), key: try Self.pem(key))
        switch certificate.fault {
        case nil: return certificate
        case .notMatched: throw CertificateRefusal.notMatched(chain: chain, key: key)
        case .keyEncrypted: throw CertificateRefusal.keyEncrypted(key)
        case .keyTooShort(let bits): throw CertificateRefusal.keyTooShort(chain, bits: bits)
        case .unusable(let why): throw CertificateRefusal.unusable(chain: chain, key: key, why: why)
        }
    }

    /// Has the server use the files as they are now. When they are of no use, it stays with what it has, and the log says why.
    func renew(_ server: WebServer, _ log: RequestLog) {
        do {
            let new = try read()
            // Nobody is helped by a certificate that clients refuse, while there is one that they take.
            if let fault = timeFault(of: new), let old = current.withLock({ $0 }), timeFault(of: old) == nil { throw fault }
            try server.renew(new)
            current.withLock { $0 = new }
            log.note("certificate_renewed")
            warnOfTime(log)
        } catch let refusal as any Refusal {
            log.warn("certificate_not_renewed", [("why", .text(refusal.message))])
        } catch let notStarted as WebServer.NotStarted {
            log.warn("certificate_not_renewed", [("why", .text(notStarted.reason))])
        } catch {
            log.warn("certificate_not_renewed", [("why", .text("\(error)"))])
        }
    }

    private static func pem(_ file: String) throws -> String {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8), text.contains("-----BEGIN ") else {
            throw CertificateRefusal.unreadable(file)
        }
        return text
    }
}

/// The files of the certificate cannot be used.
enum CertificateRefusal: OperatorRefusal {
    case unreadable(String)
    case keyOpenToOthers(String)
    case notMatched(chain: String, key: String)
    case keyEncrypted(String)
    case keyTooShort(String, bits: Int)
    case unusable(chain: String, key: String, why: String)
    case ended(String, at: String)
    case notYet(String, from: String)

    var code: String {
        switch self {
        case .unreadable: "certificate_unreadable"
        case .keyOpenToOthers: "certificate_key_open"
        case .notMatched: "certificate_key_other"
        case .keyEncrypted: "certificate_key_encrypted"
        case .keyTooShort: "certificate_key_short"
        case .unusable: "certificate_unusable"
        case .ended: "certificate_ended"
        case .notYet: "certificate_not_yet_valid"
        }
    }

    var message: String {
        switch self {
        case .unreadable(let file): "\(file) is not a readable PEM file."
        case .keyOpenToOthers(let file): "\(file), the certificate's key, is accessible to users other than its owner."
        case .notMatched(let chain, let key): "The key in \(key) does not belong to the certificate in \(chain)."
        case .keyEncrypted(let key): "\(key), the certificate's key, is encrypted with a password."
        case .keyTooShort(let chain, let bits): "The certificate in \(chain) has an RSA key of \(bits) bits, which is too short to be safe."
        case .unusable(let chain, let key, let why): "The certificate and its key cannot be used (\(chain), \(key)): \(words(why))."
        case .ended(let chain, let at): "The certificate in \(chain) expired at \(at)."
        case .notYet(let chain, let from): "The certificate in \(chain) is not valid before \(from)."
        }
    }

    var hint: String? {
        switch self {
        case .unreadable: "Give the path of a file that begins with -----BEGIN and that this program's user may read."
        case .keyOpenToOthers(let file): "Run chmod 600 \(file), and have a new certificate issued if others could read it."
        case .notMatched:
            "Give the key that the certificate was issued for. The certificate file must begin with the server's own certificate."
        case .keyEncrypted(let key): "Remove the password with `openssl pkey -in \(key) -out NEW`, run chmod 600 on NEW, and use NEW."
        case .keyTooShort:
            "Have a certificate issued for an RSA key of at least \(WebServer.Certificate.leastBitsOfRSA) bits, or for an elliptic-curve key."
        case .unusable: "Copy both files again from the issuer: one of them is truncated or changed."
        case .ended: "Have a new certificate issued, and send SIGHUP to this service."
        case .notYet: "Correct the machine's clock, or use the previous certificate."
        }
    }

    private func words(_ why: String) -> String { why.hasSuffix(".") ? String(why.dropLast()) : why }
}
