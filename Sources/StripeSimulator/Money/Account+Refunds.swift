import JSON

extension Account {
    static let refundRoutes: [Route] = [
        Route("POST /v1/refunds") { try $0.createRefund($1) },
        Route("GET /v1/refunds") { account, call in
            let filters = ["charge", "payment_intent"].compactMap { call.parameters.text($0) }
            return try account.list(
                account.refunds, call, noun: "refund", keys: filters.first.map { [$0] },
                where: { refund in filters.allSatisfy { $0 == refund.charge || $0 == refund.paymentIntent } }, render: \.json)
        },
        Route("GET /v1/refunds/{refund}") { try $0.refund($1.id).json },
        Route("POST /v1/refunds/{refund}") { account, call in
            let before = try account.refund(call.id)
            account.refunds.update(call.id) { $0.metadata = call.parameters.metadata(over: $0.metadata) }
            let after = try account.refund(call.id).json
            account.emit("refund.updated", after, previous: .object([("metadata", before.metadata)]))
            return after
        },
        Route("POST /v1/refunds/{refund}/cancel") { account, call in
            let refund = try account.refund(call.id)
            guard refund.status == "requires_action" else {
                throw StripeError(
                    message:
                        "You cannot cancel this refund: a \(refund.methodType) refund with the status \(refund.status) cannot be "
                        + "canceled."
                )
            }
            account.undo(call.id, as: "canceled", reason: "merchant_request")
            return try account.refund(call.id).json
        },
    ]

    private func refund(_ id: String) throws -> Refund {
        guard let refund = refunds[id] else { throw StripeError.noSuch("refund", id, param: "refund") }
        return refund
    }

    private func createRefund(_ call: Call) throws -> JSON {
        let parameters = call.parameters
        let charge = try chargeToRefund(parameters)
        guard charge.isCaptured, charge.status == "succeeded" else {
            throw StripeError(
                message: charge.hold != nil
                    ? "This PaymentIntent (\(charge.paymentIntent ?? "none")) has a charge that is not captured. To release the funds you must "
                        + "cancel the PaymentIntent."
                    : "This PaymentIntent (\(charge.paymentIntent ?? "none")) does not have a successful charge to refund.")
        }
        if let dispute = charge.dispute.flatMap({ disputes[$0] }), !dispute.isInquiry, !["won", "warning_closed"].contains(dispute.status) {
            throw StripeError(message: "Charge \(charge.id) has been charged back; cannot issue a refund.", code: "charge_disputed")
        }
        if charge.isPastRefunds {
            throw StripeError(message: "Charge \(charge.id) can no longer be refunded.", code: "charge_not_refundable")
        }
        let open = charge.amountCaptured - charge.amountRefunded
        guard open > 0 else {
            throw StripeError(message: "Charge \(charge.id) has already been refunded.", code: "charge_already_refunded")
        }
        let amount = parameters.int("amount") ?? open
        guard amount > 0 else {
            throw StripeError(message: "This value must be greater than or equal to 1.", code: "parameter_invalid_integer", param: "amount")
        }
        guard amount <= open else {
            let parts = charge.amountRefunded > 0 ? "unrefunded amount on charge" : "charge amount"
            throw StripeError(
                message: "Refund amount (\(StripeAmounts.shown(amount, charge.currency))) is greater than \(parts) "
                    + "(\(StripeAmounts.shown(open, charge.currency)))", param: "amount")
        }
        if charge.feeIsLate { settleLateFee(of: charge.id) }
        return makeRefund(charge, amount: amount, reason: parameters.text("reason"), metadata: parameters.metadata()).json
    }

    private func chargeToRefund(_ parameters: Parameters) throws -> Charge {
        if let id = parameters.text("charge") {
            guard let charge = charges[id] else { throw StripeError.noSuch("charge", id, param: "charge", status: 400) }
            return charge
        }
        guard let id = parameters.text("payment_intent") else {
            throw StripeError.invalid("One of the following params should be provided for this request: payment_intent or charge.")
        }
        guard let intent = paymentIntents[id] else { throw StripeError.noSuch("payment_intent", id, param: "payment_intent", status: 400) }
        guard let charge = intent.latestCharge.flatMap({ charges[$0] }) else {
            throw StripeError(message: "This PaymentIntent (\(id)) does not have a successful charge to refund.")
        }
        return charge
    }

    private func makeRefund(_ charge: Charge, amount: Int, reason: String?, metadata: JSON) -> Refund {
        let card = paymentMethods[charge.paymentMethod]?.card
        let isCard = charge.type == "card"
        let isCovered = settings.debitsNegativeBalances || isAvailable(amount, charge.currency)
        let pendingReason: String? = isCovered ? (card?.refundsPend == true ? "processing" : nil) : "insufficient_funds"
        var refund = Refund(
            id: mint(isCard ? "re_3" : "pyr_1"), created: now, amount: amount, currency: charge.currency, charge: charge.id,
            paymentIntent: charge.paymentIntent, reason: reason, metadata: metadata,
            status: pendingReason == nil ? "succeeded" : isCovered || isCard ? "pending" : "failed", pendingReason: pendingReason,
            isCard: isCard,
            methodType: charge.type)
        if refund.status == "failed" {
            refund.failureReason = "insufficient_funds"
            refund.pendingReason = nil
        }
        if isCovered { refund.balanceTransaction = bookRefund(refund, charge) }
        refunds.append(refund, keys: [charge.id, charge.paymentIntent])
        if !isCovered, isCard { books.waitingRefunds.append(refund.id) }
        if refund.status != "failed" {
            charges.update(charge.id) { $0.amountRefunded += amount }
            books.refunded[charge.currency, default: 0] += amount
        }
        emit("refund.created", refund.json)
        if refund.status == "failed" {
            emit("refund.failed", refund.json)
        } else {
            emit(
                "charge.refunded", charges[charge.id]?.json ?? .null, previous: .object([("amount_refunded", .int(charge.amountRefunded))]))
        }
        if charges[charge.id]?.isRefunded == true {
            closeReview(ofCharge: charge.id, as: reason == "fraudulent" ? "refunded_as_fraud" : "refunded")
        }
        updateWarnings(of: charge.id)
        if card?.refundsPend == true { schedule(.refundSettles(refund.id), at: now + Self.refundDelaySeconds) }
        if card?.refundsFail == true { schedule(.refundFails(refund.id), at: now + Self.refundDelaySeconds) }
        return refund
    }

    /// Whether a refund can be paid from what is available: pending money does not count.
    ///
    /// - Source: Stripe's page "Refund and cancel payments".
    private func isAvailable(_ amount: Int, _ currency: String) -> Bool {
        let settled = settled(amount, currency)
        return books.available[settled.currency, default: 0] >= settled.amount
    }

    /// How long a test card's refund stays pending, or takes to fail.
    static let refundDelaySeconds = 3600

    /// The fee of the charge is not given back. Where the bank covers what is missing, money not yet available is lowered where it waits.
    private func bookRefund(_ refund: Refund, _ charge: Charge) -> String {
        let waitsUntil =
            settings.debitsNegativeBalances ? charge.balanceTransaction.flatMap { balanceTransactions[$0] }?.availableOn ?? now : now
        return book(
            -refund.amount, refund.currency, type: refund.isCard ? "refund" : "payment_refund", source: refund.id,
            description: "REFUND FOR \(refund.isCard ? "CHARGE" : "PAYMENT")", availableOn: max(now, waitsUntil))
    }

    /// Refunds that waited for money are made once there is enough, oldest first.
    func makeWaitingRefunds() {
        while let id = books.waitingRefunds.first, let refund = refunds[id],
            settings.debitsNegativeBalances || isAvailable(refund.amount, refund.currency)
        {
            settle(id)
        }
    }

    /// The refund reaches the payer. One that waited for money takes it now.
    func settle(_ id: String) {
        guard let refund = refunds[id], ["pending", "requires_action"].contains(refund.status) else { return }
        let waits = books.waitingRefunds.firstIndex(of: id)
        if let waits, let charge = charges[refund.charge] {
            books.waitingRefunds.remove(at: waits)
            let transaction = bookRefund(refund, charge)
            refunds.update(id) { $0.balanceTransaction = transaction }
        }
        refunds.update(id) {
            $0.status = "succeeded"
            $0.pendingReason = nil
            $0.nextAction = .null
        }
        emit(
            "refund.updated", refunds[id]?.json ?? .null,
            previous: .object([("pending_reason", JSON(refund.pendingReason)), ("status", .text(refund.status))]))
    }

    /// How long the payer of a refund has to say where the money shall go.
    static let refundActionDays = 45

    /// The payer is asked by mail where the money shall go.
    ///
    /// - Returns: False for a card's refund, and for one that has come to an end.
    func requireAction(forRefund id: String) -> Bool {
        guard let refund = refunds[id], !refund.isCard, ["pending", "succeeded"].contains(refund.status) else { return false }
        let expiresAt = now + Self.refundActionDays * 86_400
        let email = charges[refund.charge]?.billingDetails["email"]?.textValue ?? "guest@example.com"
        let sent: JSON = .object([("email_sent_at", .int(now)), ("email_sent_to", .text(email))])
        refunds.update(id) {
            $0.status = "requires_action"
            $0.pendingReason = nil
            $0.nextAction = .object([
                ("display_details", .object([("email_sent", sent), ("expires_at", .int(expiresAt))])), ("type", "display_details"),
            ])
        }
        emit("refund.updated", refunds[id]?.json ?? .null, previous: .object([("status", .text(refund.status))]))
        schedule(.refundExpires(id), at: expiresAt)
        return true
    }

    /// Nobody said where the money shall go.
    func expireRefund(_ id: String) {
        if refunds[id]?.status == "requires_action" { undo(id, as: "failed", reason: "unknown") }
    }

    /// The bank sent the money back.
    func fail(_ id: String) { undo(id, as: "failed", reason: "expired_or_canceled_card") }

    /// A refund ends without reaching the payer: what it took returns to the balance, and the charge is no longer refunded by it.
    ///
    /// - Parameter status: `failed`, or `canceled` by the account's people.
    func undo(_ id: String, as status: String, reason: String) {
        guard let refund = refunds[id], refund.status != "failed", refund.status != "canceled" else { return }
        books.waitingRefunds.removeAll { $0 == id }
        let back = refund.balanceTransaction.map { _ in
            book(refund.amount, refund.currency, type: "refund_failure", source: id, description: "REFUND FAILURE")
        }
        refunds.update(id) {
            $0.status = status
            $0.failureReason = reason
            $0.failureBalanceTransaction = back
            $0.pendingReason = nil
            $0.nextAction = .null
        }
        charges.update(refund.charge) { $0.amountRefunded -= refund.amount }
        books.refunded[refund.currency, default: 0] -= refund.amount
        emit(
            status == "failed" ? "refund.failed" : "refund.updated", refunds[id]?.json ?? .null,
            previous: .object([("status", .text(refund.status))]))
        updateWarnings(of: refund.charge)
    }
}
