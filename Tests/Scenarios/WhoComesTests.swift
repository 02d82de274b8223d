import Foundation
import JSON
import Ledger
import Stripe
import TestSupport
import Testing

/// Who comes from where, as a service sees it that stands behind a proxy.
@Suite struct `Behind a proxy` {
    private static let password = "drei Worte reichen"

    /// A service with two people, reached as the proxy reaches it.
    private final class Door: Sendable {
        let folder: TemporaryFolder
        let service: ServiceProcess
        private let client = APIClient()

        init(_ arguments: [String]) async throws {
            folder = try TemporaryFolder()
            let stripe = ServiceProcess.noStripe
            for verb in [
                ["tenant", "add", "seeblick", "--name", "Hotel Seeblick"], ["user", "add", "seeblick", "anna", "--role", "reception"],
                ["user", "add", "otto", "--role", "operator"],
            ] {
                _ = try await ServiceProcess.output(verb, folder: folder, stripe: stripe, input: password)
            }
            service = try await ServiceProcess(folder: folder, stripe: stripe, arguments: arguments)
        }

        func logIn(_ password: String, _ headers: [(String, String)], tenant: String = "seeblick", name: String = "anna") async throws
            -> APIClient.Answer
        {
            let form = "tenant=\(tenant)&name=\(name)&password=\(password.replacing(" ", with: "+"))"
            return try await client.send(
                "POST", service.url + "/login", token: nil, Array(form.utf8), key: "",
                headers: [("Content-Type", "application/x-www-form-urlencoded"), ("Sec-Fetch-Site", "same-origin")] + headers)
        }

        func get(_ path: String, _ headers: [(String, String)]) async throws -> APIClient.Answer {
            try await client.send("GET", service.url + path, token: nil, headers: headers)
        }

        func log() throws -> String { try String(contentsOfFile: service.log, encoding: .utf8) }
    }

    private func from(_ address: String) -> [(String, String)] { [("X-Forwarded-For", address)] }

    @Test func `wrong passwords of one keep nobody else out, however they lie about where they are`() async throws {
        let door = try await Door(["--trusted-proxy", "127.0.0.0/8"])
        // 50 are the limit of one address. What stands before the last hop is the sender's own.
        for number in 0..<50 {
            let told = try await door.logIn("wrong", from("192.0.2.\(number), 198.51.100.7"), name: "user\(number)")
            #expect(told.status == 401)
        }
        let tooMany = try await door.logIn(Self.password, from("203.0.113.1, 198.51.100.7"))
        #expect(tooMany.status == 429 && tooMany.header("Retry-After") != nil)
        #expect(try await door.logIn(Self.password, from("2001:db8::1")).status == 303)
        #expect(try await door.logIn(Self.password, [("Forwarded", "for=\"[2001:db8:1::1]:80\"")], tenant: "", name: "otto").status == 303)
        let refused = try door.log().split(separator: "\n").filter { $0.contains("login_refused") }
        #expect(refused.count == 51 && refused.allSatisfy { $0.contains(#""from":"198.51.100.7""#) })
    }

    @Test func `a stranger's word about where he is counts for nothing`() async throws {
        for arguments in [[], ["--trusted-proxy", "10.0.0.0/8"]] {
            let door = try await Door(arguments)
            for number in 0..<50 { _ = try await door.logIn("wrong", from("192.0.2.\(number)"), name: "user\(number)") }
            #expect(try await door.logIn(Self.password, from("203.0.113.1")).status == 429)
            #expect(try !door.log().contains("192.0.2."))
        }
    }

    @Test func `the log of requests names the client`() async throws {
        let door = try await Door(["--trusted-proxy", "::1", "--trusted-proxy", "127.0.0.1"])
        _ = try await door.get("/healthz", from("203.0.113.9"))
        _ = try await door.get("/login", from("203.0.113.10"))
        // The log is written beside the answers; a service that has ended has written all of it.
        _ = await door.service.stop()
        #expect(try door.log().split(separator: "\n").contains { $0.contains("/healthz") && $0.contains(#""from":"203.0.113.9""#) })
        let page = try door.log().split(separator: "\n").first { $0.contains(#""route":"/login""#) }
        #expect(page?.contains(#""event":"request""#) == true && page?.contains(#""from":"203.0.113.10""#) == true)
    }

    @Test(arguments: [
        // Proxies that are trusted, the public address, what the proxy says, whether the cookie is for encrypted connections only.
        (["--trusted-proxy", "127.0.0.1"], "https://ledger.example.com", "https", true),
        (["--trusted-proxy", "127.0.0.1"], "https://ledger.example.com", "http", false),
        (["--trusted-proxy", "127.0.0.1"], "http://ledger.example.com", "https", true),
        (["--trusted-proxy", "127.0.0.1"], "https://ledger.example.com", "", true),
        (["--trusted-proxy", "10.0.0.0/8"], "https://ledger.example.com", "https", false),
        ([], "https://ledger.example.com", "http", true), ([], "http://ledger.example.com", "https", false),
    ])
    func `cookies are secure as the client's own connection is`(
        proxies: [String], publicURL: String, scheme: String, isSecure: Bool
    ) async throws {
        let door = try await Door(proxies + ["--public-url", publicURL])
        let told = try await door.logIn(Self.password, from("203.0.113.9") + [("X-Forwarded-Proto", scheme)])
        #expect(told.status == 303)
        let cookies = told.header("Set-Cookie") ?? ""
        #expect(cookies.contains("Secure") == isSecure, "\(told.headers)")
        #expect((told.header("Strict-Transport-Security") != nil) == isSecure)
    }

    @Test func `a public address over https without a trusted proxy is warned of`() async throws {
        let https = ["--public-url", "https://ledger.example.com"]
        let silent = [[], https + ["--trusted-proxy", "127.0.0.1"], ["--public-url", "http://ledger.example.com"]]
        for (arguments, isWarned) in [(https, true)] + silent.map({ ($0, false) }) {
            let door = try await Door(arguments)
            #expect(await door.service.stop() == 0)
            #expect(try door.log().contains("--trusted-proxy") == isWarned, "\(arguments)")
        }
    }

    /// So many try at once that most are turned away, each from another address.
    @Test func `a crowd from everywhere keeps nobody out who has been here before`() async throws {
        let door = try await Door(["--trusted-proxy", "127.0.0.1"])
        for desk in 0..<15 { #expect(try await door.logIn(Self.password, from("203.0.113.\(desk)")).status == 303) }
        let crowd = Crowd()
        let statuses = try await withThrowingTaskGroup(of: Void.self) { group in
            for row in 0..<150 {
                group.addTask {
                    while !Task.isCancelled {
                        let number = crowd.next()
                        let address = "198.\(18 + number / 62_500 % 2).\(number / 250 % 250).\(number % 250)"
                        let told = try? await door.logIn("wrong password \(row)", from(address))
                        crowd.note(told?.status ?? 0)
                    }
                }
            }
            while !crowd.isTurnedAway { try await Task.sleep(for: .milliseconds(20)) }
            let statuses = try await withThrowingTaskGroup(of: Int.self) { desks in
                for desk in 0..<15 { desks.addTask { try await door.logIn(Self.password, from("203.0.113.\(desk)")).status } }
                return try await desks.reduce(into: [Int]()) { $0.append($1) }
            }
            group.cancelAll()
            return statuses
        }
        #expect(statuses.count == 15 && statuses.allSatisfy { $0 == 303 }, "\(statuses)")
    }

    private final class Crowd: @unchecked Sendable {
        private let lock = NSLock()
        private var begun = 0
        private var turnedAway = 0

        func next() -> Int {
            lock.withLock {
                begun += 1
                return begun
            }
        }

        func note(_ status: Int) { lock.withLock { if status == 503 { turnedAway += 1 } } }
        var isTurnedAway: Bool { lock.withLock { turnedAway > 50 } }
    }

    @Test(arguments: ["proxy.example.com", "10.0.0.0/33", "0.0.0.0/0", ""])
    func `what is no network is refused`(network: String) async throws {
        let run = try await ProgramRun(["serve", "--trusted-proxy", network], environment: [:])
        #expect(run.exit == 2 && run.errors.contains("--trusted-proxy") && run.errors.contains("10.0.0.0/8"), "\(run.errors)")
    }
}

/// A page elsewhere must not log a visitor in as somebody else.
@Suite struct `A form of another page` {
    @Test(arguments: [
        ([("Origin", "null")], 403), ([("Origin", "null"), ("Sec-Fetch-Site", "same-origin")], 403), ([], 403),
        ([("Origin", "https://evil.example.com")], 403), ([("Sec-Fetch-Site", "cross-site")], 403),
        ([("Sec-Fetch-Site", "same-site")], 403),
        // Over an address that browsers do not trust they say nothing but the origin.
        ([("Host", "ledger.lan:8080")], 403), ([("Host", "ledger.lan:8080"), ("Origin", "http://ledger.lan:8080")], 403),
        ([("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "same-origin")], 403),
        ([("Host", "ledger.lan:8080"), ("Origin", "http://evil.lan:8080")], 403),
        ([("Host", "ledger.lan:8080"), ("Origin", "null")], 403),
        ([("Sec-Fetch-Site", "same-origin")], 401),
    ])
    func `logs nobody in`(headers: [(String, String)], status: Int) async throws {
        let folder = try TemporaryFolder()
        let service = try await ServiceProcess(folder: folder, stripe: ServiceProcess.noStripe)
        let form = [("Content-Type", "application/x-www-form-urlencoded")] + headers
        let told = try await APIClient().send(
            "POST", service.url + "/login", token: nil, Array("tenant=&name=otto&password=x".utf8), key: "", headers: form)
        #expect(told.status == status)
    }

    @Test(arguments: [
        ("http://ledger.lan:8080", "inside:9", 401), ("http://LEDGER.lan:8080", "ledger.lan:8080", 401),
        ("http://ledger.lan", "ledger.lan", 403), ("https://ledger.lan:8080", "ledger.lan:8080", 403),
        ("http://evil.lan:8080", "evil.lan:8080", 403), ("ledger.lan:8080", "ledger.lan:8080", 403),
    ])
    func `is told by the public address, whatever Host says`(origin: String, host: String, status: Int) async throws {
        let folder = try TemporaryFolder()
        let service = try await ServiceProcess(
            folder: folder, stripe: ServiceProcess.noStripe, arguments: ["--public-url", "http://ledger.lan:8080"])
        let form = [("Content-Type", "application/x-www-form-urlencoded"), ("Origin", origin), ("Host", host)]
        let told = try await APIClient().send(
            "POST", service.url + "/login", token: nil, Array("tenant=&name=otto&password=x".utf8), key: "", headers: form)
        #expect(told.status == status)
    }
}

/// What the address for webhooks tells a stranger.
@Suite struct `A webhook that nobody has signed` {
    @Test func `gets one answer, to the byte, whatever tenant it is for`() async throws {
        let house = try await House(tenants: ["seeblick"])
        for id in ["bare", "keyed"] {
            _ = try await house.send("POST", "/v1/tenants", as: "operator", ["id": .text(id), "name": "Hotel"])
        }
        let keyed = try await house.send("PUT", "/v1/tenants/keyed/stripe", as: "operator", ["secret_key": "sk_test_keyed"])
        #expect(keyed.status == 200, "\(keyed.text)")
        let body = Array(#"{"id":"evt_1"}"#.utf8)
        let now = Instant(unixSeconds: Int64(Date().timeIntervalSince1970))
        let foreign = WebhookSignature.header(body: body, secrets: [Secret("whsec_stranger")!, Secret("whsec_none")!], at: now)
        var answers: [String] = []
        for tenant in ["nowhere", "bare", "keyed", "seeblick", "%00", String(repeating: "x", count: 400)] {
            for signature in [foreign, "", "t=1", "v1=00", "t=1,v1=00", nil] {
                let told = try await APIClient().send(
                    "POST", house.service.url + "/stripe/webhooks/\(tenant)", token: nil, body, key: "",
                    headers: signature.map { [("Stripe-Signature", $0)] } ?? [])
                let headers = told.headers.filter { $0.key.lowercased() != "date" }.map { "\($0.key): \($0.value)" }.sorted()
                answers.append("\(told.status)\n\(headers.joined(separator: "\n"))\n\(told.text)")
            }
        }
        #expect(Set(answers).count == 1, "\(Set(answers))")
        #expect(answers[0].hasPrefix("403"))
        let log = try String(contentsOfFile: house.service.log, encoding: .utf8)
        for code in ["tenant_not_found", "stripe_account_missing", "webhook_secret_missing", "webhook_signature_wrong"] {
            #expect(log.contains(#""event":"webhook_refused""#) && log.contains("\"code\":\"\(code)\""), "\(code)")
        }
    }
}
