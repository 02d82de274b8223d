import JSON

/// A movement of money that no call made: Stripe, or others on the account, did.
struct Movement {
    let type: String
    /// In `currency`, negative when money leaves.
    var amount: Int
    let fee: Int
    /// A balance is kept in it; nothing is converted.
    let currency: String
    let category: String
    let created: Int
    let availableOn: Int
    let description: JSON
    var balanceType: String
}

extension Account {
    static let bystanderRoutes: [Route] = [
        Route("GET /v1/topups/{topup}") { try $0.bystander($1.id, noun: "topup") },
        Route("GET /v1/transfers/{transfer}") { try $0.bystander($1.id, noun: "transfer") },
    ]

    private func bystander(_ id: String, noun: String) throws -> JSON {
        guard let object = bystanders[id], object.json["object"] == .text(noun) else { throw StripeError.noSuch(noun, id, param: noun) }
        return object.json
    }

    /// Kinds of objects that a movement can bring along.
    static let sourceKinds = ["charge", "topup", "transfer"]

    /// Books a movement.
    ///
    /// - Parameters:
    ///   - source: An id, or one of `sourceKinds`: such an object is made.
    ///   - isMirrored: Whether the reserved balance gets what leaves the payments balance, in a transaction of its own.
    /// - Returns: The id of the balance transaction that was ordered.
    func move(_ movement: Movement, source: String?, isMirrored: Bool) -> String {
        let id = mint("txn_1")
        let sourceID = source.map { Self.sourceKinds.contains($0) ? make($0, movement, transaction: id) : $0 }
        enter(transaction(movement, id: id, source: sourceID))
        if isMirrored {
            var mirrored = movement
            (mirrored.amount, mirrored.balanceType) = (-movement.amount, "risk_reserved")
            enter(transaction(mirrored, id: mint("txn_1"), source: sourceID))
        }
        return id
    }

    private func transaction(_ movement: Movement, id: String, source: String?) -> BalanceTransaction {
        BalanceTransaction(
            id: id, created: movement.created, amount: movement.amount, fee: movement.balanceType == "payments" ? movement.fee : 0,
            currency: movement.currency, exchangeRate: nil, type: movement.type, reportingCategory: movement.category, source: source,
            description: movement.description.textValue, feeDescription: "Stripe processing fees", availableOn: movement.availableOn,
            balanceType: movement.balanceType)
    }

    private func make(_ kind: String, _ movement: Movement, transaction: String) -> String {
        let amount = Int(movement.amount.magnitude)
        let object: JSON
        switch kind {
        case "topup":
            let topup = Bystander.topup(
                id: mint("tu_1"), created: movement.created, amount: amount, currency: movement.currency, transaction: transaction,
                description: movement.description)
            bystanders.insert(topup)
            object = topup.json
        case "transfer":
            let transfer = Bystander.transfer(
                id: mint("tr_1"), created: movement.created, amount: amount, currency: movement.currency, transaction: transaction,
                description: movement.description)
            bystanders.insert(transfer)
            object = transfer.json
        default: object = makeForeignCharge(movement, amount: amount, transaction: transaction).json
        }
        emit(["topup": "topup.succeeded", "transfer": "transfer.created"][kind] ?? "charge.succeeded", object)
        return object["id"]?.textValue ?? ""
    }

    /// A charge without an intent, as older programs and other channels make them.
    private func makeForeignCharge(_ movement: Movement, amount: Int, transaction: String) -> Charge {
        let method = add(TestCard.all[0])
        var charge = Charge(
            id: mint("ch_1"), created: movement.created, paymentIntent: nil, paymentMethod: method.id, amount: amount,
            currency: movement.currency, description: movement.description, metadata: .emptyObject, receiptEmail: .null,
            billingDetails: method.billingDetails, risk: risk(of: method), details: method.chargeDetails(isAuthenticated: false),
            type: "card")
        (charge.isCaptured, charge.amountCaptured, charge.balanceTransaction) = (true, amount, transaction)
        charges.insert(charge)
        books.captured[charge.currency, default: 0] += amount
        return charge
    }
}
