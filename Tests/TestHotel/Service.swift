import Ledger
import LedgerService
import LedgerStore
import Stripe
import TestSupport

extension LedgerService {
    /// The service over a ledger file, with a key ring that is the same in every process.
    ///
    /// - Parameter stripe: Where Stripe is; unless told otherwise, nobody answers there.
    package static func over(
        _ store: Database, stripe: String = ServiceProcess.noStripe, random: RandomSource = RandomSource(SystemRandomNumberGenerator())
    ) -> LedgerService {
        let (keyRing, transport) = (KeyRing(keys: [Array(0..<32)])!, CurlTransport())
        return LedgerService(store: store, random: random, asksFirst: false, keyRing: { keyRing }) {
            StripeClient(key: $0, baseURL: stripe, transport: transport)
        }
    }
}
