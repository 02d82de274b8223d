import JSON

extension Account {
    static let payoutRoutes: [Route] = [
        Route("POST /v1/payouts") { try $0.createPayout($1) },
        Route("GET /v1/payouts") { account, call in
            let status = call.parameters.text("status")
            return try account.list(
                account.payouts, call, noun: "payout",
                where: { (status ?? $0.status) == $0.status && account.arrives($0, call.parameters) },
                render: \.json)
        },
        Route("GET /v1/payouts/{payout}") { try $0.payout($1.id).json },
        Route("POST /v1/payouts/{payout}") { account, call in
            let before = try account.payout(call.id)
            account.payouts.update(call.id) { $0.metadata = call.parameters.metadata(over: $0.metadata) }
            let after = try account.payout(call.id).json
            account.emit("payout.updated", after, previous: .object([("metadata", before.metadata)]))
            return after
        },
        Route("POST /v1/payouts/{payout}/cancel") { try $0.cancelPayout($1) },
        Route("POST /v1/payouts/{payout}/reverse") { account, call in
            _ = try account.payout(call.id)
            throw StripeError(message: "Payouts to bank accounts in \(account.settings.country) cannot be reversed.")
        },
    ]

    /// Days a bank transfer takes.
    static let transferDays = 2
    /// An instant one.
    static let instantSeconds = 1800
    /// Until the contents of an automatic payout can be listed.
    static let reconciliationSeconds = 3600

    private func payout(_ id: String) throws -> Payout {
        guard let payout = payouts[id] else { throw StripeError.noSuch("payout", id, param: "payout") }
        return payout
    }

    private func arrives(_ payout: Payout, _ parameters: Parameters) -> Bool {
        guard let filter = parameters["arrival_date"] else { return true }
        if let exact = filter.intValue { return payout.arrivalDate == exact }
        return (filter["gte"]?.intValue).map { payout.arrivalDate >= $0 } ?? true
            && (filter["gt"]?.intValue).map { payout.arrivalDate > $0 } ?? true
            && (filter["lte"]?.intValue).map { payout.arrivalDate <= $0 } ?? true
            && (filter["lt"]?.intValue).map { payout.arrivalDate < $0 } ?? true
    }

    private func createPayout(_ call: Call) throws -> JSON {
        let parameters = call.parameters
        let amount = parameters.int("amount") ?? 0
        let currency = (parameters.text("currency") ?? "").lowercased()
        guard amount >= 1 else {
            throw StripeError.invalid("This value must be greater than or equal to 1.", code: "parameter_invalid_integer", param: "amount")
        }
        guard settings.settlementCurrencies.contains(currency) else {
            throw StripeError(message: "Sorry, you don't have any external accounts in that currency (\(currency)).", param: "currency")
        }
        if ["huf", "twd"].contains(currency), amount % 100 != 0 {
            throw StripeError(message: "Payouts in \(currency) must be whole units: the amount must be divisible by 100.", param: "amount")
        }
        let fee = instantFee(amount, method: parameters.text("method"))
        guard amount + fee <= books.available[currency] ?? 0 else {
            throw StripeError(
                message: "You have insufficient funds in your Stripe account for this transfer. Your card balance is too low.",
                code: "balance_insufficient")
        }
        return makePayout(amount, currency, isAutomatic: false, parameters: parameters).json
    }

    /// What an instant payout costs, rounded half up; 0 for another one. It is the fee of the payout's own transaction.
    private func instantFee(_ amount: Int, method: String?) -> Int {
        method == "instant" ? Int(clamping: (Int128(amount) * Int128(settings.prices.instantPayout) + 500_000) / 1_000_000) : 0
    }

    private func makePayout(_ amount: Int, _ currency: String, isAutomatic: Bool, parameters: Parameters) -> Payout {
        let id = mint("po_1")
        let isInstant = parameters.text("method") == "instant"
        let fee = instantFee(amount, method: parameters.text("method"))
        var payout = Payout(
            id: id, created: now, amount: amount, currency: currency,
            arrivalDate: isInstant ? now + Self.instantSeconds : (now / 86_400 + Self.transferDays) * 86_400, isAutomatic: isAutomatic,
            description: parameters["description"] ?? (isAutomatic ? "STRIPE PAYOUT" : .null),
            method: parameters.text("method") ?? "standard", statementDescriptor: parameters["statement_descriptor"] ?? .null,
            destination: "ba_1" + self.id.suffix(14), metadata: parameters.metadata(), status: isAutomatic ? "in_transit" : "pending",
            reconciliationStatus: isAutomatic ? "in_progress" : "not_applicable")
        payout.balanceTransaction = book(
            -amount, currency, type: "payout", source: id,
            description: isAutomatic ? "STRIPE PAYOUT" : payout.description.textValue,
            payout: isAutomatic ? id : nil, fee: { _ in (fee, "Instant payout fee") })
        payouts.append(payout)
        books.paidOut[currency, default: 0] += amount
        emit("payout.created", payout.json)
        schedule(.payoutArrives(id), at: payout.arrivalDate)
        return payout
    }

    private func cancelPayout(_ call: Call) throws -> JSON {
        let payout = try payout(call.id)
        guard payout.status == "pending", !payout.isAutomatic else {
            throw StripeError(
                message: "Payouts can only be canceled while pending; this one is \(payout.isAutomatic ? "automatic" : payout.status).")
        }
        let back = book(payout.amount, payout.currency, type: "payout_cancel", source: payout.id)
        payouts.update(call.id) {
            $0.status = "canceled"
            $0.failureBalanceTransaction = back
        }
        books.paidOut[payout.currency, default: 0] -= payout.amount
        emit("payout.canceled", try self.payout(call.id).json)
        return try self.payout(call.id).json
    }

    /// Starts or stops the daily payout.
    func setDailyPayouts(_ on: Bool) {
        guard on != settings.paysOutDaily else { return }
        settings.paysOutDaily = on
        if on { schedule(.payoutRun, at: (now / 86_400 + 1) * 86_400) }
    }

    /// One day's automatic payouts, one for each currency: everything available that is in no payout yet.
    func runPayouts() {
        guard settings.paysOutDaily else { return }
        schedule(.payoutRun, at: (now / 86_400 + 1) * 86_400)
        for currency in settings.settlementCurrencies { payOut(currency) }
    }

    private func payOut(_ currency: String) {
        let carried = books.unpaid[currency] ?? []
        let sum = carried.reduce(0) { $0 + (balanceTransactions[$1]?.net ?? 0) }
        guard sum > 0 else { return }
        books.unpaid[currency] = []
        let payout = makePayout(sum, currency, isAutomatic: true, parameters: Parameters(root: .emptyObject))
        for id in carried {
            balanceTransactions.update(id) { $0.payout = payout.id }
            balanceTransactions.add(key: "payout:" + payout.id, to: id)
        }
        schedule(.payoutReconciles(payout.id), at: now + Self.reconciliationSeconds)
    }

    func reconcile(_ id: String) {
        payouts.update(id) { $0.reconciliationStatus = "completed" }
        emit(
            "payout.reconciliation_completed", payouts[id]?.json ?? .null,
            previous: .object([("reconciliation_status", "in_progress")]))
    }

    /// The day the bank should have it.
    func arrive(_ id: String) {
        guard let payout = payouts[id], ["pending", "in_transit"].contains(payout.status) else { return }
        if let code = settings.payoutFailure {
            settings.payoutFailure = nil
            return failPayout(id, code: code)
        }
        payouts.update(id) { $0.status = "paid" }
        emit("payout.paid", payouts[id]?.json ?? .null, previous: .object([("status", .text(payout.status))]))
    }

    /// The bank sent it back; a paid one may still fail days later.
    func failPayout(_ id: String, code: String) {
        guard let payout = payouts[id], payout.status != "failed", payout.status != "canceled" else { return }
        let back = book(
            payout.amount, payout.currency, type: "payout_failure", source: id, description: "PAYOUT FAILURE")
        payouts.update(id) {
            $0.status = "failed"
            $0.failureCode = code
            $0.failureMessage = "The bank returned the payout: \(code.replacing("_", with: " "))."
            $0.failureBalanceTransaction = back
        }
        books.paidOut[payout.currency, default: 0] -= payout.amount
        emit("payout.failed", payouts[id]?.json ?? .null, previous: .object([("status", .text(payout.status))]))
    }
}
