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
            saying: "\(key), the certificate's key, is accessible to users other than its owner.")
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

    private func openssl(_ arguments: String...) async throws {
        let run = try await ProgramRun(program: "/usr/bin/openssl", arguments)
        try #require(run.exit == 0, "\(arguments): \(run.errors)")
    }

    /// A certificate that signs itself, good between two moments.
    private func make(_ chain: String, _ key: String, rsa bits: Int = 2048, from: String, to: String) async throws {
        try await openssl("genrsa", "-out", key, "\(bits)")
        let request = chain + ".csr"
        try await openssl("req", "-new", "-key", key, "-subj", "/CN=127.0.0.1", "-out", request)
        let folder = URL(fileURLWithPath: chain).deletingLastPathComponent().path
        let configuration = """
            [ca]
            default_ca = own
            [own]
            database = \(folder)/index
            new_certs_dir = \(folder)
            rand_serial = yes
            unique_subject = no
            default_md = sha256
            policy = names
            [names]
            commonName = supplied
            """
        try Data(configuration.utf8).write(to: URL(fileURLWithPath: folder + "/ca.conf"))
        try Data().write(to: URL(fileURLWithPath: folder + "/index"))
        try await openssl(
            "ca", "-selfsign", "-batch", "-notext", "-config", folder + "/ca.conf", "-keyfile", key, "-in", request, "-startdate", from,
            "-enddate", to, "-out", chain)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
    }

    @Test func `that are damaged or weak are told of as what they are`() async throws {
        let desk = try await Desk()
        let (chain, key) = (desk.folder.file("chain.pem"), desk.folder.file("key.pem"))
        func write(_ text: String, _ file: String) throws {
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        }
        func refuse(saying sentence: String) async throws {
            try await desk.refuse(
                "serve", "--listen", "127.0.0.1:0", "--tls-certificate", chain, "--tls-key", key, saying: sentence)
        }
        let whole = TestCertificate.chain
        let damaged = [
            String(whole.prefix(300)), whole.replacingOccurrences(of: "MIIB", with: "!!!!"), whole + "\n" + whole.prefix(300),
        ]
        for text in damaged {
            try write(text, chain)
            try write(TestCertificate.key, key)
            try await refuse(saying: "The certificate and its key cannot be used")
        }
        try write(whole, chain)
        try write(TestCertificate.key, key + ".open")
        try await openssl("pkey", "-in", key + ".open", "-aes256", "-passout", "pass:secret", "-out", key)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        try await refuse(saying: "is encrypted with a password")
        try await make(chain, key, rsa: 1024, from: "20200101000000Z", to: "21200101000000Z")
        try await refuse(saying: "has an RSA key of 1024 bits")
    }

    @Test(.timeLimit(.minutes(5))) func `whose time is over are warned of at the start, and replace no good one`() async throws {
        let folder = try TemporaryFolder()
        let (chain, key) = (folder.file("chain.pem"), folder.file("key.pem"))
        func serve() async throws -> ServiceProcess {
            try await ServiceProcess(
                folder: folder, stripe: ServiceProcess.noStripe, arguments: ["--tls-certificate", chain, "--tls-key", key])
        }
        func log(_ service: ServiceProcess) throws -> String { try String(contentsOfFile: service.log, encoding: .utf8) }
        for (from, to, words) in [
            ("20200101000000Z", "20210101000000Z", "expired at 2021-01-01T00:00:00Z"),
            ("21100101000000Z", "21200101000000Z", "is not valid before 2110-01-01T00:00:00Z"),
        ] {
            try await make(chain, key, from: from, to: to)
            let service = try await serve()
            // Where the old one is of no use either, the new one is taken.
            service.send(SIGHUP)
            try await eventually(within: .seconds(300)) { try log(service).contains("certificate_renewed") }
            #expect(await service.stop() == 0)
            #expect(try log(service).contains(#""level":"warning","event":"certificate_not_valid""#))
            #expect(try log(service).contains(words))
        }
        try await make(chain, key, from: "20200101000000Z", to: "21200101000000Z")
        let service = try await serve()
        #expect(try !log(service).contains("certificate_not_valid"))
        try await make(chain, key, from: "20200101000000Z", to: "20210101000000Z")
        service.send(SIGHUP)
        try await eventually(within: .seconds(300)) { try log(service).contains("certificate_") }
        #expect(await service.stop() == 0)
        #expect(try log(service).contains("certificate_not_renewed") && !log(service).contains("certificate_renewed"))
    }
}
