import JSON

extension Orders {
    /// What a card is and what its issuer does from now on, or the provider of another method.
    ///
    /// - `physical_card` tells cards with one test number apart: any text names one. Methods of one name share fingerprint, limit and
    ///   counts; without it they share those of the number. It can be said before the method was used.
    /// - `limit` counts all that is held and taken with the card in one currency, raises included; what goes beyond it is declined with
    ///   `insufficient_funds`. null: no limit.
    /// - `refuses_second_hold` declines a hold while another one of the card lives.
    /// - `declines_from_use` counts all attempts with the card from 1, `declines_off_session_from_use` those without the payer;
    ///   `declines_off_session` is the same from the first one on. null ends it.
    /// - `decline` is the decline code of all these, with Stripe's usual advice. `advice_code`, `network_advice_code` and
    ///   `network_decline_code` say another one; null: none.
    /// - `funding` and `country` are shown on all methods of the card, and on charges from now on.
    /// - `renew`: the network puts a new card in the place of this one. The id stays, and payment_method.automatically_updated tells.
    func instruct(_ id: String, _ body: JSON) throws -> JSON {
        let account = try owner(id) { $0.paymentMethods[id] != nil }
        if let method = account.paymentMethods[id] { _ = try instruct(method, body, account) }
        return account.object(id) ?? .null
    }

    /// - Returns: The method as it is now.
    func instruct(_ method: PaymentMethod, _ body: JSON, _ account: Account) throws -> PaymentMethod {
        guard body.members != nil else { throw Refused(message: "issuer must be an object, such as {\"limit\": 50000}.") }
        try only(
            [
                "physical_card", "limit", "refuses_second_hold", "declines_from_use", "declines_off_session",
                "declines_off_session_from_use", "declines_increments", "decline", "advice_code", "network_advice_code",
                "network_decline_code", "funding", "country", "renew",
            ], in: body)
        var method = method
        if let card = body["physical_card"] {
            guard let name = card.textValue, !name.isEmpty, method.card != nil, !method.isUsed else {
                throw Refused(message: "physical_card is a name for a card that no payment was tried with yet.")
            }
            method.physicalCard = name
        }
        var issuer = account.issuer(of: method)
        try readBehaviour(body, into: &issuer)
        try readLook(body, into: &issuer)
        let renewal = try body["renew"].map { try readRenewal($0, of: method) }
        account.set(issuer, of: method)
        if let renewal { account.renew(method.id, last4: renewal.last4, month: renewal.month, year: renewal.year) }
        return account.paymentMethods[method.id] ?? method
    }

    private func readBehaviour(_ body: JSON, into issuer: inout Issuer) throws {
        issuer.limit = try number("limit", from: 0, in: body, else: issuer.limit)
        issuer.declinesFromUse = try number("declines_from_use", from: 1, in: body, else: issuer.declinesFromUse)
        if body["declines_off_session"] != nil {
            issuer.declinesOffSessionFromUse = try flag("declines_off_session", in: body, else: false) ? 1 : nil
        }
        issuer.declinesOffSessionFromUse = try number(
            "declines_off_session_from_use", from: 1, in: body, else: issuer.declinesOffSessionFromUse)
        issuer.declinesIncrements = try flag("declines_increments", in: body, else: issuer.declinesIncrements)
        issuer.refusesSecondHold = try flag("refuses_second_hold", in: body, else: issuer.refusesSecondHold)
        if let code = body["decline"] {
            guard let code = code.textValue, !code.isEmpty else {
                throw Refused(message: "decline must be a decline code, such as insufficient_funds.")
            }
            issuer.decline = .named(code)
        }
        issuer.decline.adviceCode = try word(
            "advice_code", of: ["try_again_later", "do_not_try_again", "confirm_card_data"], in: body, else: issuer.decline.adviceCode)
        issuer.decline.networkAdviceCode = try networkCode("network_advice_code", in: body, else: issuer.decline.networkAdviceCode)
        issuer.decline.networkCode = try networkCode("network_decline_code", in: body, else: issuer.decline.networkCode)
    }

    private func readLook(_ body: JSON, into issuer: inout Issuer) throws {
        guard body["funding"] != nil || body["country"] != nil else { return }
        guard var card = issuer.card else { throw Refused(message: "Only a card has funding and country.") }
        card.funding = try word("funding", of: ["credit", "debit", "prepaid", "unknown"], in: body, else: card.funding) ?? "unknown"
        if let country = body["country"] {
            guard country.isNull || country.textValue?.wholeMatch(of: /[A-Z]{2}/) != nil else {
                throw Refused(message: "country must be two capital letters, such as DE, or null.")
            }
            card.country = country.textValue
        }
        issuer.card = card
    }

    private func readRenewal(_ renewal: JSON, of method: PaymentMethod) throws -> (last4: String, month: Int, year: Int) {
        try only(["last4", "exp_month", "exp_year"], in: renewal)
        guard method.card != nil else { throw Refused(message: "Only a card can be renewed.") }
        let last4 = renewal["last4"]?.textValue ?? String(String(10_000 + ((Int(method.last4) ?? 0) + 1) % 10_000).dropFirst())
        guard last4.count == 4, last4.allSatisfy(\.isNumber) else { throw Refused(message: "last4 must be four digits.") }
        return (last4, renewal["exp_month"]?.intValue ?? method.expiryMonth, renewal["exp_year"]?.intValue ?? method.expiryYear + 3)
    }

    // MARK: Members that leave things as they are where they are missing

    private func number(_ name: String, from least: Int, in body: JSON, else now: Int?) throws -> Int? {
        guard let value = body[name] else { return now }
        guard !value.isNull else { return nil }
        guard let number = value.intValue, number >= least else {
            throw Refused(message: "\(name) must be a whole number from \(least) on, or null.")
        }
        return number
    }

    private func flag(_ name: String, in body: JSON, else now: Bool) throws -> Bool {
        guard let value = body[name] else { return now }
        guard let flag = value.boolValue else { throw Refused(message: "\(name) must be true or false.") }
        return flag
    }

    private func word(_ name: String, of known: [String], in body: JSON, else now: String?) throws -> String? {
        guard let value = body[name] else { return now }
        guard !value.isNull else { return nil }
        guard let word = value.textValue, known.contains(word) else {
            throw Refused(message: "\(name) must be one of \(known.joined(separator: ", ")), or null.")
        }
        return word
    }

    private func networkCode(_ name: String, in body: JSON, else now: String?) throws -> String? {
        guard let value = body[name] else { return now }
        guard value.isNull || value.textValue?.wholeMatch(of: /[0-9A-Z]{2}/) != nil else {
            throw Refused(message: "\(name) must be two digits or capital letters, such as 03, or null.")
        }
        return value.textValue
    }
}
