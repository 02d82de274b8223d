import Foundation
import FoundationNetworking
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
        let output = Pipe()
        let nowhere = FileHandle.nullDevice
        driver = try ChildProcess(
            Self.programs.driver, ["--port=0"], environment: ["PATH": "/usr/bin:/bin", "HOME": profile, "LANG": "C.UTF-8", "TZ": "Europe/Berlin"],
            input: nowhere.fileDescriptor, output: output.fileHandleForWriting.fileDescriptor, errors: nowhere.fileDescriptor)
        try output.fileHandleForWriting.close()
        var text = ""
        while text.firstMatch(of: /successfully on port ([0-9]+)/) == nil {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Refused(command: "start", answer: text) }
            text += String(decoding: more, as: UTF8.self)
        }
        url = "http://127.0.0.1:\(text.firstMatch(of: /successfully on port ([0-9]+)/)!.1)"
        let options: [String: any Sendable] = [
            "binary": Self.programs.browser,
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-color-profile=srgb",
                "--lang=de", "--user-data-dir=\(profile)",
            ],
            "prefs": ["intl.accept_languages": "de"],
        ]
        let wishes: [String: any Sendable] = ["alwaysMatch": ["goog:chromeOptions": options] as [String: any Sendable]]
        let answer = try await Self.ask("POST", url + "/session", ["capabilities": wishes])
        session = (answer as? [String: Any])?["sessionId"] as? String ?? ""
    }

    /// Closes the window and ends both programs.
    func close() async {
        _ = try? await Self.ask("DELETE", "\(url)/session/\(session)", nil)
        driver.terminate()
        _ = await driver.ended()
    }

    private static func ask(_ method: String, _ url: String, _ body: [String: any Sendable]?) async throws -> Any {
        var request = URLRequest(url: URL(string: url)!)
        request.httpMethod = method
        request.timeoutInterval = 60
        if method == "POST" {
            request.httpBody = try JSONSerialization.data(withJSONObject: body ?? [:])
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        let (data, response) = try await URLSession.shared.data(for: request)
        guard (response as? HTTPURLResponse)?.statusCode == 200 else {
            throw Refused(command: "\(method) \(url)", answer: String(decoding: data, as: UTF8.self))
        }
        return (try JSONSerialization.jsonObject(with: data) as? [String: Any])?["value"] ?? NSNull()
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
            "//*[self::button or self::a or self::summary or (self::span and ancestor::label)][contains(normalize-space(.), \"\(words)\") or @aria-label=\"\(words)\"]"
        let found = try await command("POST", "/element", ["using": "xpath", "value": path]) as? [String: String]
        return Element(id: found?.values.first ?? "")
    }

    func click(_ words: String) async throws { try await click(try await control(words)) }

    func click(_ element: Element) async throws {
        try await command("POST", "/element/\(element.id)/click", [:])
    }

    func type(_ text: String, into selector: String) async throws {
        let element = try await find(selector)
        try await command("POST", "/element/\(element.id)/clear", [:])
        try await command("POST", "/element/\(element.id)/value", ["text": text])
    }

    /// Presses the Tab key as a keyboard does.
    func tab() async throws {
        let key: [[String: any Sendable]] = [["type": "keyDown", "value": "\u{E004}"], ["type": "keyUp", "value": "\u{E004}"]]
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
