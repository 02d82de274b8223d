import Foundation
import Ledger
import LedgerService
import Stripe
import Testing

@testable import LedgerPages

import struct WebServer.HTTPRequest
import struct WebServer.HTTPResponse
import class WebServer.WebServer

@Suite struct `The month's journal as a file` {
    /// Asks over a real connection, as a browser does.
    private func download(_ house: House, _ path: String, language: String) async throws -> (type: String?, text: String) {
        let pages = house.pages
        let server = WebServer(.init()) { request in await pages.answer(request) ?? HTTPResponse(status: 404) }
        try server.start()
        let answer = try await CurlTransport().send(
            Stripe.HTTPRequest(
                method: "GET", url: "http://127.0.0.1:\(server.port)\(path)",
                headers: [HTTPHeader("Cookie", "session=\(house.secrets[.accounting]!)"), HTTPHeader("Accept-Language", language)]))
        await server.stop(grace: .seconds(1))
        return (answer.headers.first { $0.key.lowercased() == "content-type" }?.value, String(decoding: answer.body, as: UTF8.self))
    }

    @Test func `comes whole, though it is written as it is read`() async throws {
        let house = try await House()
        try await house.book("R-1")
        // More than is read at a time.
        let beer = NewLine.free(category: .minibar, description: "Bier", quantity: 1, unitAmount: house.euros("1234.50"))
        _ = try await house.ledger.addLines(Array(repeating: beer, count: 2_500), to: "R-1", of: House.id, by: "=1+1")
        let path = "/t/seeblick/accounting/2026-11/journal.csv"
        guard case .stream = try #require(await house.pages.answer(request(house, path))).body else {
            Issue.record("it is built in memory")
            return
        }
        let german = try await download(house, path, language: "de")
        #expect(german.type == "text/csv; charset=utf-8")
        var lines = german.text.components(separatedBy: "\r\n")
        #expect(lines.removeLast().isEmpty && lines.removeFirst().hasPrefix("\u{FEFF}Nummer;Leistungsdatum;"))
        #expect(lines.map { $0.split(separator: ";").first.flatMap { Int($0) } } == Array(1...2_500))
        #expect(lines.allSatisfy { $0.contains(";\"1234,50\";R-1;'=1+1;") }, "\(lines[0])")
        let english = try await download(house, path, language: "en")
        #expect(english.text.hasPrefix("\u{FEFF}Number,Service date,") && english.text.contains(",1234.50,R-1,'=1+1,"))
        let other = try await download(house, "/t/seeblick/accounting/2026-10/journal.csv", language: "de")
        #expect(other.text.components(separatedBy: "\r\n").count == 2)
    }

    private func request(_ house: House, _ path: String) -> HTTPRequest {
        HTTPRequest(method: "GET", target: path, headers: [("Cookie", "session=\(house.secrets[.accounting]!)")], body: [])
    }
}
