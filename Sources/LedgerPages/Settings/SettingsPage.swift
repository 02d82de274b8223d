import CSV
import Ledger
import LedgerService
import LedgerShapes
import WebServer

extension Route {
    static let settingsRoutes: [Route] = [
        .tenant.get("/settings/audit", .seeAudit) { visit in visit.html(try visit.auditPage()) },
        .tenant.post("/settings/refund-limit", .changeSettings) { try await $0.setRefundLimit() },
        .tenant.post("/settings/webhooks", .changeSettings) { try await $0.setWebhookSecret() },
        .tenant.post("/settings/webhooks/revoke", .changeSettings) { try await $0.revokeWebhookSecret() },
        .tenant.get("/settings", .seeSettings) { visit in visit.html(try visit.settingsPage()) },
        .tenant.post("/settings/catalogue", .changeCatalogue) { try await $0.setItem() },
        .tenant.post("/settings/catalogue/import", .changeCatalogue) { try await $0.importCatalogue() }
            .taking(upTo: 1 << 20),
        .tenant.post("/settings/catalogue/remove", .changeCatalogue) { visit in
            try await visit.onSettings(done: "removed") {
                try await visit.ledger.removeCatalogueItem(visit.field("sku") ?? "", of: visit.tenant.id)
            }
        },
        .tenant.post("/settings/taxes", .changeSettings) { try await $0.addTaxRate() },
        .tenant.post("/settings/fee-note", .changeSettings) { try await $0.setFeeNote() },
        .tenant.post("/settings/holds", .changeSettings) { try await $0.setHoldPolicy() },
        .tenant.post("/settings/late-charges", .changeSettings) { try await $0.setLateCharges() },
        .tenant.post("/settings/letterhead", .changeSettings) { visit in
            try await visit.onSettings {
                let address = (visit.field("address") ?? "").replacing("\r\n", with: "\n")
                try await visit.ledger.setLetterhead(
                    Letterhead(address: address, taxNumber: visit.field("tax_number") ?? ""), of: visit.tenant.id)
            }
        },
    ]
}

extension TenantVisit {
    func settingsPage(refusal: (any Refusal)? = nil) throws -> HTML {
        let id = tenant.id
        let catalogue = try ledger.catalogue(of: id)
        let taxes = try ledger.taxSchedule(of: id)
        let ways =
            (may(.seeAudit) ? linkButton(.audit, link("settings", "audit")) : .none)
            + (may(.manageAccess) ? linkButton(.users, link("settings", "users")) : .none)
        return layout(
            self(.settings), section: .settings,
            """
            \(pageHead(self(.settings), below: muted(tenant.name), actions(ways)))
            \(refusal.map(notice))\(query("done").map(whatWasDone))
            \(catalogueCard(catalogue))
            <div class="two">\(holdCard())\(lateChargeCard())</div>
            \(letterheadCard(try ledger.letterhead(of: id)))
            \(taxCard(taxes))
            \(try feeNoteCard())
            <div class="two">\(try webhookCard())\(refundLimitCard())</div>
            """)
    }

    private func whatWasDone(_ what: String) -> HTML {
        func count(_ name: String) -> Int {
            query(name).flatMap { Int($0) }.map { min(max(0, $0), LedgerService.mostItems) } ?? 0
        }
        switch what {
        case "removed": return notice(.good, .removed)
        case "imported":
            return notice(
                .good, .imported(count("added"), changed: count("changed"), unchanged: count("unchanged")),
                count("others") > 0 ? "<p>\(self(.notInFile(count("others"))))</p>" : .none)
        case "saved": return notice(.good, .saved)
        default: return .none
        }
    }

    /// Does something and shows the settings again.
    func onSettings(done: String = "saved", _ act: () async throws -> Void) async throws -> HTTPResponse {
        do {
            try await act()
            return see(link("settings", query: [("done", done)]))
        } catch let refusal as any Refusal where refusal.isForThePage {
            return html(409, try settingsPage(refusal: refusal))
        }
    }

    // MARK: - The price list

    private func catalogueCard(_ catalogue: [CatalogueItem]) -> HTML {
        let mayChange = may(.changeCatalogue)
        let rows = inOrder(catalogue).html { item in
            let remove: HTML =
                mayChange
                ? form(
                    link("settings", "catalogue", "remove"),
                    smallButton(.remove, "sku", item.sku, of: item.description)
                )
                : .none
            return """
                <tr><th scope="row">\(item.description) <span class="muted"><code>\(item.sku)</code></span></th>\
                <td class="second">\(self(item.category.phrase.capitalised))\
                \(remarks(Term.ofItem, item.partialTerms))</td>\
                \(amountCell(item.price))<td class="act">\(remove)</td></tr>
                """
        }
        return """
            <section class="card" aria-labelledby="catalogue"><h2 id="catalogue">\(self(.priceList))</h2>\
            <p class="muted">\(self(.priceListHint))\(mayChange ? " \(self(.priceListChange))" : "")</p>
            \(table(
                .priceList, empty: .noCatalogue, class: "folded",
                [.text(.description), .text(.categoryHead), .number(.priceGross), .action], rows))
            \(mayChange ? newItem + itemFile : .none)</section>
            """
    }

    private var itemFile: HTML {
        """
        <details class="more"><summary>\(self(.itemFile))</summary>\
        \(form(
            link("settings", "catalogue", "import"), class: "stack", label: self(.itemFile), hasFile: true,
            """
            <div class="field"><label for="f-file">\(self(.file))</label>\
            <input id="f-file" name="file" type="file" accept=".csv,.txt,.tsv,text/csv" required \
            aria-describedby="h-file">\
            <p class="hint" id="h-file">\(self(.itemFileHint))</p></div>
            <button>\(self(.importItems))</button>
            """))</details>
        """
    }

    /// Sets the items of a file, all or none.
    fileprivate func importCatalogue() async throws -> HTTPResponse {
        do {
            guard let bytes = file("file"), !bytes.isEmpty else { throw SettingsRefusal.fileMissing }
            let table = try TableReader(bytes, columns: CatalogueFile.columns)
            let known = try KnownRates(of: tenant.id, in: ledger)
            let rows = try CatalogueFile.rows(table, in: tenant.currency, known)
            let change = try await ledger.setCatalogue(rows, of: tenant.id, key: key)
            return see(
                link(
                    "settings",
                    query: [
                        ("done", "imported"), ("added", String(change.added)), ("changed", String(change.changed)),
                        ("unchanged", String(change.unchanged)), ("others", String(change.others)),
                    ]))
        } catch let refusal as any Refusal where refusal.isForThePage {
            return html(409, try settingsPage(refusal: refusal))
        }
    }

    private var newItem: HTML {
        form(
            link("settings", "catalogue"), class: "row wrap", label: self(.addItem),
            """
            \(termInput(.description))\
            \(input(.sku, "sku", attributes: "\(limits(.itemName)) autocapitalize=\"none\""))
            \(Term.ofItem.dropFirst().html { termInput($0) })\
            <button class="primary">\(self(.addItem))</button>
            """)
    }

    fileprivate func setItem() async throws -> HTTPResponse {
        try await onSettings {
            let item = try CatalogueItem(
                sku: field("sku") ?? "", try typed(Term.all, in: tenant.currency), in: tenant.currency)
            try await ledger.setCatalogueItem(item, of: tenant.id, key: key)
        }
    }

    private func letterheadCard(_ head: Letterhead?) -> HTML {
        let mayChange = may(.changeSettings)
        let locked: HTML = mayChange ? .none : " disabled"
        return card(
            "letterhead", .letterhead, hint: .letterheadHint,
            form(
                link("settings", "letterhead"), class: "stack",
                """
                <div class="field"><label for="f-address">\(self(.address))</label>\
                <textarea id="f-address" name="address" rows="3" \(limits(.address, isRequired: false))\(locked)>\
                \(field("address") ?? head?.address ?? "")</textarea></div>
                \(input(
                    .taxNumber, "tax_number", value: head?.taxNumber ?? "",
                    attributes: "\(limits(.taxNumber, isRequired: false))\(locked)"))
                \(mayChange ? "<button>\(self(.save))</button>" : .none)
                """))
    }

    // MARK: - Tax rates

    private func taxCard(_ schedule: TaxSchedule) -> HTML {
        let today = pages.clock().day(in: zone)
        var names: [String] = []
        for row in schedule.rows where !names.contains(row.category.name) { names.append(row.category.name) }
        let rows = names.sorted().html { name in
            let all = schedule.rows.filter { $0.category.name == name }
            let now = all.last { $0.from <= today }
            return """
                <tr><th scope="row">\(self(all[0].category.phrase.capitalised))</th>\
                <td class="n"><strong>\(now.map { rateWords($0.rate) } ?? "–")</strong></td>\
                <td class="chips">\(all.reversed().html { row in
                """
                <span class="chip\(" future", if: row.from > today)">\
                \(self(.fromDay(day(row.from)))) \(rateWords(row.rate))</span>\u{20}
                """
                })</td></tr>
                """
        }
        return card(
            "taxes", .taxRates, hint: .taxRatesHint,
            """
            \(table(.taxRates, class: "folded", [.text(.categoryHead), .number(.now), .text(.since)], rows))
            \(may(.changeSettings) ? form(link("settings", "taxes"), class: "row wrap", label: self(.addRate), """
            \(categorySelect(.categoryHead, "tax_category"))
            \(input(.validFrom, "from", type: "date", value: today.adding(days: 1).description, attributes: "required"))
            \(input(.taxPercent, "percent", hint: .taxPercentNone, attributes: .amount))\
            <button>\(self(.addRate))</button>
            """) : .none)
            """)
    }

    /// How the VAT of Stripe's fees is treated.
    private func feeNoteCard() throws -> HTML {
        let note = try ledger.stripeFeeNote(of: tenant.id)
        let options = StripeFeeTreatment.allCases.map { (value: $0.rawValue, text: self($0.words)) }
        let month = pages.clock().day(in: zone).month
        return card(
            "fee-note", .stripeFeeTax, hint: .stripeFeeTaxHint,
            """
            \(note.map { muted($0.phrase) } ?? muted(.notSaidYet))
            \(may(.changeSettings) ? form(link("settings", "fee-note"), class: "stack", label: self(.stripeFeeTax), """
            \(select(.stripeFeeTreatment, "treatment", options, selected: note?.treatment.rawValue))
            \(input(.fromMonth, "from_month", type: "month", value: month.description, attributes: "required"))
            \(input(.ownWords, "words", value: note?.words ?? "", attributes: limits(.reason, isRequired: false)))\
            <button>\(self(.save))</button>
            """) : .none)
            """)
    }

    fileprivate func setFeeNote() async throws -> HTTPResponse {
        try await onSettings {
            guard let treatment = field("treatment").flatMap({ StripeFeeTreatment(rawValue: $0) }) else {
                throw SettingsRefusal.treatmentMissing
            }
            guard let month = field("from_month").flatMap({ Month($0) }) else {
                throw SettingsRefusal.unreadableDay(field("from_month") ?? "")
            }
            let words = field("words").flatMap { $0.isEmpty ? nil : $0 }
            try await ledger.setStripeFeeNote(
                StripeFeeNote(from: month, treatment: treatment, words: words), of: tenant.id, by: actor)
        }
    }

    fileprivate func addTaxRate() async throws -> HTTPResponse {
        try await onSettings {
            let rate = try TaxRate(typed: field("percent") ?? "")
            guard let day = field("from").flatMap({ Day($0) }) else {
                throw SettingsRefusal.unreadableDay(field("from") ?? "")
            }
            guard let category = field("tax_category").flatMap({ Category($0) }) else {
                throw LineRefusal.categoryMissing
            }
            try await ledger.addTaxRate(.init(category: category, from: day, rate: rate), of: tenant.id)
        }
    }
}
