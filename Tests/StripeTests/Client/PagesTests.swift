import Foundation
import Ledger
import Testing

@testable import Stripe

@Suite struct `Reading a list oldest first` {
    @Test(arguments: [0, 1, 99, 100, 101, 200, 250])
    func `everything since a time comes once and in order`(count: Int) async throws {
        let list = ListTransport(count: count)
        var seen: [String] = []
        for try await page in StripeClient.scripted(list).events(since: Instant(unixSeconds: 1000)) { seen += page.map(\.id) }
        #expect(seen == (0..<count).map { "evt_\($0)" })
    }

    @Test(arguments: [0, 57, 149, 248, 249])
    func `everything after a known event comes once and in order`(known: Int) async throws {
        let list = ListTransport(count: 250)
        var seen: [String] = []
        for try await page in StripeClient.scripted(list).events(types: ["charge.updated"], after: "evt_\(known)") {
            seen += page.map(\.id)
        }
        #expect(seen == ((known + 1)..<250).map { "evt_\($0)" })
        #expect(list.queries.first == "types[0]=charge.updated&limit=100&ending_before=evt_\(known)")
    }

    @Test func `one page costs one call`() async throws {
        let list = ListTransport(count: 7)
        for try await _ in StripeClient.scripted(list).events(since: Instant(unixSeconds: 1000)) {}
        #expect(list.queries == ["created[gte]=1000&limit=100"])
    }

    @Test func `what arrives while the list is read is read too`() async throws {
        let list = ListTransport(count: 150)
        var seen: [String] = []
        for try await page in StripeClient.scripted(list).events(after: "evt_10") {
            if seen.isEmpty { list.grow(to: 180) }
            seen += page.map(\.id)
        }
        #expect(seen == (11..<180).map { "evt_\($0)" })
    }

    @Test func `an element without an id that can be asked for is named by its text`() async throws {
        func names(_ elements: String) throws -> [String] {
            try Stripe.BalanceTransaction.page(Data(#"{"data": [\#(elements)], "has_more": false}"#.utf8)).unreadable.map(\.id)
        }
        let odd = [#"{"id": 7}"#, #"{"id": 8}"#, #"{"id": ""}"#, #"{"id": "x y"}"#, #"[1]"#, #"{"id": "txn_1", "amount": "much"}"#]
        let named = try names(odd.joined(separator: ","))
        #expect(named.count == odd.count && Set(named).count == odd.count && named.last == "txn_1")
        #expect(named.dropLast().allSatisfy { $0.hasPrefix("unnamed_") && $0.count == 24 }, "\(named)")
        #expect(try names(odd[0]) == [named[0]], "the same text has the same name")
    }

    @Test func `a list that breaks off says why, and what came before it stays read`() async throws {
        let list = ListTransport(count: 250, failsAtQuery: 2)
        var seen: [String] = []
        do {
            for try await page in StripeClient.scripted(list).events(after: "evt_0") { seen += page.map(\.id) }
            Issue.record("The list did not break off.")
        } catch {
            guard case .refused(let refusal) = error else { throw error }
            #expect(refusal.code == .resourceMissing)
        }
        #expect(seen == (1..<101).map { "evt_\($0)" })
    }
}

/// A list of events that grows at its new end, cut into pages by Stripe's rules.
private final class ListTransport: Transport, @unchecked Sendable {
    private let lock = NSLock()
    private var count: Int
    private var asked: [String] = []
    private let failsAtQuery: Int?

    init(count: Int, failsAtQuery: Int? = nil) {
        self.count = count
        self.failsAtQuery = failsAtQuery
    }

    var queries: [String] { lock.withLock { asked } }

    func grow(to count: Int) { lock.withLock { self.count = count } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let query = request.url.split(separator: "?").last.map(String.init) ?? ""
        let (count, number) = lock.withLock {
            asked.append(query)
            return (self.count, asked.count)
        }
        if number == failsAtQuery {
            return try ScriptedTransport.Step.error(400, "invalid_request_error", code: "resource_missing").get()
        }
        let newestFirst = Array((0..<count).reversed())
        var page = newestFirst.prefix(100)
        var hasMore = newestFirst.count > 100
        if let cursor = Self.cursor("starting_after", query) {
            let rest = newestFirst.drop { $0 >= cursor }
            (page, hasMore) = (rest.prefix(100), rest.count > 100)
        } else if let cursor = Self.cursor("ending_before", query) {
            let rest = newestFirst.prefix { $0 > cursor }
            (page, hasMore) = (rest.suffix(100), rest.count > 100)
        }
        let events = page.map { #"{"id": "evt_\#($0)", "type": "charge.updated", "created": \#(1000 + $0)}"# }
        return HTTPResponse(status: 200, body: Data(#"{"data": [\#(events.joined(separator: ",\n "))], "has_more": \#(hasMore)}"#.utf8))
    }

    private static func cursor(_ name: String, _ query: String) -> Int? {
        query.split(separator: "&").first { $0.hasPrefix("\(name)=evt_") }.flatMap { Int($0.dropFirst(name.count + 5)) }
    }
}
