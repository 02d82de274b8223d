/// What the simulator is asked, as a ledger would ask it.
enum SimulatorCall: CaseIterable {
    case hold, capture, retrieve, firstPage, deepPage, catchUp

    var name: String {
        switch self {
        case .hold: "create and confirm a hold"
        case .capture: "capture it in part"
        case .retrieve: "retrieve an open hold"
        case .firstPage: "list, first page of 10"
        case .deepPage: "list, 10 behind a cursor half way down"
        case .catchUp: "events, 10 newer than a known one"
        }
    }
}

/// One request to the simulator, whichever way it travels.
struct SimulatorQuestion: Sendable {
    let method: String
    let path: String
    var query = ""
    var body = ""

    static let key = "sk_test_bench"

    static let hold = SimulatorQuestion(
        method: "POST", path: "/v1/payment_intents",
        body: "amount=6500&currency=eur&capture_method=manual&confirm=true&payment_method=pm_card_visa&payment_method_types%5B0%5D=card")
}

/// A caller's own round of questions: each call of `SimulatorCall` in turn, about holds that are there.
struct SimulatorLoad: Sendable {
    /// Holds that stay open.
    let open: [String]
    /// One in the middle of the store's history.
    let event: String
    private var position: Int
    /// The hold made last, to be captured.
    private var fresh = ""

    /// - Parameter caller: Callers begin at different holds.
    init(open: [String], event: String, caller: Int) {
        self.open = open
        self.event = event
        position = caller * 7919
    }

    func shifted(for caller: Int) -> SimulatorLoad { SimulatorLoad(open: open, event: event, caller: caller) }

    mutating func question(_ call: SimulatorCall) -> SimulatorQuestion {
        position += 1
        switch call {
        case .hold: return .hold
        case .capture:
            return SimulatorQuestion(method: "POST", path: "/v1/payment_intents/\(fresh)/capture", body: "amount_to_capture=5000")
        case .retrieve: return SimulatorQuestion(method: "GET", path: "/v1/payment_intents/\(open[position % open.count])")
        case .firstPage: return SimulatorQuestion(method: "GET", path: "/v1/payment_intents", query: "limit=10")
        case .deepPage:
            let cursor = open[open.count / 2 + position % (open.count / 4)]
            return SimulatorQuestion(method: "GET", path: "/v1/payment_intents", query: "limit=10&starting_after=\(cursor)")
        case .catchUp: return SimulatorQuestion(method: "GET", path: "/v1/events", query: "limit=10&ending_before=\(event)")
        }
    }

    /// Reads from an answer what the next question needs.
    ///
    /// - Throws: The answer, when it is none of those expected.
    mutating func take(_ call: SimulatorCall, status: Int, body: some Collection<UInt8>) throws {
        guard status == 200 else { throw UnexpectedAnswer(call: call.name, status: status, body: String(decoding: body, as: UTF8.self)) }
        if call == .hold { fresh = Self.id(in: body) }
    }

    /// An object's own id is the first member of every answer.
    static func id(in body: some Collection<UInt8>) -> String {
        String(
            decoding: body.drop { $0 != UInt8(ascii: ":") }.dropFirst().drop { $0 == UInt8(ascii: " ") }.dropFirst()
                .prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }

    struct UnexpectedAnswer: Error {
        let call: String
        let status: Int
        let body: String
    }
}
