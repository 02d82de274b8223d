import Foundation
import Glibc
import TestSupport

/// A browser driven as W3C WebDriver says, by JSON over HTTP: Debian's chromium through its chromium-driver.
///
/// - Source: W3C WebDriver, and chromedriver's `goog/cdp/execute` for what a window cannot be asked for: narrow screens, the dark scheme.
final class Browser: @unchecked Sendable {
    struct Refused: Error, CustomStringConvertible {
        let command: String
        let answer: String
        var description: String { "\(command): \(answer.prefix(600))" }
    }

    struct Element: Sendable { let id: String }

    private let driver: ChildProcess
    private let url: String
    private let session: String

    static let programs = (driver: "/usr/bin/chromedriver", browser: "/usr/bin/chromium")
    static var isInstalled: Bool {
        FileManager.default.isExecutableFile(atPath: programs.driver) && FileManager.default.isExecutableFile(atPath: programs.browser)
    }

    init(profile: String) async throws {
        var started = try Self.start(profile)
        // The port that the system gives it for IPv4 can be taken for IPv6: then it ends at once.
        for _ in 0..<4 where started.port == nil { started = try Self.start(profile) }
        driver = started.driver
        guard let port = started.port else { throw Refused(command: "start", answer: started.said) }
        url = "http://127.0.0.1:\(port)"
        let options: [String: any Sendable] = [
            "binary": Self.programs.browser,
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                "--force-color-profile=srgb",
                "--lang=de", "--user-data-dir=\(profile)",
            ],
            "prefs": ["intl.accept_languages": "de"],
        ]
        let wishes: [String: any Sendable] = ["alwaysMatch": ["goog:chromeOptions": options] as [String: any Sendable]]
        let answer = try await Self.ask("POST", url + "/session", ["capabilities": wishes])
        session = (answer as? [String: Any])?["sessionId"] as? String ?? ""
    }

    deinit { driver.terminate() }

    private static func start(_ profile: String) throws -> (driver: ChildProcess, port: String?, said: String) {
        let output = Pipe()
        let nowhere = FileHandle.nullDevice
        let driver = try ChildProcess(
            programs.driver, ["--port=0"],
            environment: ["PATH": "/usr/bin:/bin", "HOME": profile, "LANG": "C.UTF-8", "TZ": "Europe/Berlin"],
            input: nowhere.fileDescriptor, output: output.fileHandleForWriting.fileDescriptor, errors: nowhere.fileDescriptor)
        try output.fileHandleForWriting.close()
        var text = ""
        while true {
            if let port = text.firstMatch(of: /successfully on port ([0-9]+)/) { return (driver, String(port.1), text) }
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else {
                driver.wait()
                return (driver, nil, text)
            }
            text += String(decoding: more, as: UTF8.self)
        }
    }

    /// Closes the window and ends both programs.
    func close() async {
        _ = try? await Self.ask("DELETE", "\(url)/session/\(session)", nil)
        driver.terminate()
        _ = await driver.ended()
    }

    private static func ask(_ method: String, _ url: String, _ body: [String: any Sendable]?) async throws -> Any {
        let content = method == "POST" ? try JSONSerialization.data(withJSONObject: body ?? [:]) : Data()
        // A thread of its own: Swift's few threads are also the ones that serve the pages.
        let answer: Data = await withCheckedContinuation { waiting in
            Thread.detachNewThread { waiting.resume(returning: exchange(method, url, content)) }
        }
        guard let end = answer.firstRange(of: Data("\r\n\r\n".utf8)),
            let object = try? JSONSerialization.jsonObject(with: answer[end.upperBound...]) as? [String: Any]
        else { throw Refused(command: "\(method) \(url)", answer: String(decoding: answer, as: UTF8.self)) }
        guard answer.starts(with: Data("HTTP/1.1 200".utf8)) else {
            throw Refused(command: "\(method) \(url)", answer: "\(object)")
        }
        return object["value"] ?? NSNull()
    }

    /// One request on a connection of its own. Not URLSession: on Linux it stumbles over chromedriver's headers.
    private static func exchange(_ method: String, _ url: String, _ content: Data) -> Data {
        let parts = url.dropFirst("http://127.0.0.1:".count).split(separator: "/", maxSplits: 1)
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { Glibc.close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(parts[0])!.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard connected == 0 else { return Data() }
        let head =
            "\(method) /\(parts[1]) HTTP/1.1\r\nHost: 127.0.0.1:\(parts[0])\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: \(content.count)\r\n\r\n"
        var rest = Data(head.utf8) + content
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(socket, $0.baseAddress!, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return Data() }
            rest = rest.dropFirst(sent)
        }
        var answer = Data()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { return answer }
            answer.append(contentsOf: buffer.prefix(count))
            // chromedriver keeps the connection, whatever it is asked.
            if let end = answer.firstRange(of: Data("\r\n\r\n".utf8)),
                let length = String(decoding: answer[..<end.lowerBound], as: UTF8.self).lowercased()
                    .firstMatch(of: /content-length: ?([0-9]+)/), let total = Int(length.1), answer.count >= end.upperBound + total
            {
                return answer
            }
        }
    }

    @discardableResult
    private func command(_ method: String, _ path: String, _ body: [String: any Sendable]? = nil) async throws -> Any {
        try await Self.ask(method, "\(url)/session/\(session)\(path)", body)
    }

    // MARK: - What a person does

    func open(_ address: String) async throws { try await command("POST", "/url", ["url": address]) }
    func address() async throws -> String { try await command("GET", "/url") as? String ?? "" }
    func title() async throws -> String { try await command("GET", "/title") as? String ?? "" }
    func forgetCookies() async throws { try await command("DELETE", "/cookie") }

    /// The first element of that CSS selector.
    func find(_ selector: String) async throws -> Element {
        let found = try await command("POST", "/element", ["using": "css selector", "value": selector]) as? [String: String]
        return Element(id: found?.values.first ?? "")
    }

    /// The first button or link that says so.
    func control(_ words: String) async throws -> Element {
        let path =
            "//*[self::button or self::a or self::summary or (self::span and ancestor::label)][contains(translate(normalize-space(.), \"\u{A0}\", \" \"), \"\(words)\") or @aria-label=\"\(words)\"]"
        let found = try await command("POST", "/element", ["using": "xpath", "value": path]) as? [String: String]
        return Element(id: found?.values.first ?? "")
    }

    /// A page that is just being shown may have taken the place of what was found: then it is looked for once more.
    func click(_ words: String) async throws {
        do { try await click(try await control(words)) } catch { try await click(try await control(words)) }
    }

    /// What has just been opened or moved cannot be clicked at once: it is tried twice.
    func click(_ element: Element) async throws {
        do { try await command("POST", "/element/\(element.id)/click", [:]) } catch {
            try await Task.sleep(for: .milliseconds(300))
            try await command("POST", "/element/\(element.id)/click", [:])
        }
    }

    func type(_ text: String, into selector: String) async throws {
        let element = try await find(selector)
        try await command("POST", "/element/\(element.id)/clear", [:])
        try await command("POST", "/element/\(element.id)/value", ["text": text])
    }

    /// What stands in an input.
    func value(of selector: String) async throws -> String {
        try await command("GET", "/element/\(find(selector).id)/property/value") as? String ?? ""
    }

    /// Presses the Tab key as a keyboard does.
    func tab() async throws { try await press("\u{E004}") }

    /// Presses Enter while an input has the keyboard.
    func enter(on selector: String) async throws {
        try await run("document.querySelector(\"\(selector)\").focus()")
        try await press("\u{E007}")
    }

    private func press(_ value: String) async throws {
        let key: [[String: any Sendable]] = [["type": "keyDown", "value": value], ["type": "keyUp", "value": value]]
        let keyboard: [String: any Sendable] = ["type": "key", "id": "keyboard", "actions": key]
        try await command("POST", "/actions", ["actions": [keyboard]])
    }

    /// All that can be read on the page.
    func text() async throws -> String { try await run("return document.body.innerText") as? String ?? "" }

    /// Waits until the page says something: forms and refreshes take a moment.
    func sees(_ words: String, within seconds: Double = 12) async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            if (try? await text().replacing("\u{A0}", with: " ").contains(words)) == true { return true }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    /// Runs a script in the page and returns what it returns.
    @discardableResult
    func run(_ script: String) async throws -> Any { try await command("POST", "/execute/sync", ["script": script, "args": [String]()]) }

    // MARK: - How it looks

    private func devTools(_ name: String, _ parameters: [String: any Sendable]) async throws {
        try await command("POST", "/goog/cdp/execute", ["cmd": name, "params": parameters])
    }

    func set(width: Int, height: Int = 900, dark: Bool = false) async throws {
        try await devTools(
            "Emulation.setDeviceMetricsOverride",
            ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600])
        let feature: [String: any Sendable] = ["name": "prefers-color-scheme", "value": dark ? "dark" : "light"]
        try await devTools("Emulation.setEmulatedMedia", ["features": [feature]])
    }

    func setPaper(_ on: Bool) async throws { try await devTools("Emulation.setEmulatedMedia", ["media": on ? "print" : ""]) }

    /// The page as a PDF file, as its print button would make it: how many pages there are.
    func pagesOnPaper() async throws -> Int {
        let pdf = try await command("POST", "/print", ["shrinkToFit": false, "page": ["width": 21.0, "height": 29.7]]) as? String ?? ""
        let bytes = Data(base64Encoded: pdf) ?? Data()
        let text = String(decoding: bytes, as: Unicode.ASCII.self)
        return text.matches(of: /\/Type\s*\/Page[^s]/).count
    }

    /// The whole page, whatever the window's height, as a PNG file.
    func screenshot(to file: String, width: Int, dark: Bool) async throws {
        try await set(width: width, dark: dark)
        let height = (try await run("return document.documentElement.scrollHeight") as? Int) ?? 900
        try await set(width: width, height: max(640, height), dark: dark)
        let image = try await command("GET", "/screenshot") as? String ?? ""
        try Data(base64Encoded: image)?.write(to: URL(fileURLWithPath: file))
    }
}
