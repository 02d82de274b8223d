import Foundation
import JSON
import Ledger
import LedgerService
import LedgerStore
import StripeSimulator
import Synchronization

/// One run: hotels, guests, callers, programs, a Stripe and who else uses it, and a seed that decides everything that happens.
///
/// Unchecked: only the thread that plays the run touches it, because the `Conductor` runs all tasks there.
package final class World: @unchecked Sendable {
    /// What a run consists of.
    package struct Size: Sendable {
        /// How many stays there are, over all hotels.
        package var stays = 100
        /// How many things a stay sees, on average.
        package var deedsPerStay = 14
        /// Who else acts; without a group the run is another one.
        package var groups = Set(Kind.Group.allCases)

        package init() {}

        func has(_ group: Kind.Group) -> Bool { groups.contains(group) }
    }

    /// Decides everything that happens.
    package let seed: UInt64
    /// As it was asked for.
    package let size: Size
    let plant: Plant?
    var dice: Dice
    let keys: RandomSource
    let clock: WorldClock
    let simulator: Simulator
    let conductor = Conductor()
    let waiting = Waiting()
    let folder: String
    let houses: [House]
    var hotels: [Hotel]
    var stays: [Stay] = []
    /// Stays by hotel and reference.
    var stayNamed: [String: Int] = [:]
    /// Everything that callers have asked the API for.
    var asked: [Asked] = []
    var belongings = Belongings()
    var gone = Gone()
    /// How many seconds later than its charge a balance transaction comes, by account; none comes later where there is no number.
    var transactionDelays: [Int: Int] = [:]
    /// Objects that cannot be read, and until when.
    var hidden: [String: Instant] = [:]
    /// A backup that was made, and when it is brought back.
    var backup: Backup?
    /// Ledgers whose file was replaced by its backup.
    var restored: Set<Int> = []
    /// Whether anything is charged late: no file is brought back in such a run, and reception has no papers of late charges.
    var chargesLate = false
    /// Webhooks on their way.
    var mail: [Letter] = []
    /// What is seen of cover and cards.
    var watch = Watch()
    /// Holds that somebody ended on Stripe's own pages: the ledger cannot know before it is told.
    var endedOutside: Set<String> = []
    /// In percent of the requests.
    var troubleRate = 0
    /// Verbs, deliveries and syncs that have not returned.
    var running = 0
    /// The stay that is looked at, such as `hotel-0 R-1`: what is done for it is printed.
    package var traced: String?
    /// In the order in which they were found; empty after a run without a fault.
    package internal(set) var findings: [Finding] = []
    /// Grows while the run lasts.
    package internal(set) var report = Report()

    /// - Parameter folder: Where the ledgers' files lie while the run lasts; nobody else may use it.
    package init(seed: UInt64, size: Size = Size(), plant: Plant? = nil, folder: String) {
        self.seed = seed
        self.size = size
        self.plant = plant
        self.folder = folder
        dice = Dice(seed: seed)
        keys = RandomSource(Dice(seed: seed ^ 0x6B65_7973))
        let clock = WorldClock(Instant(unixSeconds: 1_795_000_000))
        self.clock = clock
        simulator = Simulator(seed: seed, time: SimulatedTime(systemClock: { clock.now }), publicURL: "http://stripe")
        houses = (0..<2).map { House(number: $0, folder: folder) }
        // The first shares its account with a hotel of another ledger, the second has one to itself.
        hotels = [
            Hotel(index: 0, house: 0, account: 0), Hotel(index: 1, house: 0, account: 1),
            Hotel(index: 2, house: 1, account: size.has(.neighbours) ? 0 : 2),
        ]
    }

    /// Everything of a stay's hotel.
    func hotel(of stay: Stay) -> Hotel { hotels[stay.hotel] }
    func house(of hotel: Hotel) -> House { houses[hotel.house] }
    /// Whether money of others is on the account, too.
    func sharesAccount(_ hotel: Hotel) -> Bool { size.has(.neighbours) && hotel.account == 0 }

    // MARK: - Processes and tasks

    var processes: [Process] { houses.flatMap(\.processes) }

    /// A program of the hotel's ledger, for looking into its file.
    func reader(of hotel: Hotel) -> Process { house(of: hotel).processes[0] }

    func start(_ house: House) throws {
        let process = try Process(number: report.starts, house: house, world: self)
        report.starts += 1
        house.processes.append(process)
        conductor.add(process.file)
    }

    func kill(_ process: Process) {
        process.die()
        houses[process.house].processes.removeAll { $0 === process }
        conductor.remove(process.file)
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

    func count(_ kind: Kind) { report.kinds[kind, default: 0] += 1 }

    /// No two steps of a run happen in the same moment: what came first is seen from its time.
    func tick() { clock.move(to: clock.now.milliseconds + 1) }

    /// Lets one of those that wait go on.
    func letOneGoOn() {
        let task = waiting.remove(at: dice.below(waiting.count))
        tick()
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

    /// What an account holds, asked as its owner would on Stripe's pages.
    func atStripe(_ key: String, _ path: String, query: String = "") -> JSON { dashboard(key, "GET", path, query: query) }

    /// Somebody acts on Stripe's own pages, or with a program of their own.
    @discardableResult
    func dashboard(_ key: String, _ method: String, _ path: String, query: String = "", _ form: String = "") -> JSON {
        let answer = simulator.respond(
            to: SimulatorRequest(
                method: method, path: path, query: query, headers: [("Authorization", "Bearer \(key)")], body: Array(form.utf8)))
        return JSON(parsing: answer.body) ?? .null
    }

    /// All elements of one of Stripe's lists, newest first.
    func list(_ key: String, _ path: String) -> [JSON] {
        var elements: [JSON] = []
        var query = "limit=100"
        while true {
            let page = atStripe(key, path, query: query)
            let data = page["data"]?.arrayValue ?? []
            elements += data
            guard page["has_more"]?.boolValue == true, let last = data.last?["id"]?.textValue else { return elements }
            query = "limit=100&starting_after=\(last)"
        }
    }

    /// What goes wrong with the next request.
    func trouble() -> Trouble {
        report.requests += 1
        guard dice.chance(troubleRate) else { return .none }
        report.troubles += 1
        return dice.pick(weighted: [
            (2, .notReached), (2, .lostOnTheWay), (3, .answerLost), (13, .fault(dice.pick(Fault.misfortunes))),
        ])
    }
}

/// The one clock of a run.
package final class WorldClock: Sendable {
    private let instant: Mutex<Instant>

    init(_ instant: Instant) { self.instant = Mutex(instant) }

    /// Only the run moves it, and never back.
    package var now: Instant { instant.withLock { $0 } }

    func move(to milliseconds: Int64) {
        instant.withLock { $0 = max($0, Instant(milliseconds: milliseconds)) }
    }

    func advance(seconds: Int) { move(to: now.milliseconds + Int64(seconds) * 1000) }
}
