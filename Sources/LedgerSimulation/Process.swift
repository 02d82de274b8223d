import Ledger
import LedgerAPI
import LedgerService
import LedgerStore
import Stripe
import Synchronization

/// One running program on a ledger's file: everything it keeps in memory is here, and gone when it dies.
final class Process: Sendable {
    let number: Int
    let house: Int
    let file: Database
    /// Made after the rest, because they keep this process.
    private let parts = Mutex<(ledger: LedgerService, api: API)?>(nil)
    private let dead = Mutex(false)

    var ledger: LedgerService { parts.withLock { $0!.ledger } }
    var api: API { parts.withLock { $0!.api } }
    var isDead: Bool { dead.withLock { $0 } }

    init(number: Int, house: House, world: World) throws {
        self.number = number
        self.house = house.number
        let (clock, conductor) = (world.clock, world.conductor)
        // The writer asks for the time before each job.
        file = try Database(
            path: house.path,
            clock: {
                conductor.waitForPause()
                return clock.now
            }, readers: 2)
        let keyRing = KeyRing(keys: [Array(0..<32)])!
        let (wire, dice) = (Wire(world: world, process: self), Dice(seed: world.dice.next()))
        let time: Clock = { clock.now }
        let ledger = LedgerService(store: file, random: world.keys, asksFirst: false, realTime: time, keyRing: { keyRing }) {
            [unowned self] key in
            var limits = StripeClient.Limits()
            limits.retries.repeats = 1
            return StripeClient(
                key: key, baseURL: "http://stripe", transport: wire, limits: limits, random: dice,
                sleep: { [unowned self] in try await self.sleep($0, world) })
        }
        // A caller's token is the number of what it asks for, so that the journal says by itself which request did what.
        let api = API(
            ledger: ledger, authenticate: { [unowned world] in world.caller(token: $0) }, log: RequestLog(clock: time) { _ in },
            requestsPerSecond: 1_000_000)
        parts.withLock { $0 = (ledger, api) }
    }

    private func sleep(_ milliseconds: Int, _ world: World) async throws {
        await world.waiting.wait(self, until: world.clock.now.milliseconds + Int64(milliseconds))
        if isDead { throw CancellationError() }
    }

    /// Dies on the spot: nothing it still does reaches the file or Stripe.
    func die() {
        dead.withLock { $0 = true }
        file.close()
    }
}
