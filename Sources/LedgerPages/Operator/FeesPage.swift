import Ledger
import LedgerService
import LedgerShapes
import WebServer

extension Route {
    /// The fees of a month: what was billed, what is to be, and the files for the ERP.
    static let feeRoutes: [Route] = [
        .operators.get("/fees", .runTenants) { visit in visit.html(try visit.feesPage()) },
        .operators.post("/fees/{month}/run", .runTenants, .month) { try await $0.runFees($1) },
        .operators.get("/fees/{month}/runs/{run}/fees.csv", .runTenants, .month, .run) { visit, month, run in
            try visit.feeFile(month, run, csv: true)
        },
        .operators.get("/fees/{month}/runs/{run}/fees.json", .runTenants, .month, .run) { visit, month, run in
            try visit.feeFile(month, run, csv: false)
        },
        .setUp.get("/fees/{month}/correction", .runTenants, .month) { visit, month in
            visit.html(try visit.correctionPage(month))
        },
        .setUp.post("/fees/{month}/correction", .runTenants, .month) { try await $0.correct($1) },
    ]
}

extension OperatorVisit {
    func fees(of month: Month) -> Link { Link("operator", "fees", query: [("month", month.description)]) }

    private func chosenMonth() -> Month {
        let current = pages.clock().day(in: zone).month
        // In December somebody comes for November.
        // The next month can be billed in advance.
        return query("month").flatMap { Month($0) }.map { min($0, current.next) } ?? current.previous
    }

    fileprivate func runFees(_ month: Month) async throws -> HTTPResponse {
        do {
            let run: FeeRun = try await ledger.runFees(
                month, preview: field("preview") ?? "", by: actor, once: Once(key))
            return see(
                Link(
                    "operator", "fees",
                    query: [("month", month.description), ("done", "run"), ("run", String(run.number))]))
        } catch let refusal as any Refusal where refusal.isForThePage {
            return html(409, try feesPage(month, message: notice(refusal)))
        }
    }

    fileprivate func feeFile(_ month: Month, _ number: Int64, csv: Bool) throws -> HTTPResponse {
        let run = try ledger.feeRun(number)
        guard run.month == month else { throw FeeRefusal.rowOfOtherMonth(number, run.month) }
        let name = FeeFiles.fileName(run)
        if csv { return file("\(name).csv", .bytes(FeeFiles.csv(run))) }
        return HTTPResponse(
            status: 200,
            headers: [
                ("Content-Type", "application/json"),
                ("Content-Disposition", "attachment; filename=\"\(name).json\""),
            ], body: FeeFiles.json(run))
    }

    /// - Parameters:
    ///   - outcome: What came of closing the month, just after it.
    ///   - message: Why something was refused.
    func feesPage(
        _ chosen: Month? = nil, after outcome: MonthClosing? = nil, message: HTML = .none
    ) throws -> HTML {
        let month = chosen ?? chosenMonth()
        // Of a month that has not begun there are no statements.
        let isBegun = month <= pages.clock().day(in: zone).month
        let (statements, unread) = try isBegun ? ledger.readableStatements(month) : ([], [])
        // After closing, whose books cannot be read is among those that stay open.
        let unreadable =
            unread.isEmpty ? HTML.none : notice(.warn, .monthsUnread(unread.count), why(unread))
        let news = outcome.map { told($0, month) } ?? unreadable
        let current = pages.clock().day(in: zone).month
        let done: HTML =
            query("done") == "run" ? notice(.good, .feesAreRun(query("run").flatMap { Int64($0) } ?? 0)) : .none
        return layout(
            "\(self(.allFees)) · \(month.text(in: language))", section: .fees,
            """
            \(pageHead(month.text(in: language), below: muted(.allFeesHint), """
            <nav class="steps" aria-label="\(self(.month))">\
            \(earlier(language.shortMonth(month.previous), fees(of: month.previous)))
            \(month <= current ? later(language.shortMonth(month.next), fees(of: month.next)) : .none)</nav>
            <div class="actions">\
            \(mayClose(month, statements) ? linkButton(.closeMonth, closing(of: month)) : .none)</div>
            """))
            \(message)\(done)\(news)
            \(try previewCard(month))
            \(try runsCard(month))
            \(isBegun ? statementsCard(statements, in: month) : .none)
            """)
    }

    // MARK: - What is to be billed

    private func previewCard(_ month: Month) throws -> HTML {
        let preview: FeePreview
        do { preview = try ledger.feePreview(month) } catch FeeRefusal.monthNotOver {
            return card("preview", .feePreview, muted(.monthNotOverYet))
        }
        let odd = Dictionary(grouping: preview.oddities, by: \.tenant)
        let part = Part(of: preview.rows, window("rows", of: 50))
        let changed = preview.oddities.filter { oddity in !preview.rows.contains { $0.tenant == oddity.tenant } }
        let rows = part.elements.html { row in
            """
            <tr><th scope="row"><a href="\(contract(of: row.tenant))">\(row.recipient)</a> \(remark(row.tenant))</th>\
            \(cell(.daysHead, class: "n", "\(self(.daysOf(row.dayCount, row.daysInMonth)))"))\
            \(cell(.taxCaseHead, taxCase(row)))\(amounts(row))\
            \(cell(.priceHead, "\(self(row.origin.phrase))"))\
            \(cell(.oddities, (odd[row.tenant] ?? []).html { "<p>\(self($0.phrase))</p>" }))</tr>
            """
        }
        let table = table(
            .feePreview, empty: .nobodyToBill, class: "stacked",
            [
                .text(.recipientHead), .number(.daysHead), .text(.taxCaseHead), .number(.net), .number(.tax),
                .number(.gross), .text(.priceHead), .text(.oddities),
            ], rows, foot: sumRow(preview.sum, before: 2, after: 2))
        let run: HTML =
            preview.sum.billed == 0
            ? .none
            : form(
                Link("operator", "fees", month.description, "run"), class: "row end", label: self(.billAndExport),
                """
                \(hidden("preview", preview.hash))\
                \(preview.sum.blocked > 0 ? badge(.warn, self(.blockedCount(preview.sum.blocked))) : .none)
                \(slowButton(self(.billAndExport)))
                """)
        return card(
            "preview", .feePreview, count: preview.sum.billed,
            hint: preview.rows.isEmpty && changed.isEmpty ? nil : .feePreviewHint,
            """
            \(changed.html { "<p>\($0.tenant): \(self($0.phrase))</p>" })
            \(table)\(pager(part, "rows"))\(run)
            """)
    }

    private func taxCase(_ row: FeeRow) -> HTML {
        row.taxCase == .blocked ? badge(.bad, self(row.taxCase.phrase)) : "\(self(row.taxCase.phrase))"
    }

    private func amounts(_ row: FeeRow) -> HTML {
        guard let amounts = row.amounts else {
            return cell(.net, class: "n", "–") + cell(.tax, class: "n", "–") + cell(.gross, class: "n", "–")
        }
        return amountCell(.net, amounts.net) + amountCell(.tax, amounts.tax) + amountCell(.gross, amounts.gross)
    }

    private func sumRow(_ sum: FeeSum, before: Int, after: Int) -> HTML {
        func blank(_ count: Int) -> HTML { Array(repeating: 0, count: count).html { _ in "<td></td>" } }
        return """
            <tr><th scope="row">\(self(.sum))</th>\(blank(before))\
            \(amountCell(.net, sum.net))\(amountCell(.tax, sum.tax))\(amountCell(.gross, sum.gross))\
            \(blank(after))</tr>
            """
    }

    private func contract(of tenant: String) -> Link { Link("operator", "tenants", tenant, "contract") }

    // MARK: - What was billed

    private func runsCard(_ month: Month) throws -> HTML {
        let runs = try ledger.feeRuns(of: month)
        guard !runs.isEmpty else { return .none }
        let taken = Set(
            runs.flatMap(\.rows).compactMap { row in row.corrects.map { "\($0) \(row.tenant)" } })
        let table = table(
            .feeRuns, class: "stacked",
            [
                .text(.feeRun), .text(.madeAt), .number(.billedRows), .number(.net), .number(.tax), .number(.gross),
                .text(.files),
            ], runs.html(runRow))
        let part = Part(of: runs.flatMap(\.fileRows).filter { $0.row.amounts != nil }, window("billed", of: 50))
        let rows = part.elements.html { one in
            billedRow(one, isTaken: one.row.corrects != nil || taken.contains("\(one.run) \(one.row.tenant)"))
        }
        return card(
            "runs", .feeRuns, count: runs.count, hint: .feeRunsHint,
            """
            \(table)
            <details><summary>\(self(.billedRows)) \(counted(part.count))</summary>
            \(self.table(
                .billedRows, class: "stacked",
                [
                    .text(.recipientHead), .number(.feeRun), .text(.taxCaseHead), .number(.net), .number(.tax),
                    .number(.gross), .text(.invoiceHead), .action,
                ], rows))\(pager(part, "billed"))</details>
            """)
    }

    private func runRow(_ run: FeeRun) -> HTML {
        let name = "\(self(.feeRun)) \(language.number(run.number))"
        func file(_ kind: String) -> HTML {
            let link = Link("operator", "fees", run.month.description, "runs", String(run.number), "fees.\(kind)")
            return """
                <a class="button small" download href="\(link)" \
                aria-label="\(name), \(kind.uppercased())">\(kind.uppercased())</a>
                """
        }
        let corrected = run.rows.first?.corrects ?? 0
        let what: HTML =
            run.reason.map { " \(badge(.info, self(.correctsRun(corrected)))) \(remark($0))" } ?? .none
        return """
            <tr><th scope="row">\(name)\(what)</th>\
            \(cell(.madeAt, "\(language.instant(run.createdAt, in: zone)) \(remark(run.actor))"))\
            \(cell(.billedRows, class: "n", "\(language.number(run.sum.billed))"))\
            \(amountCell(.net, run.sum.net))\(amountCell(.tax, run.sum.tax))\(amountCell(.gross, run.sum.gross))\
            \(cell(.files, "<span>\(file("csv")) \(file("json"))</span>"))</tr>
            """
    }

    private func billedRow(_ one: FeeFileRow, isTaken: Bool) -> HTML {
        let row = one.row
        let link = Link("operator", "tenants", row.tenant, "fees", row.month.description, "correction")
        let action: HTML =
            isTaken
            ? remark(row.corrects == nil ? self(.takenBack) : nil)
            : """
            <a class="button small" href="\(link)" \
            aria-label="\(self(.takeBack)): \(row.tenant), \(one.run)">\(self(.takeBack))</a>
            """
        return """
            <tr><th scope="row">\(row.recipient) \(remark(row.tenant))</th>\
            \(cell(.feeRun, class: "n", "\(language.number(one.run))"))\(cell(.taxCaseHead, taxCase(row)))\
            \(amounts(row))\(cell(.invoiceHead, "\(one.invoice ?? "–")"))<td class="act">\(action)</td></tr>
            """
    }

    // MARK: - The months of the tenants

    private func statementsCard(_ statements: [Statement], in month: Month) -> HTML {
        let part = Part(of: statements, window("tenants", of: 50))
        let export: HTML = """
            <p><a class="button small" download \
            href="\(Link("operator", "fees", month.description, "statement.csv"))">\(self(.exportStatement))</a></p>
            """
        return card(
            "months", .feesOfTenants, count: statements.count,
            """
            \(table(
                .feesOfTenants, empty: .noTenants, class: "stacked",
                [
                    .text(.tenant), .text(.stateHead), .number(.platformFee), .number(.volume), .number(.stripeFees),
                ], part.elements.html { statementRow($0, in: month) }))\(pager(part, "tenants"))
            \(statements.isEmpty ? .none : export)
            """)
    }

    private func statementRow(_ statement: Statement, in month: Month) -> HTML {
        let fee = statement.platformFee
        let volume = statement.stripe.rows.filter { $0.kind == .charge }.map(\.amount.minorUnits).clampedSum
        let books = Link("t", statement.tenant, "accounting", query: [("month", month.description)])
        let state = statement.closedAt == nil ? badge(.info, self(.stillOpen)) : badge(.good, self(.closed))
        return """
            <tr><th scope="row"><a href="\(books)">\(statement.tenantName)</a></th>\(cell(.stateHead, state))\
            \(cell(.platformFee, class: "n", "\(money(fee.net)) \(remark(self(fee.billing)))"))\
            \(amountCell(.volume, Money(minorUnits: volume, currency: statement.stripe.opening.currency)))\
            \(amountCell(.stripeFees, statement.stripe.fees))</tr>
            """
    }
}

extension SetUpVisit {
    /// Asks for the reason before a billed month is taken back.
    fileprivate func correctionPage(_ month: Month, message: HTML = .none) throws -> HTML {
        let rows = try ledger.feeRuns(of: month).flatMap(\.fileRows).filter { $0.row.tenant == tenant.id }
        let taken = Set(rows.compactMap(\.row.corrects))
        let billed = rows.last { $0.row.corrects == nil && $0.row.amounts != nil && !taken.contains($0.run) }
        guard let billed, let amounts = billed.row.amounts else { throw FeeRefusal.notBilled(tenant.id, month) }
        let name = month.text(in: language)
        return layout(
            self(.takeBackTitle(name)), section: .fees,
            narrow(
                crumb(.allFees, Link("operator", "fees", query: [("month", month.description)])),
                self(.takeBackTitle(name)),
                """
                \(message)<section class="card"><h2>\(billed.row.recipient)</h2>\(muted(.takeBackMeans))
                <dl class="figures rows">\(pair(.feeRun, "\(language.number(billed.run))"))\
                \(figure(.net, amounts.net))\(figure(.tax, amounts.tax))\
                \(figure(.gross, amounts.gross, strong: true))</dl>
                \(form(tenantLink("fees", month.description, "correction"), class: "stack", """
                \(input(.reason, "reason", attributes: limits(.reason)))
                \(lastRow(
                    back: Link("operator", "fees", query: [("month", month.description)]), .back, .takeBack))
                """))</section>
                """))
    }

    fileprivate func correct(_ month: Month) async throws -> HTTPResponse {
        do {
            let run: FeeRun = try await ledger.correctFee(
                month, of: tenant.id, reason: field("reason") ?? "", by: actor, once: Once(key))
            return see(
                Link(
                    "operator", "fees",
                    query: [("month", month.description), ("done", "run"), ("run", String(run.number))]))
        } catch let refusal as any Refusal where refusal.isForThePage {
            return html(409, try correctionPage(month, message: notice(refusal)))
        }
    }
}
