import JSON

extension Account {
    static let disputeRoutes: [Route] = [
        Route("GET /v1/disputes") { account, call in
            let filters = ["charge", "payment_intent"].compactMap { call.parameters.text($0) }
            return try account.list(
                account.disputes, call, noun: "dispute", keys: filters.first.map { [$0] },
                where: { dispute in filters.allSatisfy { $0 == dispute.charge || $0 == dispute.paymentIntent } }, render: account.json)
        },
        Route("GET /v1/disputes/{dispute}") { account, call in account.json(try account.dispute(call.id)) },
        Route("POST /v1/disputes/{dispute}") { try $0.answerDispute($1) },
        Route("POST /v1/disputes/{dispute}/close") { account, call in
            let dispute = try account.dispute(call.id)
            guard dispute.isOpen else { throw StripeError(message: "This dispute is already closed.") }
            account.close(call.id, as: dispute.isInquiry ? "warning_closed" : "lost")
            return account.json(try account.dispute(call.id))
        },
    ]

    /// Between the payment with a test card and its dispute.
    static let disputeDelaySeconds = 3
    /// Days to answer.
    static let disputeDays = 9
    /// Between evidence that tests use to win or lose, and the verdict.
    static let verdictDelaySeconds = 2

    func json(_ dispute: Dispute) -> JSON {
        dispute.json(transactions: dispute.balanceTransactions.compactMap { balanceTransactions[$0]?.json(now: now) }, now: now)
    }

    private func dispute(_ id: String) throws -> Dispute {
        guard let dispute = disputes[id] else { throw StripeError.noSuch("dispute", id, param: "dispute") }
        return dispute
    }

    func openDispute(_ chargeID: String) {
        guard let charge = charges[chargeID], charge.isCaptured, charge.dispute == nil,
            let card = paymentMethods[charge.paymentMethod]?.card
        else { return }
        openDispute(
            charge, reason: card.dispute ?? "fraudulent", isInquiry: card.isInquiry, amount: charge.amountCaptured - charge.amountRefunded)
    }

    /// - Parameter amount: In the charge's currency.
    func openDispute(_ charge: Charge, reason: String, isInquiry: Bool, amount: Int) {
        if charge.feeIsLate { settleLateFee(of: charge.id) }
        var dispute = Dispute(
            id: mint("du_1"), created: now, amount: amount, currency: charge.currency, charge: charge.id,
            paymentIntent: charge.paymentIntent,
            reason: reason, isInquiry: isInquiry, brand: paymentMethods[charge.paymentMethod]?.card?.brand ?? "visa",
            dueBy: (now / 86_400 + Self.disputeDays) * 86_400 + 86_399, status: isInquiry ? "warning_needs_response" : "needs_response")
        if !isInquiry {
            let fee = settings.prices.dispute
            dispute.balanceTransactions = [
                book(
                    -amount, charge.currency, type: "adjustment", category: "dispute", source: dispute.id,
                    description: "Chargeback withdrawal for \(charge.id)", fee: { _ in (fee, "Dispute fee") })
            ]
        }
        disputes.append(dispute, keys: [charge.id, charge.paymentIntent])
        charges.update(charge.id) {
            $0.isDisputed = true
            $0.dispute = dispute.id
        }
        emit("charge.dispute.created", json(dispute))
        if !isInquiry { emit("charge.dispute.funds_withdrawn", json(dispute)) }
        closeReview(ofCharge: charge.id, as: "disputed")
        updateWarnings(of: charge.id)
        schedule(.disputeDecides(dispute.id), at: dispute.dueBy + 1)
    }

    private func answerDispute(_ call: Call) throws -> JSON {
        let before = try dispute(call.id)
        guard before.isOpen || !call.parameters.has("evidence") else { throw StripeError(message: "This dispute is already closed.") }
        let submits = call.parameters.has("evidence") && call.parameters.bool("submit") != false
        let text = call.parameters.text("evidence", "uncategorized_text")
        disputes.update(call.id) {
            $0.metadata = call.parameters.metadata(over: $0.metadata)
            if let evidence = call.parameters["evidence"] { $0.evidence = $0.evidence.merging(evidence) }
            if submits {
                $0.submissions += 1
                $0.status = before.isInquiry ? "warning_under_review" : "under_review"
                $0.verdict = text == "winning_evidence" ? "won" : text == "losing_evidence" ? "lost" : nil
            }
        }
        let after = try dispute(call.id)
        if submits, !before.isInquiry, settings.prices.disputeCounter > 0 { bookCounterFee(after, sign: -1) }
        emit("charge.dispute.updated", json(after), previous: Self.changes(from: json(before), to: json(after)))
        if after.verdict != nil { schedule(.disputeDecides(call.id), at: now + Self.verdictDelaySeconds) }
        return json(after)
    }

    /// Countering costs a fee of its own, given back when the dispute is won.
    private func bookCounterFee(_ dispute: Dispute, sign: Int) {
        let amount = settings.prices.disputeCounter * sign
        book(
            amount, settings.currency, type: "stripe_fee", source: dispute.id,
            description: sign < 0 ? "Dispute countered fee" : "Dispute countered fee refund")
    }

    /// The verdict, or the end of the time to answer.
    func decide(_ id: String) {
        guard let dispute = disputes[id], dispute.isOpen else { return }
        if let verdict = dispute.verdict { return close(id, as: dispute.isInquiry ? "warning_closed" : verdict) }
        guard dispute.submissions == 0 else { return }
        close(id, as: dispute.isInquiry ? "warning_closed" : "lost")
    }

    /// - Parameter status: `won`, `lost` or `warning_closed`.
    func close(_ id: String, as status: String) {
        guard let dispute = disputes[id], dispute.isOpen else { return }
        disputes.update(id) { $0.status = status }
        if status == "won", !dispute.isInquiry {
            let back = book(
                dispute.amount, dispute.currency, type: "adjustment", category: "dispute_reversal", source: id,
                description: "Chargeback reversal for \(dispute.charge)")
            disputes.update(id) { $0.balanceTransactions.append(back) }
            if dispute.submissions > 0, settings.prices.disputeCounter > 0 { bookCounterFee(dispute, sign: 1) }
        }
        guard let closed = disputes[id] else { return }
        if status == "won", !dispute.isInquiry { emit("charge.dispute.funds_reinstated", json(closed)) }
        emit("charge.dispute.closed", json(closed), previous: .object([("status", .text(dispute.status))]))
    }
}
