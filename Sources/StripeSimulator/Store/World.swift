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
    /// By place: an account's test objects and its live ones lie in two.
    private(set) var accounts: [String: Account] = [:]
    /// Places in the order they were opened.
    private(set) var places: [String] = []
    private var keys: [String: KeyRights] = [:]

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
        if let rights = keys[key], let account = accounts[rights.place] { return account }
        return open(key, id: Mint.accountID(key: key, seed: seed))
    }

    /// Gives an account one more key: `sk_live_…` and `rk_live_…` reach its live objects, the others its test objects.
    ///
    /// - Returns: False when the key opens another account already.
    func add(key: String, to account: Account) -> Bool {
        if let rights = keys[key] { return accounts[rights.place]?.id == account.id }
        let side = open(key, id: account.id)
        if side !== account, side.isEmpty { side.settings = account.settings }
        return true
    }

    private func open(_ key: String, id: String) -> Account {
        let isLive = APIKey.isLive(key)
        let place = Account.place(id: id, isLive: isLive)
        keys[key] = KeyRights(place: place)
        if let account = accounts[place] {
            account.keys.append(key)
            return account
        }
        let account = Account(id: id, key: key, isLive: isLive, world: self)
        accounts[place] = account
        places.append(place)
        return account
    }

    /// What a key may not do, as method and path with `{}` for ids.
    func forbidden(key: String) -> Set<String> { keys[key]?.forbidden ?? [] }

    func forbid(_ routes: Set<String>, to key: String) { keys[key]?.forbidden = routes }

    /// Places of accounts that may act for others.
    var platforms: Set<String> = []

    /// The platforms an account is connected to.
    func platforms(of account: Account) -> [Account] {
        platforms.sorted().compactMap { accounts[$0] }.filter {
            $0.isLive == account.isLive && $0.settings.connected.contains(account.id)
        }
    }

    func account(place: String) -> Account? { accounts[place] }

    func account(id: String, isLive: Bool) -> Account? { accounts[Account.place(id: id, isLive: isLive)] }

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
        places = []
        keys = [:]
        platforms = []
    }
}

/// What a secret key opens.
private struct KeyRights {
    let place: String
    /// Rights a restricted key lacks.
    var forbidden: Set<String> = []
}
