import Foundation
import Stripe
import StripeSimulator

extension World {
    /// Tells what is done for the one stay that is looked at, as it happens.
    func trace(_ what: @autoclosure () -> String, about stay: Int) {
        if traced == stays[stay].what { print("\(clock.now) \(what())") }
    }

    /// A call on the wire that has to do with the stay, and what came back.
    func trace(_ request: HTTPRequest, _ response: SimulatorResponse, _ trouble: Trouble, by process: Process) {
        guard let traced, let stay = stays.first(where: { $0.what == traced }) else { return }
        let ids =
            belongings.intents.filter { $0.value.stay == stay.index }.map(\.key)
            + belongings.customers.filter { $0.value == stay.index }.map(\.key)
            + belongings.sessions.filter { $0.value.stay == stay.index }.map(\.key)
        let body = String(decoding: request.body, as: UTF8.self)
        let answer = String(decoding: response.body, as: UTF8.self)
        let names = "\(request.url) \(body)"
        guard ids.contains(where: names.contains) || names.contains("=\(stay.reference)&") else { return }
        let code = answer.firstMatch(of: /"(?:code|status)":"([a-z_]+)"/).map { String($0.1) } ?? ""
        print("\(clock.now) [\(process.number)] \(request.method) \(names) -> \(response.status) \(code) \(trouble)")
    }
}
