import JSON

extension Account {
    func issuer(of method: PaymentMethod) -> Issuer { issuers[method.issuer] ?? Issuer(method.card) }

    /// Stores what an order says of a method and its issuer. What the card is shows on all methods that stand for it.
    func set(_ issuer: Issuer, of method: PaymentMethod) {
        guard let before = paymentMethods[method.id] else { return }
        paymentMethods.update(method.id) { $0 = method }
        if before.issuer != method.issuer {
            paymentMethods.remove(key: before.issuer, from: method.id)
            paymentMethods.add(key: method.issuer, to: method.id)
        }
        issuers[method.issuer] = issuer
        guard method.card?.funding != issuer.card?.funding || method.card?.country != issuer.card?.country else { return }
        for method in paymentMethods.all(under: method.issuer) { paymentMethods.update(method.id) { $0.look(like: issuer.card) } }
    }

    /// Counts the attempt, and asks for the money.
    ///
    /// - Returns: Why the issuer says no; nil when it agrees.
    func decline(_ intent: PaymentIntent, _ method: PaymentMethod, isHold: Bool) -> Decline? {
        paymentMethods.update(method.id) { $0.isUsed = true }
        var issuer = issuer(of: method)
        issuer.count(isOffSession: intent.isOffSession)
        issuers[method.issuer] = issuer
        if issuer.refusesAttempt(isOffSession: intent.isOffSession) { return issuer.decline }
        if isHold, issuer.refusesSecondHold, charges.all(under: method.issuer).contains(where: isHeld) { return issuer.decline }
        return declineOverLimit(issuer, method, adding: intent.amount, intent.currency)
    }

    /// - Returns: Why the issuer does not let a hold be raised by so much; nil when it agrees.
    func declineToRaise(_ charge: Charge, by amount: Int) -> Decline? {
        guard let method = paymentMethods[charge.paymentMethod] else { return nil }
        let issuer = issuer(of: method)
        return issuer.declinesIncrements ? issuer.decline : declineOverLimit(issuer, method, adding: amount, charge.currency)
    }

    /// - Returns: Why a card cannot be saved; nil when it can. Saving asks the issuer for no money, so it counts as no attempt.
    func declineToSave(_ method: PaymentMethod) -> Decline? {
        guard let card = method.card, card.decline != nil, !card.attaches else { return nil }
        return issuer(of: method).decline
    }

    private func declineOverLimit(_ issuer: Issuer, _ method: PaymentMethod, adding amount: Int, _ currency: String) -> Decline? {
        guard let limit = issuer.limit else { return nil }
        let used = charges.all(under: method.issuer).reduce(0) { $0 + ($1.currency == currency ? use(of: $1) : 0) }
        return used + amount > limit ? issuer.declineOverLimit : nil
    }

    /// What a charge uses of the card's limit: all of a live hold, else what was taken and not given back.
    private func use(of charge: Charge) -> Int {
        let held = isHeld(charge) ? charge.hold?.amountAuthorized ?? 0 : 0
        return max(held, charge.amountCaptured) - charge.amountRefunded
    }

    private func isHeld(_ charge: Charge) -> Bool {
        charge.hold?.isOver == false && charge.paymentIntent.flatMap { paymentIntents[$0] }?.status == .requiresCapture
    }
}

extension PaymentMethod {
    /// Takes over what is shown of a physical card.
    mutating func look(like card: TestCard?) {
        guard let card else { return }
        self.card?.funding = card.funding
        self.card?.country = card.country
    }
}
