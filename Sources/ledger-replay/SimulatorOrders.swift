import Foundation
import Ledger
import LedgerReplay
import Stripe

/// Orders to a simulated Stripe. The real one has no such doors.
struct SimulatorOrders: Sendable {
    /// Ten digits of seconds since 1970 are as many as the simulator's clock has.
    private static let endOfTime: Int64 = 10_000_000_000

    private let url: String
    private let transport: CurlTransport

    /// - Parameter url: Without a slash at the end.
    init(url: String, transport: CurlTransport) {
        self.url = url
        self.transport = transport
    }

    /// Lets the simulator's time stand still at an instant.
    ///
    /// - Throws: `SimulatorRefusal`, for example when its clock is past that instant and it holds objects.
    func setClock(to instant: Instant) async throws {
        guard (0..<Self.endOfTime).contains(instant.unixSeconds) else { throw TimeBeyondSimulator(instant: instant) }
        try await order("clock", #"{"now":\#(instant.unixSeconds),"running":false}"#)
    }

    /// A guest uses the page of a session. A card whose bank refuses is the guest's own; the others may be everybody's.
    func pay(session: String, with card: GuestCard) async throws {
        let issuer = card.refusesSecondHold ? #","issuer":{"physical_card":"\#(session)","refuses_second_hold":true}"# : ""
        try await order("checkout/\(session)/pay", #"{"payment_method":"pm_card_\#(card.brand.rawValue)"\#(issuer)}"#)
    }

    private func order(_ path: String, _ body: String) async throws {
        let request = HTTPRequest(
            method: "POST", url: "\(url)/_sim/\(path)", headers: [HTTPHeader("Content-Type", "application/json")], body: Data(body.utf8))
        do {
            let answer = try await transport.send(request)
            guard answer.status < 300 else {
                throw SimulatorRefusal(what: path, answer: String(decoding: answer.body.prefix(300), as: UTF8.self))
            }
        } catch let error as TransportError {
            throw SimulatorRefusal(what: path, answer: plainWords(of: error))
        }
    }
}

/// A booking's day that the simulator's clock cannot show.
struct TimeBeyondSimulator: OperatorRefusal {
    let instant: Instant

    var code: String { "time_beyond_simulator" }
    var message: String { "A booking needs the clock at \(instant), but the simulated Stripe's clock only covers 1970 to November 2286." }
    var hint: String? { "Correct the booking's date in the file, and import it again: existing stays are not repeated." }
}

/// The simulator did not do as it was told.
struct SimulatorRefusal: OperatorRefusal {
    let what: String
    let answer: String

    var code: String { "simulator_refused" }
    var message: String { "The simulated Stripe refused \(what): \(answer)" }
    var hint: String? { "Start a fresh stripe-simulator, and give its address with --stripe-url." }
}
