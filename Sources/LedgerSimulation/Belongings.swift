import Foundation
import JSON
import Ledger
import LedgerStore
import Stripe
import StripeSimulator

/// Whose everything at Stripe is, as the world saw it come about. Nothing that a ledger wrote into metadata is believed.
struct Belongings {
    /// A page that a ledger made, or a call without one.
    struct Origin {
        let stay: Int
        /// Asked for by a check-out, not by somebody at the desk.
        let isStep: Bool
        var amount: Int64 = 0
        /// The key of the call that made it; empty where that does not matter.
        var key = ""
        /// From when to when a guest could use a page: unix seconds.
        var life: ClosedRange<Int64> = 0...0
        /// Nobody at the desk asked for it: it asks the guest for a hold in the place of one that ends.
        var renews = false
    }

    /// Money that a bank has set aside, as Stripe has it.
    struct Held {
        let stay: Int
        /// When the world saw it first: milliseconds.
        let since: Int64
        /// When the bank lets go of it; nil where Stripe does not say.
        let end: Instant?
        /// Captured, cancelled or expired.
        var isOver = false
    }

    var sessions: [String: Origin] = [:]
    /// The intents behind pages, and those without.
    var intents: [String: Origin] = [:]
    /// Every intent that ever was a live hold.
    var holds: [String: Held] = [:]
    /// The guest who used a page.
    var customers: [String: Int] = [:]
    /// Refunds that ledgers made, by what they were asked for.
    var refunds: [String: [String]] = [:]
    /// All of them.
    var madeRefunds: [String: String] = [:]
    /// Idempotency keys that Stripe answers with a 5xx that it has kept.
    var spentKeys: Set<String> = []
}

/// What is gone at Stripe, and which hotels have been told.
struct Gone {
    /// Deleted customers and detached cards.
    private(set) var ids: Set<String> = []
    /// By hotel and id, since when (milliseconds).
    private var told: [String: Int64] = [:]

    mutating func add(_ id: String) { ids.insert(id) }

    mutating func tell(_ hotel: Int, _ ids: Set<String>, at now: Int64) {
        for id in ids where told["\(hotel) \(id)"] == nil { told["\(hotel) \(id)"] = now }
    }

    /// A file that was brought back knows nothing of it.
    mutating func forget(_ hotel: Int) { told = told.filter { !$0.key.hasPrefix("\(hotel) ") } }

    func since(_ hotel: Int, _ id: String) -> Int64? { told["\(hotel) \(id)"] }
}

extension World {
    /// At every request that changes something: an operation with its key lies in the file, and nothing of anybody else's is touched.
    func look(at request: HTTPRequest, by process: Process) -> Sent? {
        guard request.method == "POST" else { return nil }
        // What tries a key before it is set has no parameters: it makes nothing, and is stored nowhere.
        let made = ["checkout/sessions", "payment_intents", "refunds", "payment_methods"].map { "http://stripe/v1/\($0)" }
        guard !request.body.isEmpty || !made.contains(request.url) else { return nil }
        func header(_ name: String) -> String { request.headers.first { $0.name.lowercased() == name }?.value ?? "" }
        let key = header("idempotency-key")
        let stored = storedKey(behind: key, of: request)
        let operation = try? process.file.read { try Sent.Stored(stored, in: $0) }
        if operation == nil { find(.stored, request.url, "no operation has the key \"\(key)\"") }
        guard let hotel = hotel(asking: request).map({ hotels[$0] }) else { return nil }
        let sent = Sent(
            hotel: hotel.index, key: key, form: Self.form(request.body), path: Self.path(of: request), operation: operation)
        if let stay = stay(of: sent) { watch.lastCall[stay] = clock.now.milliseconds }
        checkOwn(sent)
        checkAlive(sent)
        return sent
    }

    /// The key of the operation that a call may go out for: its own, or the one before `-2`, `-3` and so on. A further key is for what
    /// takes effect once whatever its key is, and for keys that Stripe was seen to answer with nothing but a kept 5xx.
    private func storedKey(behind key: String, of request: HTTPRequest) -> String {
        let mayChange = ["capture", "increment_authorization", "cancel", "expire"].contains { request.url.hasSuffix("/\($0)") }
        guard mayChange, let found = key.wholeMatch(of: /(.+)-([0-9]+)/), let number = Int(found.2), number > 1 else { return key }
        let stored = String(found.1)
        return belongings.spentKeys.contains(number == 2 ? stored : "\(stored)-\(number - 1)") ? stored : key
    }

    /// Notes a key that Stripe repeats a 5xx from, whoever hears of it.
    func noteSpent(_ request: HTTPRequest, _ response: SimulatorResponse) {
        guard response.status >= 500, response.headers.contains(where: { $0.name == "Idempotent-Replayed" }),
            let key = request.headers.first(where: { $0.name.lowercased() == "idempotency-key" })?.value
        else { return }
        belongings.spentKeys.insert(key)
    }

    /// Whose key a call carries.
    func hotel(asking request: HTTPRequest) -> Int? {
        let header = request.headers.first { $0.name.lowercased() == "authorization" }?.value ?? ""
        return hotels.first { header.hasSuffix($0.key) }?.index
    }

    /// The planted bug: what an object would carry that the hotel's own folio of this reference has made.
    func claim(_ reference: String, by hotel: Int?, _ process: Process) -> String? {
        guard let id = hotel.map({ hotels[$0].id }) else { return nil }
        let found = try? process.file.read { transaction in
            try transaction.one(
                """
                SELECT t.books_id, o.folio, o.idempotency_key, o.kind, o.subject FROM operation o
                JOIN tenant t ON t.number = o.tenant JOIN folio f ON f.tenant = o.tenant AND f.number = o.folio
                WHERE t.id = \(id) AND f.reference = \(reference) AND o.kind IN ('hold_page', 'payment_page') ORDER BY o.number DESC LIMIT 1
                """
            ) { row -> String in
                let what = try row.string(3) == "hold_page" ? "ledger_hold" : "ledger_payment"
                return """
                    {"ledger_books":"\(try row.string(0))","ledger_folio":"\(try row.int64(1))","ledger_key":"\(try row.string(2))",\
                    "\(what)":"\(try row.int64(4))","reference":"\(reference)"}
                    """
            }
        }
        return found ?? nil
    }

    /// The last of the objects that a call may make.
    func newest(_ sent: Sent) -> String? {
        guard sent.makes else { return nil }
        return atStripe(hotels[sent.hotel].key, "/v1/" + sent.path.joined(separator: "/"), query: "limit=1")["data"]?[0]?["id"]?.textValue
    }

    /// Notes what came of it, whoever hears of it: also when the answer says nothing of what was made.
    ///
    /// - Parameter newestBefore: The last object of its kind before the call.
    func note(_ sent: Sent, _ response: SimulatorResponse, newestBefore: String?) {
        guard sent.makes else { return }
        let isStep = sent.operation?.isStep ?? false
        let answer = JSON(parsing: response.body) ?? .null
        var object = answer["error"]?["payment_intent"] ?? answer
        if object["id"] == nil, let id = newest(sent), id != newestBefore {
            object = atStripe(hotels[sent.hotel].key, "/v1/" + sent.path.joined(separator: "/") + "/" + id)
        }
        guard let id = object["id"]?.textValue else { return }
        switch sent.path {
        case ["checkout", "sessions"]:
            guard let stay = stay(named: object["client_reference_id"]?.textValue, at: sent.hotel) else { return }
            let made = Int64(object["created"]?.intValue ?? 0)
            let ends = Int64(object["expires_at"]?.intValue ?? 0)
            belongings.sessions[id] = .init(
                stay: stay, isStep: isStep, amount: Int64(object["amount_total"]?.intValue ?? 0), key: sent.key,
                life: made...max(made, ends), renews: sent.operation?.renewal != nil)
        case ["payment_intents"]:
            guard let guest = object["customer"]?.textValue.flatMap({ belongings.customers[$0] }) else { return }
            // A stay's card is charged for its own late charges, too.
            let stay = late(sent.form["metadata[reference]"], of: guest) ?? guest
            belongings.intents[id] = .init(stay: stay, isStep: isStep, amount: Int64(object["amount"]?.intValue ?? 0))
            noteHold(id, at: hotels[sent.hotel].key)
        case ["refunds"]:
            let reason = sent.operation?.refundReason ?? ""
            belongings.madeRefunds[id] = reason
            if belongings.refunds[reason]?.contains(id) != true { belongings.refunds[reason, default: []].append(id) }
        default: break
        }
    }

    /// What a page has come to: its customer and its intent are its guest's.
    func noteUse(of session: String, key: String) {
        guard let origin = belongings.sessions[session] else { return }
        let now = atStripe(key, "/v1/checkout/sessions/\(session)")
        if let customer = now["customer"]?.textValue, belongings.customers[customer] == nil { belongings.customers[customer] = origin.stay }
        guard let intent = now["payment_intent"]?.textValue else { return }
        belongings.intents[intent] = origin
        noteHold(intent, at: key)
    }

    /// What a bank has set aside, and until when.
    private func noteHold(_ id: String, at key: String) {
        guard belongings.holds[id] == nil, let origin = belongings.intents[id] else { return }
        let intent = atStripe(key, "/v1/payment_intents/\(id)")
        guard intent["status"] == "requires_capture", let charge = intent["latest_charge"]?.textValue else { return }
        let details = atStripe(key, "/v1/charges/\(charge)")["payment_method_details"]
        let end = details?["card"]?["capture_before"]?.intValue.map { Instant(unixSeconds: Int64($0)) }
        belongings.holds[id] = .init(stay: origin.stay, since: clock.now.milliseconds, end: end)
    }

    /// Each ledger charges its own guests' cards, and touches its own holds, payments and pages.
    private func checkOwn(_ sent: Sent) {
        func belongs(_ stay: Int?, _ what: String) {
            guard stay.map({ stays[$0].hotel }) != sent.hotel else { return }
            let owner = stay.map { "\(stays[$0].what)'s" } ?? "nobody's of ours"
            find(.foreign, "hotel-\(sent.hotel)", "\(sent.path.joined(separator: "/")): \(what) is \(owner)")
        }
        let path = sent.path
        if path == ["payment_intents"], let customer = sent.form["customer"] {
            let stay = belongings.customers[customer]
            belongs(stay, customer)
            let reference = sent.form["metadata[reference]"]
            if let stay, stays[stay].hotel == sent.hotel, let reference, stays[stay].reference != reference,
                late(reference, of: stay) == nil
            {
                find(.foreign, "hotel-\(sent.hotel) \(reference)", "charges the card of \(stays[stay].reference)")
            }
        }
        if path.count > 2, path[0] == "payment_intents" { belongs(belongings.intents[path[1]]?.stay, path[1]) }
        if path.count > 3, path[0] == "checkout" { belongs(belongings.sessions[path[2]]?.stay, path[2]) }
        if path == ["refunds"], let intent = sent.form["payment_intent"] { belongs(belongings.intents[intent]?.stay, intent) }
    }

    /// Nobody charges a card, or asks a customer for another payment, that is gone and known to be.
    private func checkAlive(_ sent: Sent) {
        guard sent.path == ["payment_intents"] || sent.path == ["checkout", "sessions"], let operation = sent.operation else { return }
        for id in [sent.form["customer"], sent.form["payment_method"]].compactMap({ $0 }) {
            guard let since = gone.since(sent.hotel, id), operation.created > since else { continue }
            let reference = sent.form["metadata[reference]"] ?? ""
            find(.deadCard, "hotel-\(sent.hotel) \(reference)", "\(sent.path.joined(separator: "/")) with \(id), which is gone")
        }
    }

    /// Without the version: `payment_intents`, `pi_1`, `capture`.
    static func path(of request: HTTPRequest) -> [String] {
        request.url.dropFirst("http://stripe/v1/".count).split(separator: "/").map(String.init)
    }

    /// Whose stay a call is about; nil where that is not seen.
    func stay(of sent: Sent) -> Int? {
        switch (sent.path.first, sent.path.count) {
        case ("payment_intents"?, 1):
            sent.form["customer"].flatMap { belongings.customers[$0] }.map { late(sent.form["metadata[reference]"], of: $0) ?? $0 }
        case ("payment_intents"?, _): belongings.intents[sent.path[1]]?.stay
        case ("checkout"?, 2): stay(named: sent.form["client_reference_id"], at: sent.hotel)
        case ("checkout"?, 3...): belongings.sessions[sent.path[2]]?.stay
        case ("refunds"?, _): sent.form["payment_intent"].flatMap { belongings.intents[$0]?.stay }
        default: nil
        }
    }

    private static func form(_ body: Data) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in String(decoding: body, as: UTF8.self).split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1).map {
                $0.replacing("+", with: " ").removingPercentEncoding ?? String($0)
            }
            if parts.count == 2 { fields[parts[0]] = parts[1] }
        }
        return fields
    }
}
