import Ledger
import StripeSimulator
import Testing

@Suite struct SimulatedTimeTests {
    @Test func `a stopped clock stands, moves on order, and runs on from where it stood`() {
        let time = SimulatedTime(systemClock: { Instant(unixSeconds: 1_000) }, start: Instant(unixSeconds: 500))
        #expect(time.now == Instant(unixSeconds: 500))
        time.freeze()
        time.advance(seconds: 60)
        #expect(time.now == Instant(unixSeconds: 560))
        #expect(!time.isRunning)
        time.set(Instant(unixSeconds: 700))
        time.run()
        #expect(time.now == Instant(unixSeconds: 700))
    }
}
