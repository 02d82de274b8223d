import Foundation
import JSON
import Ledger
import LedgerService
import LedgerStore
import Stripe
import StripeSimulator

/// One run: hotels, guests, programs and a Stripe, and a seed that decides everything that happens.
package final class World: @unchecked Sendable {
    /// What a run consists of.
    package struct Size: Sendable {
        package var stays = 100
        package var tenants = 2
        /// How many things a stay sees, on average.
        package var deedsPerStay = 14

        package init() {}
    }

    /// A stay as the world outside knows it.
    struct Stay {
        let tenant: Int
        let reference: String
        var method = Ledger.PaymentMethod.card
        /// What the guest agreed to pay at once.
        var prepaid: Int64 = 0
        var isOpened = false
        /// Every page the guest was ever sent, by session.
        var pages: [String] = []
    }

    struct Letter {
        let delivery: WebhookDelivery
        let tenant: Int
    }

    package let seed: UInt64
    package let size: Size
    let plant: Plant?
    var dice: Dice
    let keys: RandomSource
    let clock: WorldClock
    let simulator: Simulator
    let conductor = Conductor()
    let waiting = Waiting()
    let path: String
    var processes: [Process] = []
    var stays: [Stay] = []
    /// Webhooks on their way.
    var mail: [Letter] = []
    /// Holds that somebody ended on Stripe's own pages: the ledger cannot know before it is told.
    var endedOutside: Set<String> = []
    /// In percent of the requests.
    var troubleRate = 0
    /// Verbs, deliveries and syncs that have not returned.
    var running = 0
    package internal(set) var findings: [Finding] = []
    package internal(set) var report = Report()

    /// - Parameter folder: Where the ledger's file lies while the run lasts; nobody else may use it.
    package init(seed: UInt64, size: Size = Size(), plant: Plant? = nil, folder: String) {
        self.seed = seed
        self.size = size
        self.plant = plant
        dice = Dice(seed: seed)
        keys = RandomSource(Dice(seed: seed ^ 0x6B65_7973))
        let clock = WorldClock(Instant(unixSeconds: 1_795_000_000))
        self.clock = clock
        simulator = Simulator(seed: seed, time: SimulatedTime(systemClock: { clock.now }), publicURL: "http://stripe")
        path = "\(folder)/ledger.db"
    }

    func tenant(_ index: Int) -> String { "hotel-\(index)" }
    func key(_ index: Int) -> String { "sk_test_hotel\(index)" }

    // MARK: - Processes and tasks

    func start() throws {
        let process = try Process(number: report.starts, path: path, world: self)
        report.starts += 1
        processes.append(process)
        conductor.files.append(process.file)
    }

    func kill(_ process: Process) {
        process.die()
        processes.removeAll { $0 === process }
        conductor.files.removeAll { $0 === process.file }
        for task in waiting.removeAll(of: process) { task.goOn.resume() }
        conductor.play()
        report.crashes += 1
    }

    /// Has a process do something; it goes as far as it can without the seed.
    func run(_ process: Process, _ what: String, _ body: @escaping @Sendable (LedgerService) async throws -> Void) {
        running += 1
        report.deeds += 1
        Task(executorPreference: conductor) { [self] in
            do {
                try await body(process.ledger)
            } catch {
                note(error, what, process)
            }
            running -= 1
        }
    }

    private func note(_ error: any Error, _ what: String, _ process: Process) {
        guard !process.isDead else { return }
        if let refusal = error as? any Refusal, !(refusal is StoreRefusal) {
            report.refusals[refusal.code, default: 0] += 1
        } else {
            find(.unexpected, what, "\(error)")
        }
    }

    func find(_ checker: Finding.Checker, _ what: String, _ problem: String) {
        findings.append(Finding(checker: checker, what: what, problem: problem))
    }

    /// Lets one of those that wait go on.
    func letOneGoOn() {
        let task = waiting.remove(at: dice.below(waiting.count))
        if let due = task.due { clock.move(to: due) }
        task.goOn.resume()
    }

    /// Lets everything come to its end that is under way.
    func finish() {
        conductor.play()
        while !waiting.isEmpty {
            letOneGoOn()
            conductor.play()
        }
        if running != 0 { find(.unexpected, "tasks", "\(running) never return") }
    }

    // MARK: - Stripe's side

    /// An order to the simulated Stripe.
    @discardableResult
    func order(_ path: String, _ body: JSON = .emptyObject) -> JSON {
        let answer = simulator.respond(to: SimulatorRequest(method: "POST", path: "/_sim/\(path)", body: body.bytes))
        return JSON(parsing: answer.body) ?? .null
    }

    /// What the tenant's account holds, asked as its owner would on Stripe's pages.
    func atStripe(_ tenant: Int, _ path: String, query: String = "") -> JSON {
        let answer = simulator.respond(
            to: SimulatorRequest(method: "GET", path: path, query: query, headers: [("Authorization", "Bearer \(key(tenant))")]))
        return JSON(parsing: answer.body) ?? .null
    }

    func openAccounts() throws {
        guard let process = processes.first else { return }
        for index in 0..<size.tenants {
            let types = LedgerService.eventTypes.enumerated().map { "&enabled_events%5B\($0.offset)%5D=\($0.element)" }.joined()
            let answer = simulator.respond(
                to: SimulatorRequest(
                    method: "POST", path: "/v1/webhook_endpoints", headers: [("Authorization", "Bearer \(key(index))")],
                    body: Array("url=http://ledger/\(index)\(types)".utf8)))
            let secret = JSON(parsing: answer.body)?["secret"]?.textValue ?? ""
            // The one takes what German guests like to pay with, the other may raise and lengthen its holds.
            let isFirst = index == 0
            order(
                "account",
                [
                    "key": .text(key(index)), "payouts": ["schedule": isFirst ? "daily" : "manual", "delay_days": 3],
                    "methods": isFirst ? ["card", "klarna", "sofort"] : ["card"],
                    "features": isFirst ? [] : ["incremental_authorization", "overcapture", "extended_authorization"],
                ])
            let (id, key) = (tenant(index), key(index))
            var new = NewTenant(id: id, name: id)
            if isFirst { new.settings.endedMethodsAllowed = [.sofort] } else { new.settings.cardFeatures = true }
            run(process, "a tenant") { [new] ledger in
                _ = try await ledger.addTenant(new)
                try await ledger.setStripeAccount(of: id, secretKey: key, webhookSecret: secret)
            }
            conductor.play()
        }
    }

    /// What goes wrong with the next request.
    func trouble() -> Trouble {
        report.requests += 1
        guard dice.chance(troubleRate) else { return .none }
        report.troubles += 1
        return dice.pick(weighted: [
            (2, .notReached), (2, .lostOnTheWay), (3, .answerLost), (13, .fault(dice.pick(Fault.allCases))),
        ])
    }
}

/// The one clock of a run.
package final class WorldClock: @unchecked Sendable {
    private let lock = NSLock()
    private var instant: Instant

    init(_ instant: Instant) { self.instant = instant }

    package var now: Instant { lock.withLock { instant } }

    func move(to milliseconds: Int64) {
        lock.withLock { instant.milliseconds = max(instant.milliseconds, milliseconds) }
    }

    func advance(seconds: Int) { move(to: now.milliseconds + Int64(seconds) * 1000) }
}

/// Something that must never be.
package struct Finding: Sendable, CustomStringConvertible {
    package enum Checker: String, Sendable {
        /// Nothing is sent that is not stored.
        case stored = "sent without a stored operation"
        case takenTwice = "charged twice"
        case moreThanShown = "charged more than shown"
        case agreement = "the two ledgers disagree about a guest"
        case forgottenIntent = "an open intent is forgotten at Stripe"
        case deadCover = "a dead hold counts as cover"
        case books = "the books do not verify"
        case reconcile = "reconcile shows a difference"
        case stuck = "something is stuck"
        case unexpected = "an unexpected error"
    }

    package let checker: Checker
    package let what: String
    package let problem: String

    package var description: String { "\(checker.rawValue): \(what): \(problem)" }
}

/// What a run did.
package struct Report: Sendable, Equatable {
    package var starts = 0
    package var crashes = 0
    package var deeds = 0
    package var requests = 0
    package var troubles = 0
    package var refusals: [String: Int] = [:]
    package var states: [String: Int] = [:]
    /// The head of each tenant's journal: equal when everything before it was equal.
    package var heads: [String] = []

    package init() {}
}
