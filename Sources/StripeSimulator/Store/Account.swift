import JSON
import Ledger

/// One Stripe account in one mode: its objects, its money and its settings. Its live objects and its test objects know nothing of each
/// other, and share nothing but the account's id.
final class Account {
    let id: String
    /// Live objects; their `livemode` is true.
    let isLive: Bool
    /// The keys that open it, the first one first.
    var keys: [String]
    unowned let world: World
    let created: Int
    var settings = AccountSettings()

    var customers = Table<Customer>()
    var paymentMethods = Table<PaymentMethod>()
    var paymentIntents = Table<PaymentIntent>()
    var setupIntents = Table<SetupIntent>()
    var sessions = Table<CheckoutSession>()
    var charges = Table<Charge>()
    /// Those that have been asked or given an order, by `PaymentMethod.issuer`.
    var issuers: [String: Issuer] = [:]
    var refunds = Table<Refund>()
    var balanceTransactions = Table<BalanceTransaction>()
    var events = Table<Event>()
    var endpoints = Table<WebhookEndpoint>()
    var disputes = Table<Dispute>()
    var reviews = Table<Review>()
    var earlyFraudWarnings = Table<EarlyFraudWarning>()
    var payouts = Table<Payout>()
    /// Top-ups and transfers: there because a movement names them.
    var bystanders = Table<Bystander>()
    /// Objects that cannot be read by their ids, on order.
    var unreadable: [String: Unreadable] = [:]
    var books = Books()
    var keptAnswers = KeptAnswers()
    var recentRequests = RecentRequests()
    /// Events before this position are older than Stripe keeps them.
    var forgottenEvents = 0
    /// The call being answered; nil while timers run.
    var call: Call?

    init(id: String, key: String, isLive: Bool, world: World) {
        self.id = id
        self.isLive = isLive
        keys = [key]
        self.world = world
        created = world.seconds
    }

    var now: Int { world.seconds }

    /// Where the world keeps it.
    var place: String { Self.place(id: id, isLive: isLive) }

    static func place(id: String, isLive: Bool) -> String { isLive ? id + " live" : id }

    /// The same account in the other mode.
    var otherSide: Account? { world.account(id: id, isLive: !isLive) }

    /// An object as its mode shows it. Objects are made for test mode; of a live account, each `livemode` in them is true.
    func inMode(_ value: JSON) -> JSON { isLive ? value.live : value }

    var isEmpty: Bool {
        customers.isEmpty && paymentMethods.isEmpty && paymentIntents.isEmpty && setupIntents.isEmpty && sessions.isEmpty && payouts.isEmpty
    }

    func mint(_ prefix: String, length: Int = 24) -> String { world.mint.id(prefix, length: length) }

    /// - Parameter at: Unix seconds.
    func schedule(_ action: Due, at seconds: Int) {
        world.timers.add(action, account: place, due: Instant(unixSeconds: Int64(seconds)).milliseconds)
    }

    func run(_ action: Due) {
        switch action {
        case .holdExpires(let charge): expireHold(charge)
        case .sessionExpires(let id): expireIfOpen(id)
        case .feeArrives(let charge): settleLateFee(of: charge)
        case .fundsAvailable(let transaction): makeAvailable(transaction)
        case .moneyCame: makeWaitingRefunds()
        case .paymentSettles(let intent): settleProcessing(intent)
        case .refundSettles(let refund): settle(refund)
        case .refundFails(let refund): fail(refund)
        case .refundExpires(let refund): expireRefund(refund)
        case .disputeOpens(let charge): openDispute(charge)
        case .disputeDecides(let dispute): decide(dispute)
        case .fraudWarningComes(let charge): warnOfFraud(charge, fraudType: "misc")
        case .payoutRun: runPayouts()
        case .payoutArrives(let payout): arrive(payout)
        case .payoutReconciles(let payout): reconcile(payout)
        }
    }
}

extension JSON {
    /// With every `livemode: false` in it turned.
    fileprivate var live: JSON {
        switch self {
        case .object(let members): .object(members.map { ($0.key, $0.key == "livemode" && $0.value == false ? true : $0.value.live) })
        case .array(let values): .array(values.map(\.live))
        default: self
        }
    }
}
