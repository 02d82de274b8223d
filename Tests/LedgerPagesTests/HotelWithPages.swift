import Synchronization
import Foundation
import Ledger
import LedgerAccess
import LedgerPages
import LedgerService
import TestHotel
import Testing

import struct LedgerPages.Pages
import struct WebServer.Client
import struct WebServer.HTTPRequest
import struct WebServer.HTTPResponse
import struct WebServer.IPAddress

/// Hotel Seeblick with its pages, asked without a socket, and somebody logged in per role. Bergblick is another tenant.
final class HotelWithPages: AtHotel {
    static let password = "ein Zimmer mit Aussicht"
    /// As a form sends it that asks for it again.
    static let ownPassword = ("own_password", password)

    let hotel: Hotel
    let access: LedgerAccess
    let pages: Pages
    private let sessions = Mutex<[Role: String]>([:])
    /// The secrets of sessions, by role.
    var secrets: [Role: String] { sessions.withLock { $0 } }

    init() async throws {
        hotel = try await Hotel(publicURL: "http://127.0.0.1/")
        access = LedgerAccess(store: hotel.store, random: RandomSource(SystemRandomNumberGenerator()))
        pages = Pages(ledger: hotel.ledger, access: access, publicURL: "http://127.0.0.1", clock: hotel.clock.clock)
        _ = try await hotel.ledger.addTenant(NewTenant(id: "bergblick", name: "Hotel Bergblick"))
        try await hotel.sell([("bier", "Bier 0,33 l", 420, .minibar), ("massage", "Massage 50 min", 5950, .massage)])
        let boss = Caller(actor: "test", role: .operator, tenant: nil)
        for role in Role.allCases {
            let tenant = role == .operator ? nil : Hotel.id
            _ = try await access.addUser(role.rawValue, role: role, tenant: tenant, password: Self.password, by: boss)
        }
        try await logIn()
    }

    /// Logs everybody in: at first, and again after some days, when the sessions are over.
    func logIn() async throws {
        for role in Role.allCases {
            let secret = try await access.logIn(
                tenant: role == .operator ? nil : Hotel.id, name: role.rawValue, password: Self.password, from: "127.0.0.1"
            ).secret.revealed
            sessions.withLock { $0[role] = secret }
        }
    }

    func charge(_ reference: String, _ price: String, _ description: String = "Zimmer") async throws {
        try await charge(reference, .lodging, price, description: description, by: "test")
    }

    // MARK: - As a browser asks

    func get(_ target: String, as role: Role? = .reception, language: String = "de") async -> Page {
        await send("GET", target, as: role, language: language, body: "")
    }

    /// Sends the form as a browser would: with the token and key that stand on a page of the same session.
    func post(_ target: String, _ fields: [(String, String)], as role: Role = .reception, key: String? = nil) async -> Page {
        let known = await get("/t/x", as: role).csrf ?? ""
        let all = [("csrf", known), ("key", key ?? UUID().uuidString)] + fields
        let body = all.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
        return await send("POST", target, as: role, language: "de", body: body)
    }

    func send(
        _ method: String, _ target: String, as role: Role?, language: String = "de", body: String, headers: [(String, String)] = []
    ) async -> Page {
        await send(method, target, as: role, language: language, bytes: Array(body.utf8), headers: headers)
    }

    func send(
        _ method: String, _ target: String, as role: Role?, language: String = "de", bytes: [UInt8], headers: [(String, String)] = []
    ) async -> Page {
        var all: [(name: String, value: String)] = [("Accept-Language", language), ("Host", "127.0.0.1")]
        if let role, let secret = secrets[role] { all.append(("Cookie", "session=\(secret)")) }
        if method == "POST" { all.append(("Sec-Fetch-Site", "same-origin")) }
        all += headers.map { (name: $0.0, value: $0.1) }
        let request = HTTPRequest(method: method, target: target, headers: all, body: bytes, client: Self.client)
        return Page(await pages.answer(request) ?? HTTPResponse(status: 599))
    }

    private static let client = Client(address: IPAddress("127.0.0.1"))

    static func request(_ target: String, _ body: String, secret: String) -> HTTPRequest {
        HTTPRequest(
            method: "POST", target: target, headers: [("Cookie", "session=\(secret)"), ("Sec-Fetch-Site", "same-origin")],
            body: Array(body.utf8), client: client)
    }

    private func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

/// An answer as a browser sees it.
struct Page {
    let status: Int
    let headers: [(name: String, value: String)]
    let text: String

    init(_ response: HTTPResponse) {
        status = response.status
        headers = response.headers
        if case .bytes(let bytes) = response.body { text = String(decoding: bytes, as: UTF8.self) } else { text = "" }
    }

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
    var csrf: String? { text.firstMatch(of: /name="csrf" value="([^"]+)"/).map { String($0.1) } }
}
