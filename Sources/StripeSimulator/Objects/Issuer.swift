/// Who agrees to payments or refuses them: a card's issuer, which knows one physical card, however many payment methods stand for it,
/// or the provider of a method that is no card.
///
/// What it does is the test card's nature, until an order says otherwise.
struct Issuer: Sendable {
    /// What the card is; of its behaviour only what follows counts.
    var card: TestCard?
    /// Payments tried.
    var attempts = 0
    /// Those among them without the payer.
    var offSessionAttempts = 0
    /// The first attempt that is refused, counted from 1.
    var declinesFromUse: Int?
    /// The first attempt without the payer that is refused, counted among those.
    var declinesOffSessionFromUse: Int?
    var declinesIncrements: Bool
    var refusesSecondHold: Bool
    /// How much may be held and taken together in one currency, in its smallest unit.
    var limit: Int?
    /// Why, when it refuses.
    var decline: Decline

    init(_ card: TestCard?) {
        self.card = card
        declinesOffSessionFromUse = card?.declinesOffSessionFromUse
        declinesIncrements = card?.declinesIncrements ?? false
        refusesSecondHold = card?.refusesSecondHold ?? false
        limit = card?.limit
        decline = card?.decline ?? card?.refusal ?? .generic
    }

    mutating func count(isOffSession: Bool) {
        attempts += 1
        if isOffSession { offSessionAttempts += 1 }
    }

    /// Whether the attempt that was counted last is refused, whatever it is for.
    func refusesAttempt(isOffSession: Bool) -> Bool {
        if let from = declinesFromUse, attempts >= from { return true }
        if isOffSession, let from = declinesOffSessionFromUse, offSessionAttempts >= from { return true }
        return card?.decline != nil
    }

    /// What it says when the limit is reached: in the words ordered, where those are about the limit.
    var declineOverLimit: Decline {
        decline.declineCode == Decline.insufficientFunds.declineCode ? decline : .insufficientFunds
    }
}
