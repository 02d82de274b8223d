import Console
import Foundation
import JSON
import Ledger
import LedgerAPI
import LedgerPages
import LedgerProgram
import LedgerService
import Synchronization
import WebServer

/// `serve`: what shop, reservation system and pages call, and where Stripe delivers.
enum ServeVerb {
    private static let listen = Parameter.option(
        "listen", .address, default: "127.0.0.1:8080", environment: "LEDGER_LISTEN",
        "The address to listen on; port 0 chooses any free port.")
    private static let certificate = Parameter.option("tls-certificate", .file, "PEM file with the certificate chain; turns on HTTPS.")
    private static let certificateKey = Parameter.option("tls-key", .file, "PEM file with the certificate's key.")
    private static let trustedProxies = Parameter.repeatedOption(
        "trusted-proxy", .network, "A proxy or network whose X-Forwarded-For or Forwarded header is trusted to name the client.")
    private static let rate = Parameter.option(
        "requests-per-second", .wholeNumber(1...1_000_000), default: "50", "The sustained rate that each token may send.")
    private static let perAddress = Parameter.option(
        "connections-per-address", .wholeNumber(8...1_000_000), default: "256", "The limit of concurrent connections of one address.")
    private static let threads = Parameter.option("threads", .wholeNumber(1...64), default: "2", "The number of I/O threads.")
    private static let log = Parameter.option("log", .choice(of: LogLevel.self), default: "requests", "The level of detail of the log.")
    private static let logFile = Parameter.option(
        "log-file", .file, environment: "LEDGER_LOG_FILE", "The log file; without it, standard error. SIGHUP reopens it.")

    private enum LogLevel: String, CaseIterable, Sendable { case requests, errors }

    static let verb = Verb(
        "serve", "Serves the HTTP API and the web pages and does background work, until it is stopped.",
        [listen, certificate, certificateKey, trustedProxies, rate, perAddress, threads, log, logFile],
        examples: [
            "serve", "serve --trusted-proxy 127.0.0.1 --public-url https://ledger.example.com",
            "serve --listen 0.0.0.0:8443 --tls-certificate chain.pem --tls-key key.pem --public-url https://ledger.example.com:8443",
        ],
        notes: [
            "SIGTERM and Ctrl-C stop it after running requests have been answered, at the latest after \(StopLimit.grace.components.seconds) seconds. "
                + "GET /openapi.json describes the API.",
            "The log has one JSON object per line and no guest data. It never blocks a request: lines that cannot be written are dropped and counted.",
        ]
    ) { invocation in
        try FileHandles.raiseLimit()
        let signals = Signals.handled()
        let writer = try LogWriter(file: invocation[logFile], clock: LedgerService.systemTime)
        Crash.isTold(in: writer.descriptor)
        signals.onHangUp { writer.openAnew() }
        let context = try await CommandContext.open(invocation, create: true, createsKeyFile: true, asksFirst: false, saysNotes: false)
        let clock = context.clock
        let level = invocation[log]
        let log = RequestLog(clock: { clock.now }) { line in
            if level == .errors, line.contains(#""level":"info","event":"request""#) { return }
            writer.write(line)
        }
        var configuration = WebServer.Configuration()
        (configuration.host, configuration.port) = (invocation[listen].host, invocation[listen].port)
        if configuration.host == "0.0.0.0", invocation[Options.publicURL] == nil {
            throw invocation.misuse(
                "0.0.0.0 stands for all addresses of this machine, and a guest cannot be sent back to it: set --public-url.")
        }
        configuration.threads = Int(invocation[threads])
        configuration.connectionsPerAddress = Int(invocation[perAddress])
        let files = try certificate(invocation)
        configuration.certificate = try files?.first()
        configuration.trustedProxies = TrustedProxies(invocation[trustedProxies])
        let scheme = configuration.certificate == nil ? "http" : "https"
        // The system may choose the port, and guests come back to it: the rest is built once it is known.
        let desk = ServiceDesk()
        configuration.onHead = { desk.onHead($0) }
        configuration.refuse = { desk.refuse($0, $1) }
        configuration.onHandles = { areLeft in
            if areLeft { log.note("file_handles_left") } else { log.warn("file_handles_gone", [("message", .text(Self.noHandles))]) }
        }
        let server = WebServer(configuration) { await desk.answer($0) }
        do {
            try server.start()
        } catch let notStarted as WebServer.NotStarted {
            throw CannotListen(address: "\(configuration.host):\(configuration.port)", why: notStarted)
        }
        if let files { signals.onHangUp { files.renew(server, log) } }
        let address = "\(scheme)://\(configuration.host):\(server.port)"
        let publicURL = invocation[Options.publicURL]?.text ?? address
        let (ledger, access) = (context.ledger.reached(at: publicURL), context.access)
        let api = API(
            ledger: ledger, authenticate: { try access.caller(token: $0) }, log: log, requestsPerSecond: Int(invocation[rate]),
            gauges: { Gauges.all(of: ledger, log: writer) })
        let background = Background(ledger, report: { log.accident($0, ledger.random.requestID()) }) {
            while try await ledger.pruneRequests() > 0 {}
        }
        let follow = context.followsSimulator
        let pages = Pages(
            ledger: ledger, access: access, publicURL: publicURL, clock: { clock.now }, report: { id, error in log.accident(error, id) },
            noteRefusedLogin: { client, code in
                log.warn("login_refused", [("from", .text(client.address?.description ?? "")), ("code", .text(code))])
            },
            note: {
                log.page(
                    $0.request, ledger.random.requestID(), route: $0.route, tenant: $0.tenant, $0.caller, status: $0.status, $0.duration)
            })
        desk.open(api, pages)
        try invocation.say("soferu-ledger listening on \(address)")
        log.note("started", [("address", .text(address)), ("public_url", .text(publicURL))])
        files?.warnOfTime(log)
        for note in context.fileNotes { log.warn("file_open_to_others", [("message", .text(note))]) }
        if geteuid() == 0 { log.warn("running_as_root", [("message", .text(Self.runningAsRoot))]) }
        if invocation[Options.publicURL]?.isSecure == true, configuration.certificate == nil, configuration.trustedProxies.isEmpty {
            log.warn("no_trusted_proxy", [("message", .text(Self.noTrustedProxy))])
        }

        await withTaskGroup(of: Void.self) { work in
            if let follow {
                work.addTask {
                    while !Task.isCancelled {
                        await follow()
                        try? await Task.sleep(for: .milliseconds(250))
                    }
                }
            }
            work.addTask { await background.run() }
            await signals.wait()
            log.note("stopping")
            StopLimit.begin { writer.write(#"{"level":"error","event":"stop_given_up"}"#) }
            work.cancelAll()
            await ledger.stopWaitingForStripe()
            await server.stop(grace: StopLimit.grace)
        }
        context.store.close()
        log.note("stopped")
        writer.finish(within: 1)
    }

    private static let noHandles = """
        The process has no file handles left: new connections wait until one is free. Raise the limit (ulimit -n, or LimitNOFILE in systemd).
        """

    private static let runningAsRoot = """
        The service runs as root: a bug in it could change anything on this machine. Run it as a separate user that owns the ledger's files.
        """

    private static let noTrustedProxy = """
        The public address is https and no proxy is trusted: all users behind the proxy count as one client, so a few failed logins lock \
        out everybody. Name the proxy's address with --trusted-proxy.
        """

    private static func certificate(_ invocation: Invocation) throws -> CertificateFiles? {
        switch (invocation[certificate], invocation[certificateKey]) {
        case (nil, nil): return nil
        case (let chain?, let key?): return CertificateFiles(chain: chain, key: key)
        default: throw invocation.misuse("--tls-certificate and --tls-key must be given together.")
        }
    }
}

/// Answers requests once the service is built; whoever comes earlier comes again.
private final class ServiceDesk: Sendable {
    private let parts = Mutex<(api: API, pages: Pages)?>(nil)
    private static let early = HTTPResponse(status: 503, headers: [(name: "Retry-After", value: "1")])

    func open(_ api: API, _ pages: Pages) { parts.withLock { $0 = (api, pages) } }

    func onHead(_ request: HTTPRequest) -> WebServer.OnHead {
        guard let (api, pages) = parts.withLock({ $0 }) else { return .answer(Self.early) }
        return api.onHead(request) ?? pages.onHead(request)
    }

    func refuse(_ refusal: WebServer.Refusal, _ request: HTTPRequest?) -> HTTPResponse {
        guard let (api, pages) = parts.withLock({ $0 }) else { return Self.early }
        return api.refusal(refusal, request) { request, words in
            pages.refused(request, words, status: refusal.status, retryAfter: refusal.retryAfter, isFault: refusal.isFault)
        }
    }

    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        guard let (api, pages) = parts.withLock({ $0 }) else { return Self.early }
        if let answer = await api.answer(request) { return answer }
        return await pages.answer(request) ?? api.nothing(for: request) { pages.nothing($0) }
    }
}

/// An address to listen on.
struct ListenAddress: Sendable {
    let host: String
    let port: UInt16
}

extension ValueReader where Value == IPNetwork {
    fileprivate static var network: Self {
        Self(placeholder: "CIDR", expected: "an IPv4 or IPv6 address or network, but not all addresses", example: "10.0.0.0/8") {
            IPNetwork($0)
        }
    }
}

extension ValueReader where Value == ListenAddress {
    fileprivate static var address: Self {
        Self(placeholder: "HOST:PORT", expected: "an IPv4 address and a port", example: "127.0.0.1:8080") { text in
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, let port = WebAddress.port(parts[1]) else { return nil }
            let host = parts[0] == "localhost" ? "127.0.0.1" : String(parts[0])
            var address = in_addr()
            guard inet_pton(AF_INET, host, &address) == 1 else { return nil }
            return ListenAddress(host: host, port: port)
        }
    }
}

/// Why nothing is listened on.
private struct CannotListen: OperatorRefusal {
    let address: String
    let why: WebServer.NotStarted

    var code: String { "cannot_listen" }
    var message: String { "The service cannot listen on \(address): \(why.reason)." }
    var hint: String? {
        switch why.cause {
        case .fileHandles: "Raise the limit of open files: ulimit -n, LimitNOFILE in systemd, or sysctl fs.file-max."
        case .certificate, .address, .other: "Choose another address with --listen, or stop the program that uses it."
        }
    }
}
