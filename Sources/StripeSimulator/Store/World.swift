import Ledger

/// Everything the simulator holds. Guarded by `Simulator`'s lock; nothing here knows of HTTP.
final class World {
    let seed: UInt64
    let publicURL: String
    /// The instant being worked on: while timers run it is theirs, else the clock's.
    var now: Instant
    var mint: Mint
    var timers = TimerQueue()
    var deliveries = Deliveries()
    var faults = FaultOrders()
    private(set) var accounts: [String: Account] = [:]
    /// Account ids in the order they were opened.
    private(set) var accountOrder: [String] = []
    private var keys: [String: String] = [:]

    init(seed: UInt64, publicURL: String, now: Instant) {
        self.seed = seed
        self.publicURL = publicURL
        self.now = now
        mint = Mint(seed: seed)
    }

    /// Unix seconds.
    var seconds: Int { Int(now.unixSeconds) }

    var isEmpty: Bool { accounts.values.allSatisfy(\.isEmpty) }

    /// - Returns: The account of that key, opened when it is new.
    func account(key: String) -> Account {
        if let id = keys[key], let account = accounts[id] { return account }
        let id = Mint.accountID(key: key, seed: seed)
        let account = Account(id: id, key: key, world: self)
        keys[key] = id
        accounts[id] = account
        accountOrder.append(id)
        return account
    }

    /// Accounts that may act for others.
    var platformIDs: Set<String> = []

    /// The platforms an account is connected to.
    func platforms(of id: String) -> [Account] {
        platformIDs.isEmpty ? [] : platformIDs.sorted().compactMap { accounts[$0] }.filter { $0.settings.connected.contains(id) }
    }

    func account(id: String) -> Account? { accounts[id] }

    /// Runs what is due, in order of time, and ends at `instant`. Costs only what falls due.
    func advance(to instant: Instant) {
        while let entry = timers.pop(upTo: instant.milliseconds) {
            if entry.due > now.milliseconds { now = Instant(milliseconds: entry.due) }
            accounts[entry.account]?.run(entry.action)
        }
        now = instant
    }

    /// Forgets everything but the clock.
    func reset() {
        mint = Mint(seed: seed)
        timers = TimerQueue()
        deliveries = Deliveries()
        faults = FaultOrders()
        accounts = [:]
        accountOrder = []
        keys = [:]
        platformIDs = []
    }
}
