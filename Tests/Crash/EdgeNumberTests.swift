import Foundation
import JSON
import Ledger
import Stripe
import TestSupport
import Testing

/// No number from outside ends the process that serves everybody: each number of what comes in is sent as something else, and the
/// service is there all the same.
@Suite(.serialized) struct `Numbers from outside` {
    @Test func `in signed webhooks are all answered 200`() async throws {
        let house = try await CrashHouse()
        #expect(try await house.book("R-1").status == 201)
        try await house.pay("R-1")
        let events = try await house.stripe("/v1/events?limit=100")["data"]?.arrayValue ?? []
        // One of each kind of object has all the numbers there are.
        let byType = Dictionary(events.map { ($0["type"]?.textValue ?? "", $0) }) { first, _ in first }
        #expect(byType.count >= 3, "\(byType.keys)")
        var sent = 0
        for (_, event) in byType.sorted(by: { $0.key < $1.key }) {
            for place in event.places() {
                for number in EdgeNumbers.json {
                    sent += 1
                    let body = event.replacing(["id"], with: "\"evt_edge_\(sent)\"").replacing(place, with: number).bytes
                    let answer = try await house.deliver(body)
                    #expect(answer.status == 200, "\(place.joined(separator: ".")) = \(number): \(answer.text)")
                }
            }
        }
        try await house.expectAlive()
        // Also after a restart, when what was kept is worked off.
        #expect(await house.stop() == 0)
        try await house.start()
        try await house.expectAlive()
        #expect(try await house.run(["verify"]).exit == 0)
    }

    /// The simulator says them, in answers and in webhooks.
    @Test func `in what Stripe answers are refused, booked or parked`() async throws {
        let house = try await CrashHouse()
        for reference in ["R-1", "R-2"] {
            #expect(try await house.book(reference).status == 201)
            try await house.pay(reference)
        }
        let fields: [String: [String]] = [
            "GET /v1/payment_intents/{id}": [
                "amount", "amount_capturable", "amount_received", "created", "latest_charge.amount_captured", "latest_charge.created",
                "latest_charge.payment_method_details.card.capture_before", "latest_charge.payment_method_details.card.amount_authorized",
                "latest_charge.payment_method_details.card.exp_year",
            ],
            "GET /v1/checkout/sessions/{id}": ["amount_total", "created", "expires_at", "payment_intent.amount"],
            "GET /v1/balance_transactions": ["data.0.amount", "data.0.fee", "data.0.net", "data.0.created", "data.0.available_on"],
            "GET /v1/events": ["data.0.created", "data.0.data.object.amount", "data.0.data.object.created"],
            "GET /v1/balance": ["available.0.amount", "pending.0.amount"],
            "GET /v1/payment_intents": ["data.0.amount", "data.0.amount_capturable", "data.0.created"],
        ]
        for number in ["-9223372036854775808", "9223372036854775807", "1000000000000000000", "-1", "1e308"] {
            for turn in 0..<(fields.values.map(\.count).max() ?? 0) {
                try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
                for (route, names) in fields where turn < names.count {
                    let order: [String: any Sendable] = [
                        "fault": "odd_number", "route": route, "times": 1000, "field": names[turn], "value": number,
                    ]
                    try await house.simulator.order("POST", "/_sim/faults", order)
                }
                let odd = ["field": "created", "value": number]
                try await house.simulator.order("POST", "/_sim/webhooks", ["odd_numbers": [odd]])
                _ = try await house.charge("R-1", 100, key: "\(number) \(turn)")
                _ = try await house.send("GET", CrashHouse.path("R-1") + "/check-out")
                let run = try await house.run([turn.isMultiple(of: 2) ? "sync" : "reconcile"])
                #expect([0, 1].contains(run.exit), "\(number) \(turn): \(run.exit) \(run.errors)")
                try await house.expectAlive()
            }
        }
        try await house.simulator.order("POST", "/_sim/faults", ["clear": true])
        // Nothing of it is left in the way.
        #expect(try await house.run(["verify"]).exit == 0)
        let plan = try #require(try await house.send("GET", CrashHouse.path("R-2") + "/check-out").json["plan"]?["id"])
        #expect(try await house.send("POST", CrashHouse.path("R-2") + "/check-out", ["plan": plan, "nothing_charged": true]).status == 200)
    }

    @Test func `in the API's bodies, queries and paths are answered`() async throws {
        let house = try await CrashHouse()
        #expect(try await house.book("R-1").status == 201)
        try await house.pay("R-1")
        let description = try await house.send("GET", "/openapi.json").json
        var sent = 0
        for (path, operations) in try #require(description["paths"]?.members) {
            for (method, operation) in operations.members ?? [] where ["get", "post", "put", "patch", "delete"].contains(method) {
                let parameters = operation["parameters"]?.arrayValue ?? []
                let target = CrashHouse.filled(path, parameters)
                let example = operation["requestBody"]?["content"]?["application/json"]?["example"]
                func ask(_ target: String, _ body: JSON?) async throws {
                    sent += 1
                    let answer = try await house.send(method.uppercased(), target, body, key: "edge-\(sent)")
                    #expect(
                        answer.status != 500, "\(method) \(target) \(String(decoding: body?.bytes ?? [], as: UTF8.self)): \(answer.text)")
                }
                for place in example?.places(where: { $0.isNumber || $0.textValue != nil }) ?? [] {
                    for number in EdgeNumbers.json { try await ask(target, example?.replacing(place, with: number)) }
                }
                for parameter in parameters {
                    guard let name = parameter["name"]?.textValue else { continue }
                    for number in EdgeNumbers.texts {
                        let value = Form.percentEncoded(number)
                        switch parameter["in"]?.textValue {
                        case "query": try await ask(target + "?\(name)=\(value)", example)
                        case "path" where name != "tenant" && !value.isEmpty:
                            try await ask(CrashHouse.filled(path, parameters, [name: value]), example)
                        default: break
                        }
                    }
                }
            }
        }
        #expect(sent > 500)
        try await house.expectAlive()
        #expect(try await house.run(["verify"]).exit == 0)
    }

    @Test func `on the command line and in a file of bookings end in a sentence`() async throws {
        let house = try await CrashHouse()
        #expect(try await house.book("R-1").status == 201)
        for text in EdgeNumbers.texts {
            for arguments in [
                ["line", "add", "seeblick", "R-1", "beer", "--quantity=\(text)"], ["folio", "list", "seeblick", "--limit=\(text)"],
                ["payment", "refund", "seeblick", "R-1", "1", "--amount=\(text)", "--reason", "x"],
                ["token", "create", "seeblick", "--role", "admin", "--name", "n\(text)", "--days=\(text)"],
                ["operation", "retry", "seeblick", "--operation=\(text)"],
            ] {
                let run = try await house.run(arguments)
                #expect([0, 1, 2].contains(run.exit), "\(arguments): \(run.exit) \(run.errors)")
                #expect(!run.errors.contains("should not have happened"), "\(arguments): \(run.errors)")
            }
        }
        let columns = [
            "booking", "hotel", "arrival", "lead_time_days", "weekend_nights", "week_nights", "adults", "children", "babies", "meal",
            "country",
            "market_segment", "customer_type", "deposit_type", "adr", "parking_spaces", "special_requests", "booking_changes", "status",
            "status_date",
        ]
        let row = [
            "9001", "Resort Hotel", "2026-12-03", "2", "0", "2", "2", "0", "0", "BB", "DEU", "Direct", "Transient", "No Deposit", "118.50",
            "1",
            "2", "0", "Check-Out", "2026-12-05",
        ]
        let file = house.folder.file("bookings.csv")
        for (position, _) in row.enumerated() where Int(row[position]) != nil || position == 14 {
            for text in ["-9223372036854775808", "9223372036854775807", "10000", "92233720368547758.07"] {
                var row = row
                row[position] = text
                try Data((columns.joined(separator: ",") + "\n" + row.joined(separator: ",") + "\n").utf8).write(
                    to: URL(fileURLWithPath: file))
                let run = try await house.run(["import", "bookings", file, "--tenant", "seeblick"])
                #expect([0, 1, 2].contains(run.exit), "\(columns[position]) = \(text): \(run.exit) \(run.errors)")
            }
        }
        try await house.expectAlive()
    }

    /// Somebody, or a disk, has changed numbers in the ledger's file: what meets them says so, and the rest goes on.
    @Test(arguments: [
        "UPDATE folio SET opened_at = -9223372036854775808",
        "UPDATE hold SET capture_before = 9223372036854775807", "UPDATE hold SET authorised = 9223372036854775807",
        "UPDATE event SET received_at = 9223372036854775807, attempts = 9223372036854775807",
        "UPDATE operation SET created_at = -9223372036854775808, attempts = 9223372036854775807",
        "UPDATE tenant SET hold_days_before_arrival = -9223372036854775808",
        "UPDATE saved_card SET consented_at = 9223372036854775807",
    ])
    func `in the file are told of, and end nothing`(change: String) async throws {
        let house = try await CrashHouse()
        #expect(try await house.book("R-1").status == 201)
        try await house.pay("R-1")
        let triggers = ask(house.folder.file("ledger.db"), "SELECT name FROM sqlite_master WHERE type = 'trigger'")
        let dropped = triggers.map { "DROP TRIGGER \($0);" }.joined()
        try TestSupport.change(house.folder.file("ledger.db"), "PRAGMA ignore_check_constraints = ON; \(dropped) \(change)")
        for path in ["", "/R-1", "/R-1/check-out", "/R-1/lines", "/R-1/holds", "/R-1/payments"] {
            let answer = try await house.send("GET", CrashHouse.tenant + "/folios" + path)
            #expect([200, 404, 405, 503].contains(answer.status), "\(change) \(path): \(answer.text)")
        }
        _ = try await house.book("R-2")
        _ = try await house.run(["sync"])
        try await house.expectAlive()
    }
}

extension CrashHouse {
    func pay(_ reference: String) async throws {
        let folio = try await send("GET", Self.path(reference)).json
        try await simulator.pay(page: folio["payment_url"]?.textValue ?? folio["payment_url"]?.textValue)
        let sync = try await run(["sync"])
        guard sync.exit == 0 else { throw Unexpected(answer: sync.errors) }
    }

    func stripe(_ path: String) async throws -> JSON {
        let answer = try await APIClient().send("GET", simulator.url + path, token: "sk_test_seeblick")
        return answer.json
    }

    /// Hands in a body as Stripe would, signed now.
    func deliver(_ body: [UInt8]) async throws -> APIClient.Answer {
        let now = Instant(unixSeconds: Int64(Date().timeIntervalSince1970))
        let header = WebhookSignature.header(body: body, secrets: [Secret(webhookSecret)!], at: now)
        return try await APIClient().send(
            "POST", url + "/stripe/webhooks/seeblick", token: nil, body, key: "", headers: [("Stripe-Signature", header)])
    }

    func expectAlive() async throws {
        for path in ["/healthz", "/readyz"] {
            let answer = try await send("GET", path)
            #expect(answer.status == 200, "\(path): \(answer.text)")
        }
    }

    /// A path with an example in each brace, or what is given for it.
    static func filled(_ path: String, _ parameters: [JSON], _ values: [String: String] = [:]) -> String {
        var path = path
        for parameter in parameters where parameter["in"] == "path" {
            guard let name = parameter["name"]?.textValue else { continue }
            let example = parameter["example"]?.textValue ?? parameter["example"]?.intValue.map(String.init) ?? "1"
            path = path.replacing("{\(name)}", with: values[name] ?? (name == "reference" ? "R-1" : example))
        }
        return path
    }
}
