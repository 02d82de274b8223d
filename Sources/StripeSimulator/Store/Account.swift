import Ledger

/// One Stripe account: its objects, its money and its settings.
final class Account {
    let id: String
    let key: String
    unowned let world: World
    let created: Int
    var settings = AccountSettings()

    var customers = Table<Customer>()
    var paymentMethods = Table<PaymentMethod>()
    var paymentIntents = Table<PaymentIntent>()
    var setupIntents = Table<SetupIntent>()
    var sessions = Table<CheckoutSession>()
    var charges = Table<Charge>()
    var refunds = Table<Refund>()
    var balanceTransactions = Table<BalanceTransaction>()
    var events = Table<Event>()
    var endpoints = Table<WebhookEndpoint>()
    var disputes = Table<Dispute>()
    var payouts = Table<Payout>()
    var books = Books()
    var keptAnswers = KeptAnswers()
    var recentRequests = RecentRequests()
    /// Events before this position are older than Stripe keeps them.
    var forgottenEvents = 0
    /// The call being answered; nil while timers run.
    var call: Call?

    init(id: String, key: String, world: World) {
        self.id = id
        self.key = key
        self.world = world
        created = world.seconds
    }

    var now: Int { world.seconds }

    var isEmpty: Bool {
        customers.isEmpty && paymentMethods.isEmpty && paymentIntents.isEmpty && setupIntents.isEmpty && sessions.isEmpty && payouts.isEmpty
    }

    func mint(_ prefix: String, length: Int = 24) -> String { world.mint.id(prefix, length: length) }

    /// - Parameter at: Unix seconds.
    func schedule(_ action: Due, at seconds: Int) {
        world.timers.add(action, account: id, due: Int64(seconds) * 1000)
    }

    func run(_ action: Due) {
        switch action {
        case .holdExpires(let charge): expireHold(charge)
        case .sessionExpires(let id): expireIfOpen(id)
        case .feeArrives(let charge): settleLateFee(of: charge)
        case .fundsAvailable(let transaction): makeAvailable(transaction)
        case .paymentSettles(let intent): settleProcessing(intent)
        case .refundSettles(let refund): settle(refund)
        case .refundFails(let refund): fail(refund)
        case .disputeOpens(let charge): openDispute(charge)
        case .disputeDecides(let dispute): decide(dispute)
        case .payoutRun: runPayouts()
        case .payoutArrives(let payout): arrive(payout)
        case .payoutReconciles(let payout): reconcile(payout)
        }
    }
}
