import Foundation
import JSON
import Ledger
import LedgerAPI
import WebServer

/// Where the certificate and its key lie. They are read at the start, and again when they have been renewed.
struct CertificateFiles: Sendable {
    let chain: String
    let key: String

    /// - Throws: `CertificateRefusal`.
    func read() throws -> WebServer.Certificate {
        var facts = stat()
        if stat(key, &facts) == 0, facts.st_mode & 0o077 != 0 { throw CertificateRefusal.keyOpenToOthers(key) }
        let certificate = WebServer.Certificate(chain: try Self.pem(chain), key: try Self.pem(key))
        guard certificate.isMatched else { throw CertificateRefusal.notMatched(chain: chain, key: key) }
        return certificate
    }

    /// Has the server use the files as they are now. When they are of no use, it stays with what it has, and the log says why.
    func renew(_ server: WebServer, _ log: RequestLog) {
        do {
            try server.renew(read())
            log.note("certificate_renewed")
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
enum CertificateRefusal: Refusal {
    case unreadable(String)
    case keyOpenToOthers(String)
    case notMatched(chain: String, key: String)

    var code: String {
        switch self {
        case .unreadable: "certificate_unreadable"
        case .keyOpenToOthers: "certificate_key_open"
        case .notMatched: "certificate_key_other"
        }
    }

    var message: String {
        switch self {
        case .unreadable(let file): "\(file) is no readable PEM file."
        case .keyOpenToOthers(let file): "\(file), the certificate's key, can be used by others than its owner."
        case .notMatched(let chain, let key): "The key in \(key) does not belong to the certificate in \(chain)."
        }
    }

    var hint: String? {
        switch self {
        case .unreadable: "Give the path of a file that begins with -----BEGIN, and let this program's user read it."
        case .keyOpenToOthers(let file): "Run chmod 600 \(file), and have a new certificate issued if others could read it."
        case .notMatched: "Give the key that the certificate was issued for; the file begins with the server's own certificate."
        }
    }

    var german: RefusalWords {
        switch self {
        case .unreadable(let file):
            RefusalWords(
                "\(file) ist keine lesbare PEM-Datei.",
                hint: "Nennen Sie den Pfad einer Datei, die mit -----BEGIN beginnt, und geben Sie dem Programm Leserecht.")
        case .keyOpenToOthers(let file):
            RefusalWords(
                "\(file), der Schlüssel des Zertifikats, ist für andere als den Eigentümer zugänglich.",
                hint: "Rufen Sie chmod 600 \(file) auf, und lassen Sie ein neues Zertifikat ausstellen, falls andere ihn lesen konnten.")
        case .notMatched(let chain, let key):
            RefusalWords(
                "Der Schlüssel in \(key) gehört nicht zum Zertifikat in \(chain).",
                hint: "Nennen Sie den Schlüssel, für den das Zertifikat ausgestellt ist; in der Datei steht zuerst das des Servers.")
        }
    }
}
