import Foundation
import Ledger
import TestSupport
import Testing

@testable import Stripe

@Suite struct `Reading events` {
    @Test func `an event keeps its bytes, and gives its object`() throws {
        let text = """
            {"id":"evt_1","object":"event","api_version":"2026-08-26.dahlia","created":1780000000,"livemode":false,"pending_webhooks":1,
              "type":"charge.captured","request":{"id":"req_1","idempotency_key":"op-17"},
             "data":{"object":\(Recorded.charge(captured: true)),"previous_attributes":{"captured":false}}}
            """
        let event = try Stripe.Event(raw: Data(text.utf8))
        #expect(event.raw == Data(text.utf8))
        #expect(event.id == "evt_1" && event.type == "charge.captured" && event.created == Instant(unixSeconds: 1_780_000_000))
        #expect(event.objectKind == "charge" && event.objectID == "ch_1")
        #expect(event.requestID == "req_1" && event.idempotencyKey == "op-17" && event.account == nil)
        #expect(try event.object(as: Charge.self).amountCaptured == 5000)
        #expect(throws: DecodingError.self) { try event.object(as: PaymentIntent.self) }
    }

    @Test func `an event about something unknown is an event all the same`() throws {
        let event = try Stripe.Event(
            raw: Data(#"{"id":"evt_2","type":"v9.thing.grew","created":1,"data":{"object":{"object":"balance"}},"request":null}"#.utf8))
        #expect(event.objectKind == "balance" && event.objectID == nil && event.requestID == nil)
    }

    @Test(arguments: ["", "[]", "{}", #"{"id":1,"type":"a","created":1}"#, #"{"id":"a","created":1}"#, "{\"id\":\"a\u{0}"])
    func `what is no event is refused`(text: String) {
        #expect(throws: DecodingError.self) { try Stripe.Event(raw: Data(text.utf8)) }
    }

    @Test func `each event of a page is cut out byte for byte`() throws {
        let first = #"{ "id":"evt_1", "type":"a]\"b,[", "created":1, "data":{"object":{"id":"x","data":[{"data":[]},1]}} }"#
        let second = "{\n  \"id\": \"evt_ü\",\n  \"type\": \"b\\\\\",\n  \"created\": 2\n}"
        let page = #"{"object":"list", "x":["data"], "y":{"data":[7]}, "data" : [ "# + first + "  ,\n" + second + " \n], \"has_more\":true}"
        let read = try Stripe.Event.page(Data(page.utf8))
        #expect(read.elements.map(\.raw) == [Data(first.utf8), Data(second.utf8)])
        #expect(read.elements.map(\.id) == ["evt_1", "evt_ü"] && read.hasMore)
    }

    @Test func `cutting gives the elements of any page`() throws {
        #expect(JSONSlices.elements(of: "data", in: Data(#"{"data":[]}"#.utf8)).isEmpty)
        #expect(JSONSlices.elements(of: "data", in: Data(#"{"data":{"x":[1],"data":[2]}}"#.utf8)).isEmpty)
        #expect(JSONSlices.elements(of: "data", in: Data(#"{"data":"[1]","other":[1]}"#.utf8)).isEmpty)
        #expect(
            JSONSlices.elements(of: "data", in: Data(#"{"data":[1, "a,b" ,null,[2,3]]}"#.utf8)).map { String(decoding: $0, as: UTF8.self) }
                == ["1", "\"a,b\"", "null", "[2,3]"])
    }

    /// Bytes of strangers: whatever comes, it ends, and inside its bounds.
    @Test(arguments: UInt64(0)..<200)
    func `cutting nonsense does no harm`(seed: UInt64) {
        var random = Noise(seed: seed)
        let alphabet = Array(#"{}[]",:\ data1"#.utf8)
        let bytes = Data(#"{"data":["#.utf8) + Data((0..<200).map { _ in alphabet.randomElement(using: &random)! })
        for element in JSONSlices.elements(of: "data", in: bytes) { #expect(element.count < bytes.count) }
    }
}
