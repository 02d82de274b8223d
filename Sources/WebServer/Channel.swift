import CWire
import Foundation

/// Bytes to and from one client, encrypted or not. Nothing here waits. One thread uses it.
final class Channel {
    enum Moved: Equatable {
        case bytes(Int)
        /// Nothing can be moved before the socket is ready.
        case notYet
        /// The other side has ended, or the connection is of no use any more.
        case ended
    }

    let descriptor: Int32
    private let session: gnutls_session_t?
    /// Kept for as long as the session uses it.
    private let credentials: Credentials?
    /// What GnuTLS has encrypted and not yet sent: it wants to be asked for that again, not for other bytes.
    private var isSendPending = false

    /// - Returns: nil when GnuTLS cannot make a session.
    init?(_ descriptor: Int32, _ credentials: Credentials?) {
        self.descriptor = descriptor
        self.credentials = credentials
        guard let credentials else {
            session = nil
            return
        }
        guard let session = credentials.session() else { return nil }
        gnutls_transport_set_int2(session, descriptor, descriptor)
        self.session = session
    }

    deinit {
        if let session { gnutls_deinit(session) }
        close(descriptor)
    }

    var isEncrypted: Bool { session != nil }

    /// Whether the handshake waits until the socket takes bytes, rather than until it has some.
    var wantsToWrite: Bool { session.map { gnutls_record_get_direction($0) == 1 } ?? false }

    /// - Returns: `.bytes` once it is done.
    func shakeHands() -> Moved {
        guard let session else { return .bytes(0) }
        // Warnings, such as a name that nobody here has, do not end it; one after the other would keep the thread.
        for _ in 0..<16 {
            let result = gnutls_handshake(session)
            if result == 0 { return .bytes(0) }
            if result == GNUTLS_E_AGAIN { return .notYet }
            guard gnutls_error_is_fatal(result) == 0 else {
                gnutls_alert_send_appropriate(session, result)
                break
            }
        }
        return .ended
    }

    /// Whether bytes have left the socket that nobody has read yet.
    var holdsMore: Bool { session.map { gnutls_record_check_pending($0) > 0 } ?? false }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Moved {
        while true {
            guard let session else {
                let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
                if count > 0 { return .bytes(count) }
                if count < 0, errno == EINTR { continue }
                return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? .notYet : .ended
            }
            let count = gnutls_record_recv(session, buffer.baseAddress, buffer.count)
            if count > 0 { return .bytes(count) }
            if count == Int(GNUTLS_E_INTERRUPTED) { continue }
            if count == Int(GNUTLS_E_AGAIN) { return .notYet }
            // A client that asks for new keys is let go, as TLS 1.3 has done away with that.
            return .ended
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Moved {
        while true {
            guard let session else {
                let count = send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
                if count >= 0 { return .bytes(count) }
                if errno == EINTR { continue }
                return errno == EAGAIN || errno == EWOULDBLOCK ? .notYet : .ended
            }
            let count =
                isSendPending ? gnutls_record_send(session, nil, 0) : gnutls_record_send(session, bytes.baseAddress, bytes.count)
            isSendPending = count == Int(GNUTLS_E_AGAIN) || count == Int(GNUTLS_E_INTERRUPTED)
            if count >= 0 { return .bytes(count) }
            if count == Int(GNUTLS_E_INTERRUPTED) { continue }
            return count == Int(GNUTLS_E_AGAIN) ? .notYet : .ended
        }
    }

    /// Says that nothing more will be sent.
    func endWriting() {
        if let session { gnutls_bye(session, GNUTLS_SHUT_WR) }
        shutdown(descriptor, Int32(SHUT_WR))
    }
}

extension WebServer.Certificate {
    /// Why the two are of no use.
    package enum Fault: Sendable, Equatable {
        /// The key belongs to another certificate.
        case notMatched
        /// The key can be read only with a password.
        case keyEncrypted
        /// A key of RSA that can be broken.
        case keyTooShort(bits: Int)
        /// In GnuTLS' words.
        case unusable(String)
    }

    /// - Source: NIST SP 800-131A, revision 2: RSA with fewer bits is no longer allowed.
    package static let leastBitsOfRSA = 2048

    /// - Returns: nil when a server can use them.
    package var fault: Fault? {
        if key.contains("ENCRYPTED") { return .keyEncrypted }
        var credentials: gnutls_certificate_credentials_t?
        guard gnutls_certificate_allocate_credentials(&credentials) == 0, let credentials else { return nil }
        defer { gnutls_certificate_free_credentials(credentials) }
        let result = give(to: credentials)
        if result == GNUTLS_E_CERTIFICATE_KEY_MISMATCH { return .notMatched }
        guard result >= 0, let facts else { return .unusable(String(cString: gnutls_strerror(min(result, -1)))) }
        return facts.bitsOfRSA.flatMap { $0 < Self.leastBitsOfRSA ? .keyTooShort(bits: $0) : nil }
    }

    /// Between which moments it is good, in seconds since 1970; nil for one that cannot be read.
    package var validity: (begins: Int, ends: Int)? { facts.map { ($0.begins, $0.ends) } }

    /// Of the server's own certificate, which comes first.
    private var facts: (begins: Int, ends: Int, bitsOfRSA: Int?)? {
        var certificates: UnsafeMutablePointer<gnutls_x509_crt_t?>?
        var count: UInt32 = 0
        var chain = Array(chain.utf8)
        let result = chain.withUnsafeMutableBufferPointer { chain in
            var text = gnutls_datum_t(data: chain.baseAddress, size: UInt32(chain.count))
            return gnutls_x509_crt_list_import2(&certificates, &count, &text, GNUTLS_X509_FMT_PEM, 0)
        }
        guard result >= 0, let certificates else { return nil }
        defer {
            for certificate in UnsafeBufferPointer(start: certificates, count: Int(count)) { gnutls_x509_crt_deinit(certificate) }
            free(certificates)
        }
        guard count > 0, let own = certificates[0] else { return nil }
        var bits: UInt32 = 0
        let algorithm = gnutls_x509_crt_get_pk_algorithm(own, &bits)
        let isRSA = [GNUTLS_PK_RSA, GNUTLS_PK_RSA_PSS].contains { Int32(bitPattern: $0.rawValue) == algorithm }
        return (gnutls_x509_crt_get_activation_time(own), gnutls_x509_crt_get_expiration_time(own), isRSA ? Int(bits) : nil)
    }

    /// - Returns: GnuTLS' answer: below 0 when it does not take them.
    fileprivate func give(to credentials: gnutls_certificate_credentials_t) -> Int32 {
        var (chain, key) = (Array(chain.utf8), Array(key.utf8))
        defer { key.withUnsafeMutableBytes { gnutls_memset($0.baseAddress, 0, $0.count) } }
        return chain.withUnsafeMutableBufferPointer { chain in
            key.withUnsafeMutableBufferPointer { key in
                var (chain, key) = (
                    gnutls_datum_t(data: chain.baseAddress, size: UInt32(chain.count)),
                    gnutls_datum_t(data: key.baseAddress, size: UInt32(key.count))
                )
                return gnutls_certificate_set_x509_key_mem(credentials, &chain, &key, GNUTLS_X509_FMT_PEM)
            }
        }
    }
}

/// A certificate, its key, and how they are used: TLS 1.2 and 1.3, and only with keys that are thrown away afterwards.
///
/// Unchecked: it holds C pointers, which nobody changes once they are set up, and GnuTLS counts its sessions by itself.
final class Credentials: @unchecked Sendable {
    private let certificate: gnutls_certificate_credentials_t
    private let priorities: gnutls_priority_t

    /// Forward secrecy, authenticated encryption, no SHA-1.
    private static let choice =
        "PFS:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-CIPHER-ALL:+AES-256-GCM:+CHACHA20-POLY1305:+AES-128-GCM:-MAC-ALL:+AEAD:-DHE-RSA"
        + ":-SIGN-RSA-SHA1:-SIGN-ECDSA-SHA1"

    /// - Throws: `WebServer.NotStarted`.
    init(_ pem: WebServer.Certificate) throws(WebServer.NotStarted) {
        var certificate: gnutls_certificate_credentials_t?
        var priorities: gnutls_priority_t?
        guard gnutls_certificate_allocate_credentials(&certificate) == 0, let certificate else {
            throw WebServer.NotStarted(.other, reason: "There is no memory for a certificate")
        }
        guard pem.give(to: certificate) >= 0, gnutls_priority_init(&priorities, Self.choice, nil) == 0, let priorities else {
            gnutls_certificate_free_credentials(certificate)
            throw WebServer.NotStarted(.certificate, reason: "The certificate and its key cannot be used")
        }
        self.certificate = certificate
        self.priorities = priorities
    }

    deinit {
        gnutls_certificate_free_credentials(certificate)
        gnutls_priority_deinit(priorities)
    }

    /// - Returns: A new session with these, to be ended with `gnutls_deinit`.
    func session() -> gnutls_session_t? {
        var session: gnutls_session_t?
        let flags = UInt32(GNUTLS_SERVER) | UInt32(GNUTLS_NONBLOCK) | UInt32(GNUTLS_NO_SIGNAL)
        guard gnutls_init(&session, flags) == 0, let session else { return nil }
        guard gnutls_priority_set(session, priorities) == 0,
            gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, UnsafeMutableRawPointer(certificate)) == 0
        else {
            gnutls_deinit(session)
            return nil
        }
        // The connection has deadlines of its own.
        gnutls_handshake_set_timeout(session, 0)
        return session
    }
}
