import Foundation
import JSON
import TestSupport
import Testing

/// What happens to the process and its file while it serves, and what others see meanwhile.
@Suite(.serialized) struct `A service under way` {
    // MARK: - Signals and crashes

    @Test func `goes on after signals that it does not know, and opens its log anew after SIGHUP`() async throws {
        let house = try await CrashHouse()
        #expect(await house.stop() == 0)
        let log = house.folder.file("access.log")
        try await house.start(["--log-file", log])
        for signal in [SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGXCPU, SIGXFSZ, SIGPIPE, SIGHUP, 34, 64] {
            house.signal(signal)
            #expect(try await house.send("GET", "/healthz").status == 200, "signal \(signal)")
        }
        try FileManager.default.moveItem(atPath: log, toPath: log + ".1")
        house.signal(SIGHUP)
        try await house.eventually { FileManager.default.fileExists(atPath: log) }
        _ = try await house.send("GET", "/readyz")
        try await house.eventually { Self.text(log).contains(#""route":"/readyz""#) }
        #expect(Self.text(log + ".1").contains(#""route":"/healthz""#) && !Self.text(log + ".1").contains(#""route":"/readyz""#))
        // Where it cannot be opened, the old one is written on, and says so.
        try FileManager.default.removeItem(atPath: log)
        try FileManager.default.createDirectory(atPath: log, withIntermediateDirectories: false)
        house.signal(SIGHUP)
        #expect(try await house.send("GET", "/healthz").status == 200)
        #expect(await house.stop() == 0)
    }

    @Test func `that cannot write its log does not start`() async throws {
        let house = try await CrashHouse()
        let run = try await house.run(["serve", "--listen", "127.0.0.1:0", "--log-file", house.folder.file("nowhere/access.log")])
        #expect(run.exit == 1 && run.isOneSentenceWithAHint && run.errors.contains("cannot be written"), "\(run.errors)")
        let pipe = house.folder.file("unread.log")
        #expect(mkfifo(pipe, 0o600) == 0)
        let unread = try await house.run(["serve", "--listen", "127.0.0.1:0", "--log-file", pipe])
        #expect(unread.exit == 1 && unread.isOneSentenceWithAHint && unread.errors.contains("without a reader"), "\(unread.errors)")
        #expect(await house.stop() == 0)
    }

    @Test(arguments: [SIGILL, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGTRAP, SIGQUIT])
    func `that crashes says by which signal, and writes nothing of its memory`(signal: Int32) async throws {
        let house = try await CrashHouse()
        #expect(try await house.book("R-1").status == 201)
        house.signal(signal)
        #expect(await house.ended() == -signal)
        let log = Self.text(house.folder.file("service.log"))
        if signal != SIGQUIT {
            // What the log's own thread still had to write may stand behind it.
            #expect(log.contains("{\"level\":\"error\",\"event\":\"crashed\",\"signal\":\(signal)}\n"), "\(log.suffix(500))")
        }
        #expect(log.split(separator: "\n").allSatisfy { $0.hasPrefix("{") }, "\(log.suffix(500))")
        for word in ["Registers", "Backtrac", "Weiss", "0x0"] { #expect(!log.contains(word), "\(word)") }
        let left = try FileManager.default.contentsOfDirectory(atPath: house.folder.path)
        #expect(!left.contains { $0.hasPrefix("core") })
    }

    // MARK: - The log

    @Test func `whose log nobody reads goes on, counts what it drops, and stops`() async throws {
        let house = try await CrashHouse()
        #expect(await house.stop() == 0)
        let pipe = Pipe()
        try await house.start(errors: pipe.fileHandleForWriting.fileDescriptor)
        var dropped = 0.0
        var asked = 0
        // More than the pipe and the queue take.
        while dropped == 0, asked < 40_000 {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        for _ in 0..<100 {
                            let status = try await house.send("GET", "/healthz").status
                            #expect(status == 200)
                        }
                    }
                }
                try await group.waitForAll()
            }
            asked += 800
            dropped = try await house.metric("ledger_log_lines_dropped")
        }
        #expect(dropped > 0)
        #expect(try await house.book("R-1").status == 201)
        // As soon as somebody reads, the log says what is missing.
        let reader = Task.detached { () -> String in
            var text = ""
            while !text.contains("log_lines_dropped") {
                let more = pipe.fileHandleForReading.availableData
                if more.isEmpty { break }
                text += String(decoding: more, as: UTF8.self)
            }
            return text
        }
        let text = await reader.value
        #expect(text.contains(#""event":"log_lines_dropped","lines":"#))
        #expect(
            text.split(separator: "\n", omittingEmptySubsequences: true).dropLast().allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
        // And with a full pipe it stops all the same.
        for _ in 0..<800 { _ = try await house.send("GET", "/healthz") }
        #expect(await house.stop() == 0)
    }

    // MARK: - Stopping

    @Test func `lets go at once whoever waits to call Stripe when it is stopped, and ends with calls that hang`() async throws {
        let house = try await CrashHouse()
        let references = (1...20).map { "R-\($0)" }
        for reference in references { #expect(try await house.book(reference, mode: "reserved").status == 201) }
        for reference in references {
            let folio = try await house.send("GET", CrashHouse.path(reference)).json
            try await house.simulator.pay(page: folio["payment_url"]?.textValue)
        }
        #expect(try await house.run(["sync"]).exit == 0)
        var plans: [(String, JSON)] = []
        for reference in references {
            _ = try await house.charge(reference, 5000, key: "line-\(reference)")
            let plan = try await house.send("GET", CrashHouse.path(reference) + "/check-out").json["plan"]?["id"]
            plans.append((reference, try #require(plan)))
        }
        let order: [String: any Sendable] = [
            "fault": "slow_first_byte", "route": "*", "times": 100_000, "delay_milliseconds": 600_000,
        ]
        try await house.simulator.order("POST", "/_sim/faults", order)
        let (answered, hanging) = try await withThrowingTaskGroup(of: Int.self) { group in
            for (reference, plan) in plans {
                group.addTask {
                    (try? await house.send("POST", CrashHouse.path(reference) + "/check-out", ["plan": plan]).status) ?? 0
                }
            }
            // Until none but those under way is left to begin: eight at once is what Stripe is asked.
            try await Task.sleep(for: .seconds(2))
            house.signal(SIGTERM)
            var statuses: [Int] = []
            while statuses.count < 12, let status = try await group.next() { statuses.append(status) }
            let ended = Task { await house.ended() }
            // The others are under way, and have their time.
            let early = statuses.count
            for try await status in group { statuses.append(status) }
            #expect(await ended.value == 0)
            return (statuses, 20 - early)
        }
        #expect(answered.count == 20 && hanging == 8)
        #expect(answered.allSatisfy { $0 == 503 }, "\(answered)")
        // Everything was kept, and is carried out when Stripe answers again.
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
        try await house.start()
        for (reference, plan) in plans {
            _ = try await house.send("POST", CrashHouse.path(reference) + "/check-out", ["plan": plan], key: "again-\(reference)")
        }
        for verb in ["sync", "verify"] { #expect(try await house.run([verb]).exit == 0) }
        #expect(await house.stop() == 0)
    }

    @Test func `answers calls that hang at Stripe when it is stopped as calls without an answer`() async throws {
        let house = try await CrashHouse()
        // A program asks for Stripe's news before its first call.
        _ = try await house.book("R-0", key: "book-0")
        try await house.simulator.order(
            "POST", "/_sim/faults", ["fault": "slow_first_byte", "route": "*", "times": 100_000, "delay_milliseconds": 600_000])
        let answers = try await withThrowingTaskGroup(of: APIClient.Answer.self) { group in
            for number in 1...12 { group.addTask { try await house.book("R-\(number)", key: "book-\(number)") } }
            try await Task.sleep(for: .seconds(2))
            let ended = Task { await house.stop() }
            let answers = try await group.reduce(into: []) { $0.append($1) }
            #expect(await ended.value == 0)
            return answers
        }
        for answer in answers {
            #expect(answer.status == 503 && answer.code == "stripe_unanswered", "\(answer.text)")
            #expect(answer.header("Retry-After") != nil)
        }
        #expect(!Self.text(house.folder.file("service.log")).contains(#""event":"accident""#))
    }

    // MARK: - The file

    @Test(arguments: ["removed", "replaced", "newer", "locked"])
    func `that cannot use its file tells no stranger where it lies`(accident: String) async throws {
        let house = try await CrashHouse()
        let password = "drei Worte reichen"
        let add = ["user", "add", "seeblick", "anna", "--role", "reception"]
        try await house.succeed(add, input: password)
        let file = house.folder.file("ledger.db")
        var lock: LockedFile?
        switch accident {
        case "removed": try FileManager.default.moveItem(atPath: file, toPath: file + ".away")
        case "replaced":
            try FileManager.default.moveItem(atPath: file, toPath: file + ".away")
            try Data("another".utf8).write(to: URL(fileURLWithPath: file))
        case "newer": try change(file, "PRAGMA user_version = 9999")
        default: lock = try LockedFile(file)
        }
        let (client, form) = (APIClient(), Array("tenant=seeblick&name=anna&password=drei+Worte+reichen".utf8))
        let isForm = [("Content-Type", "application/x-www-form-urlencoded"), ("Sec-Fetch-Site", "same-origin")]
        var answers = [
            try await client.send("POST", house.url + "/login", token: nil, form, key: "", headers: isForm),
            try await house.book("R-1"),
        ]
        if lock == nil {
            answers.append(
                try await client.send("POST", house.url + "/stripe/webhooks/seeblick", token: nil, Array("{}".utf8), key: ""))
        }
        for answer in answers {
            #expect(answer.status == 503 && answer.header("Retry-After") != nil, "\(answer.text)")
            #expect(!answer.text.contains("ledger.db") && !answer.text.contains(house.folder.path), "\(answer.text)")
        }
        #expect(answers[0].header("Content-Type")?.hasPrefix("text/html") == true && answers[0].text.contains("<h1>"))
        withExtendedLifetime(lock) {}
        lock = nil
        _ = await house.stop()
        let told = Self.text(house.folder.file("service.log")).split(separator: "\n")
        #expect(told.count { $0.contains("accident") && $0.contains(file) } >= 2)
    }

    @Test(arguments: ["", "-wal", "-shm"])
    func `whose file is removed refuses what it could not keep, and goes on when it is back`(suffix: String) async throws {
        let house = try await CrashHouse()
        #expect(try await house.book("R-1").status == 201)
        let file = house.folder.file("ledger.db") + suffix
        try FileManager.default.moveItem(atPath: file, toPath: file + ".away")
        try await house.expectRefused("file_removed")
        try Data("another".utf8).write(to: URL(fileURLWithPath: file))
        try await house.expectRefused("file_replaced")
        try FileManager.default.removeItem(atPath: file)
        try FileManager.default.moveItem(atPath: file + ".away", toPath: file)
        #expect(try await house.charge("R-1", 100, key: "after").status == 201)
        #expect(try await house.lines(of: "R-1").count == 1)
        try await house.expectAlive()
        #expect(try await house.run(["verify"]).exit == 0)
        #expect(await house.stop() == 0)
    }

    @Test func `whose file another ledger was moved over refuses to write into the old one`() async throws {
        let (house, other) = (try await CrashHouse(), try await CrashHouse())
        #expect(try await house.book("R-1").status == 201)
        #expect(await other.stop() == 0)
        try FileManager.default.removeItem(atPath: house.folder.file("ledger.db"))
        try FileManager.default.moveItem(atPath: other.folder.file("ledger.db"), toPath: house.folder.file("ledger.db"))
        try await house.expectRefused("file_replaced")
        #expect(await house.stop() == 0)
    }

    @Test func `whose file a newer program has changed writes nothing more`() async throws {
        let house = try await CrashHouse()
        #expect(try await house.book("R-1").status == 201)
        let file = house.folder.file("ledger.db")
        let version = try #require(ask(file, "PRAGMA user_version").first)
        try change(file, "PRAGMA user_version = 9999")
        try await house.expectRefused("file_from_newer_version")
        try change(file, "PRAGMA application_id = 1")
        try await house.expectRefused("file_of_another_program")
        try change(file, "PRAGMA application_id = \(0x534F_4C31); PRAGMA user_version = \(version)")
        #expect(try await house.charge("R-1", 100, key: "after").status == 201)
        #expect(await house.stop() == 0)
    }

    private static func text(_ file: String) -> String { (try? String(contentsOfFile: file, encoding: .utf8)) ?? "" }
}

extension CrashHouse {
    /// Looks again while the service answers, as often as it takes.
    fileprivate func eventually(_ condition: @escaping @Sendable () -> Bool) async throws {
        try await withHangDetection {
            while !condition() {
                try Task.checkCancellation()
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// A line is not taken, for this reason, and the service says that it is not ready; the process lives.
    fileprivate func expectRefused(_ code: String) async throws {
        let refused = try await charge("R-1", 100, key: "refused-\(UUID().uuidString)")
        #expect(refused.status == 503 && refused.code == code, "\(refused.text)")
        #expect(refused.json["detail"]?.textValue != nil && refused.json["hint"]?.textValue != nil)
        #expect(try await send("GET", "/readyz").status == 503)
        #expect(try await send("GET", "/healthz").status == 200)
    }

    /// A figure of `/metrics`.
    fileprivate func metric(_ name: String) async throws -> Double {
        let answer = try await APIClient().send("GET", url + "/metrics", token: operatorToken)
        let line = answer.text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
        return Double(line?.split(separator: " ").last ?? "") ?? -1
    }
}
