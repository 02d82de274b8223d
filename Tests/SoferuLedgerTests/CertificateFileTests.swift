import Foundation
import TestSupport
import Testing

/// `serve` looks at the files of its certificate before it listens.
@Suite struct `The certificate's files` {
    @Test(arguments: [0o644, 0o640, 0o604, 0o620, 0o660])
    func `are refused when others than the owner can use the key`(rights: Int) async throws {
        let desk = try await Desk()
        let (chain, key) = (desk.folder.file("chain.pem"), desk.folder.file("key.pem"))
        for file in [chain, key] { try Data("-----BEGIN NOTHING-----\n".utf8).write(to: URL(fileURLWithPath: file)) }
        try FileManager.default.setAttributes([.posixPermissions: rights], ofItemAtPath: key)
        try await desk.refuse(
            "serve", "--listen", "127.0.0.1:0", "--tls-certificate", chain, "--tls-key", key,
            saying: "\(key), the certificate's key, can be used by others than its owner.")
        // As certbot has them: a link, which anybody may read, to a file that they may not.
        let link = desk.folder.file("live.pem")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: key)
        try await desk.refuse(
            "serve", "--listen", "127.0.0.1:0", "--tls-certificate", chain, "--tls-key", link,
            saying: "The certificate and its key cannot be used")
    }

    @Test func `are refused when the key belongs to another certificate`() async throws {
        let desk = try await Desk()
        let (chain, key) = (desk.folder.file("chain.pem"), desk.folder.file("key.pem"))
        try Data(TestCertificate.chain.utf8).write(to: URL(fileURLWithPath: chain))
        try Data(TestCertificate.rsaKey.utf8).write(to: URL(fileURLWithPath: key))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        try await desk.refuse(
            "serve", "--listen", "127.0.0.1:0", "--tls-certificate", chain, "--tls-key", key,
            saying: "The key in \(key) does not belong to the certificate in \(chain).")
    }
}
