import Ledger
import Stripe

extension World {
    /// - Returns: The header of a message that Stripe sends now.
    func signature(_ body: [UInt8], _ secret: String) -> String {
        WebhookSignature.header(body: body, secrets: [Secret(secret)].compactMap { $0 }, at: clock.now)
    }
}
