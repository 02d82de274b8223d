import Foundation
import Ledger
import LedgerStore

/// How long every page takes, and how large it is, in a ledger with two years of a real hotel's bookings among many other tenants' lines.
struct PagesBenchmark {
    /// Line items in the file, the hotel's own among them.
    var lines = 1_000_000
    /// How often each page is asked for.
    var times = 50
    var bookings = "Tests/Support/hotel-bookings-resort.csv"
    var folder = FileManager.default.temporaryDirectory.path

    private static let password = "so long a password as pages want"
    /// A busy one of the bookings.
    private static let day = "2016-05-14"

    func run() async throws {
        let folder = "\(folder)/ledger-bench-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let stripe = try Server("stripe-simulator", ["--listen", "127.0.0.1:0"], [:], log: "\(folder)/simulator.log")
        defer { stripe.stop() }
        let program = Program(file: "\(folder)/ledger.db", stripe: stripe.url)
        try furnish(program, folder)
        let time = try Browser.clock(of: stripe)
        let count = try await fill(program.file, at: time)
        for house in ["resort", "hotel-0"] { try program.run("user", "add", house, "vera", "--role", "admin", input: Self.password) }

        let service = try program.serve(log: "\(folder)/service.log")
        defer { service.stop() }
        let (desk, full) = try (person("resort", service), person("hotel-0", service))
        let office = try Browser(service, house: "", name: "olaf", password: Self.password)
        let (folio, found) = try ("/t/hotel-0/folios/R-0", largestBill(program.file))
        print("Pages from a ledger of \(count) lines, \(times) times each in turn")
        print("                                                        KB      half ms   slowest ms")
        for (browser, path) in [
            (desk, "/t/resort/reception"), (desk, "/t/resort/reception?day=\(Self.day)"), (full, "/t/hotel-0/reception?day=\(Town.day)"),
            (desk, "/t/resort/reception?q=\(found)"), (full, "/t/hotel-0/reception?q=guest"), (full, folio), (full, folio + "/check-out"),
            (full, folio + "/lines/1/reversal"), (desk, "/t/resort/folios/\(found)"), (desk, "/t/resort/folios/\(found)/document"),
            (desk, "/t/resort/accounting"), (desk, "/t/resort/accounting?month=2016-05"), (desk, "/t/resort/accounting/2016-05/close"),
            (full, "/t/hotel-0/accounting?month=\(time.day(in: .gmt).month)"), (desk, "/t/resort/settings"),
            (desk, "/t/resort/settings/users"), (office, "/operator"), (office, "/operator/fees?month=2016-05"),
            (office, "/operator/tenants/new"), (office, "/operator/tenants/resort"), (office, "/operator/access"),
        ] {
            let page = try browser.measure(path, times: times)
            print(
                String(
                    format: "%@ %3d %6.1f   %8.1f   %8.1f", path.padding(toLength: 46, withPad: " ", startingAt: 0), page.status,
                    Double(page.bytes) / 1000, page.times.quantile(0.5), page.times.quantile(1)))
        }
    }

    private func person(_ house: String, _ service: Server) throws -> Browser {
        try Browser(service, house: house, name: "vera", password: Self.password)
    }

    /// - Returns: The reference of the paid stay with most lines.
    private func largestBill(_ file: String) throws -> String {
        let database = try Database(path: file, clock: now)
        defer { database.close() }
        return try database.read { transaction in
            try transaction.one(
                """
                SELECT reference FROM folio JOIN line_item ON line_item.tenant = folio.tenant AND line_item.folio = folio.number
                WHERE state = 'checked_out' GROUP BY folio.tenant, folio.number ORDER BY count(*) DESC LIMIT 1
                """
            ) { try $0.string(0) } ?? ""
        }
    }

    /// Two years of a hotel, people who may look at it, and the operator.
    private func furnish(_ program: Program, _ folder: String) throws {
        try Data("sk_test_resort\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/key"))
        try program.run("tenant", "add", "resort", "--name", "Resort Hotel")
        try program.run("tenant", "stripe", "resort", "--secret-key-file", "\(folder)/key")
        try program.run("import", "bookings", bookings, "--tenant", "resort")
        try program.run("user", "add", "olaf", "--role", "operator", input: Self.password)
    }

    /// Adds other tenants' lines.
    ///
    /// - Parameter time: Of the simulated Stripe, which the service goes by.
    /// - Returns: How many lines there are now.
    private func fill(_ file: String, at time: Instant) async throws -> Int {
        let town = try await Town.build(at: file, tenants: 100, foliosEach: 100) { time }
        let database = try Database(path: file) { time }
        defer { database.close() }
        func count() throws -> Int { try database.read { try $0.one("SELECT count(*) FROM line_item") { try $0.int(0) } ?? 0 } }
        var missing = try max(0, lines - count())
        // Folio by folio: lines that lie together are written together.
        let each = (missing + town.stays.count - 1) / town.stays.count
        for start in stride(from: 0, to: town.stays.count, by: 40) where missing > 0 {
            let part = min(missing, each * 40)
            try await database.write { transaction in
                for number in 0..<part {
                    let stay = town.stays[start + number / each]
                    try transaction.withBook(of: stay.tenant) { try $0.addDrink(to: stay.folio) }
                }
            }
            missing -= part
        }
        return try count()
    }
}

/// Somebody who is logged in.
private final class Browser {
    private let callers: Callers
    private var head: String

    init(_ service: Server, house: String, name: String, password: String) throws {
        callers = try Callers(1, port: service.port)
        head = "Host: 127.0.0.1:\(service.port)\r\nSec-Fetch-Site: same-origin\r\nAccept-Language: de\r\n"
        let form = "tenant=\(house)&name=\(name)&password=\(password.replacing(" ", with: "+"))"
        let answer = try ask(
            "POST /login HTTP/1.1\r\n\(head)Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(form.utf8.count)\r\n\r\n\(form)"
        )
        guard let cookie = answer.firstMatch(of: /Set-Cookie: ([^=]*session=[^;]+)/) else {
            throw Unusable(what: "\(name) could not log in: \(answer.prefix(200))")
        }
        head += "Cookie: \(cookie.1)\r\n"
    }

    /// Where a simulator's time stands.
    static func clock(of simulator: Server) throws -> Instant {
        var text = ""
        let request = Array("GET /_sim/clock HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".utf8)
        _ = try Callers(1, port: simulator.port).ask(until: { true }, request: { request }) { answer, body in
            text = String(decoding: answer[body...], as: UTF8.self)
        }
        guard let seconds = text.firstMatch(of: /"now": *(\d+)/).flatMap({ Int64($0.1) }) else { throw Unusable(what: "No clock: \(text)") }
        return Instant(milliseconds: seconds * 1000)
    }

    func measure(_ path: String, times: Int) throws -> (status: Int, bytes: Int, times: Times) {
        let request = Array("GET \(path) HTTP/1.1\r\n\(head)\r\n".utf8)
        var (left, status, bytes) = (times, 0, 0)
        let times = try callers.ask(until: { left == 0 }, request: { request }) { answer, body in
            left -= 1
            status = Int(String(decoding: answer.dropFirst(9).prefix(3), as: UTF8.self)) ?? 0
            bytes = answer.count - body
        }
        return (status, bytes, Times(times))
    }

    private func ask(_ request: String) throws -> String {
        var text = ""
        _ = try callers.ask(until: { true }, request: { Array(request.utf8) }) { answer, _ in text = String(decoding: answer, as: UTF8.self)
        }
        return text
    }
}
