import Ledger
import LedgerService
import WebServer

extension Route {
    /// What a tenant is billed, and how that ends.
    static let contractRoutes: [Route] = [
        .setUp.get("/contract", .runTenants) { visit in visit.html(try visit.contractPage()) },
        .setUp.post("/contract", .runTenants) { visit in
            try await visit.onContract { try await visit.changeTerms() }
        },
        .setUp.post("/contract/price", .runTenants) { visit in
            try await visit.onContract { try await visit.setPrice() }
        },
        .setUp.post("/contract/end", .runTenants) { visit in
            try await visit.onContract { try await visit.endContract() }
        },
        .setUp.post("/keys-removal", .runTenants) { visit in
            try await visit.onContract {
                try await visit.confirm()
                let _: Contract = try await visit.ledger.removeKeys(
                    of: visit.tenant.id, confirmation: visit.field("confirm") ?? "", isConfirmed: true, by: visit.actor,
                    once: Once(visit.key))
            }
        },
    ]
}

extension SetUpVisit {
    fileprivate func onContract(_ act: () async throws -> Void) async throws -> HTTPResponse {
        do {
            let before = try ledger.contract(of: tenant.id).terms.vatID
            try await act()
            // Who has another country should see that the VAT id did not come along.
            let now = try ledger.contract(of: tenant.id).terms.vatID
            let isGone = before != nil && now == nil && changed("vat_id").isUntouched
            return see(tenantLink("contract", query: [("done", isGone ? "saved-without-vat-id" : "saved")]))
        } catch let refusal as any Refusal where refusal.isForThePage {
            return html(409, try contractPage(notice(refusal)))
        }
    }

    fileprivate func changeTerms() async throws {
        var change = ContractChange()
        switch try changedDay("from") {
        case .stays: break
        case .cleared: throw SettingsRefusal.unreadableDay("")
        case .set(let day): change.from = day
        }
        change.recipient = field("recipient")
        (change.country, change.vatID) = (changed("country"), changed("vat_id"))
        try setCheck(in: &change)
        change.proration = typed("proration").flatMap { Proration(rawValue: $0) }
        change.billing = typed("billing").flatMap { Billing(rawValue: $0) }
        let (months, range) = (field("free_months") ?? "", ContractTerms.freeMonthNumbers)
        guard let free = Int64(months), range.contains(free) else {
            throw SettingsRefusal.unreadableNumber(months, range)
        }
        change.freeMonths = Int(free)
        let _: Contract = try await ledger.changeContract(change, of: tenant.id, by: actor, once: Once(key))
    }

    /// The form shows the check of the VAT id that it shows. So the check of another one is only taken when its day is
    /// another one, too.
    private func setCheck(in change: inout ContractChange) throws {
        change.vatCheckedOn = try changedDay("vat_checked_on")
        switch change.vatCheckedOn {
        case .cleared: break
        case .set: change.vatCheckedBy = typed("vat_checked_by")
        case .stays where changed("vat_checked_by").isUntouched: break
        case .stays:
            change.vatCheckedBy = typed("vat_checked_by")
            guard change.vatID.isUntouched, let day = try typedDay("vat_checked_on") else { return }
            change.vatCheckedOn = .set(day)
        }
    }

    /// What was typed where something else was shown: what nobody touched is not sent back.
    private func changed(_ name: String) -> ValueChange<String> {
        guard let text = field(name), text != field("shown_\(name)") ?? "" else { return .stays }
        return text.isEmpty ? .cleared : .set(text)
    }

    private func changedDay(_ name: String) throws -> ValueChange<Day> {
        switch changed(name) {
        case .stays: .stays
        case .cleared: .cleared
        case .set: try typedDay(name).map { ValueChange.set($0) } ?? .cleared
        }
    }

    fileprivate func setPrice() async throws {
        var change = ContractChange()
        guard let month = Month(field("month") ?? "") else { throw SettingsRefusal.unreadableDay(field("month") ?? "") }
        change.price = ContractPrice(from: month, net: try Money(reading: field("price") ?? "", in: .eur))
        let _: Contract = try await ledger.changeContract(change, of: tenant.id, by: actor, once: Once(key))
    }

    fileprivate func endContract() async throws {
        let day = try field("revoke") == nil ? typedDay("until") : nil
        guard day != nil || field("revoke") != nil else { throw SettingsRefusal.unreadableDay("") }
        let _: Contract = try await ledger.endContract(on: day, of: tenant.id, by: actor, once: Once(key))
    }

    private func typed(_ name: String) -> String? { field(name).flatMap { $0.isEmpty ? nil : $0 } }

    private func typedDay(_ name: String) throws -> Day? {
        try typed(name).map { text in
            guard let day = Day(text) else { throw SettingsRefusal.unreadableDay(text) }
            return day
        }
    }

    // MARK: - The page

    func contractPage(_ message: HTML = .none) throws -> HTML {
        let contract = try ledger.contract(of: tenant.id)
        let done: HTML =
            switch query("done") {
            case "saved": notice(.good, .contractSaved)
            case "saved-without-vat-id": notice(.warn, .contractSavedWithoutVATID)
            default: .none
            }
        let isFinal = contract.keysRemoved != nil
        return layout(
            "\(self(.contract)) · \(tenant.name)", section: .tenants,
            """
            \(pageHead(self(.contract), above: crumb(tenant.name, tenantLink())))
            \(message)\(done)
            \(isFinal ? notice(.info, .keysAreRemoved) : .none)
            <div class="two"><div class="column">\(termsCard(contract, isFinal: isFinal))</div>
            <div class="column">\(priceCard(contract, isFinal: isFinal))\(endCard(contract, isFinal: isFinal))\
            \(isFinal ? .none : try keysCard(contract))</div></div>
            """)
    }

    private func termsCard(_ contract: Contract, isFinal: Bool) -> HTML {
        let terms = contract.terms
        let blocked = terms.block.map { notice(.warn, FeeOddity(tenant.id, .blocked($0)).phrase) } ?? .none
        let facts: HTML = """
            <dl class="figures rows">\(pair(.contractFrom, "\(day(contract.from))"))\
            \(pair(.contractUntil, "\(contract.until.map { day($0) } ?? self(.noEnd))"))\
            \(pair(.taxCaseHead, "\(self(terms.taxCase.phrase))"))</dl>
            """
        let (country, vatID) = (terms.country ?? "", terms.vatID ?? "")
        let (checkedOn, checkedBy) = (terms.vatCheck?.day.description ?? "", terms.vatCheck?.actor ?? "")
        let shown: HTML = [
            ("country", country), ("vat_id", vatID), ("vat_checked_on", checkedOn), ("vat_checked_by", checkedBy),
            ("from", contract.from.description),
        ].html { hidden("shown_\($0)", $1) }
        let fields: HTML = """
            \(shown)\(input(.recipientHead, "recipient", value: terms.recipient, attributes: limits(.recipient)))
            <div class="row">\
            \(input(
                .countryField, "country", value: country, hint: .countryHint,
                attributes: "\(limits(.countryCode, isRequired: false, isWord: true)) \(HTML.word)"))
            \(input(
                .vatIDField, "vat_id", value: vatID,
                attributes: "\(limits(.vatID, isRequired: false, isWord: true)) \(HTML.word)"))</div>
            <div class="row">\
            \(input(.vatCheckedOn, "vat_checked_on", type: "date", value: checkedOn))
            \(input(
                .vatCheckedBy, "vat_checked_by", value: checkedBy,
                attributes: limits(.actor, isRequired: false)))</div>
            <div class="row">\
            \(select(
                .prorationField, "proration", Proration.allCases.map { ($0.rawValue, self($0.phrase)) },
                selected: terms.proration.rawValue))
            \(select(
                .billingField, "billing", Billing.allCases.map { ($0.rawValue, self($0.phrase)) },
                selected: terms.billing.rawValue))</div>
            <div class="row">\
            \(input(.contractFrom, "from", type: "date", value: contract.from.description, attributes: "required"))
            \(input(
                .freeMonthsField, "free_months", type: "number", value: String(terms.freeMonths),
                attributes: limits(ContractTerms.freeMonthNumbers)))</div>
            <div class="row end"><button class="primary">\(self(.save))</button></div>
            """
        return card(
            "terms", .contract, hint: .contractHint,
            blocked + facts + (isFinal ? .none : form(tenantLink("contract"), class: "stack", fields)))
    }

    private func priceCard(_ contract: Contract, isFinal: Bool) -> HTML {
        let rows = contract.prices.html { price in
            """
            <tr><th scope="row">\(price.from.text(in: language))</th>\(amountCell(.net, price.net))</tr>
            """
        }
        let next = max(pages.clock().day(in: tenant.timeZone).month.next, contract.from.month)
        let fields: HTML = """
            <div class="row">\
            \(input(.fromMonth, "month", type: "month", value: next.description, attributes: "required"))
            \(amountInput(.feeNet, "price"))</div>
            <div class="row end"><button>\(self(.setPrice))</button></div>
            """
        return card(
            "prices", .prices, hint: .pricesHint,
            """
            \(table(.prices, class: "stacked", [.text(.fromMonth), .number(.net)], rows))
            \(isFinal ? .none : form(tenantLink("contract", "price"), class: "stack", label: self(.setPrice), fields))
            """)
    }

    private func endCard(_ contract: Contract, isFinal: Bool) -> HTML {
        guard !isFinal else { return .none }
        let today = pages.clock().day(in: tenant.timeZone)
        let beyond = contract.billedBeyond.html { month in
            let link = tenantLink("fees", month.description, "correction")
            return " <a href=\"\(link)\">\(self(.takeBackTitle(month.text(in: language))))</a>"
        }
        let billed: HTML =
            contract.billedBeyond.isEmpty ? .none : notice(.warn, self(.billedBeyondEnd), "<p>\(beyond)</p>")
        let revoke: HTML =
            contract.until == nil
            ? .none
            : form(
                tenantLink("contract", "end"), class: "row end",
                "\(hidden("revoke", "1"))<button>\(self(.continueContract))</button>")
        return card(
            "end", .endContract, hint: .endContractHint,
            """
            \(billed)\(form(tenantLink("contract", "end"), class: "stack", label: self(.endContract), """
            \(input(
                .contractUntil, "until", type: "date", value: (contract.until ?? today.month.lastDay).description,
                attributes: "required"))
            <div class="row end"><button>\(self(.endContract))</button></div>
            """))\(revoke)
            """)
    }

    private func keysCard(_ contract: Contract) throws -> HTML {
        guard contract.until != nil else { return .none }
        let needs = try ledger.keyNeeds(of: tenant.id)
        guard needs.isEmpty else {
            let list = needs.html { need in
                "<li>\(self(need.phrase.capitalised)). \(remark(self(need.wayOut)))</li>"
            }
            return card("keys", .removeKeys, hint: .removeKeysHint, "<ul class=\"ways\">\(list)</ul>")
        }
        return card(
            "keys", .removeKeys, hint: .removeKeysHint,
            form(
                tenantLink("keys-removal"), class: "stack", label: self(.removeKeys),
                """
                \(input(.tenantIDAgain, "confirm", attributes: "\(limits(.tenantID, isWord: true)) \(HTML.word)"))
                \(passwordAgain("removal"))
                <div class="row end"><button>\(self(.removeKeys))</button></div>
                """))
    }
}
