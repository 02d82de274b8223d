import Console
import Ledger
import LedgerService
import LedgerShapes

/// How a folio is shown.
enum FolioPresentation {
    /// All of it.
    static func folio(_ view: FolioView) -> ShapedResult {
        ShapedResult(
            FolioShapes.folio, InLanguage(view, .english), file: FolioShapes.lineInFile, view.lines,
            people: report(view))
    }

    /// The same for programs, and for people what has just changed.
    static func changed(_ view: FolioView) -> ShapedResult {
        ShapedResult(
            FolioShapes.folio, InLanguage(view, .english), people: Record(heading(view) + totals(view.totals)))
    }

    private static func report(_ view: FolioView) -> Report {
        Report(
            Record(heading(view) + totals(view.totals)),
            [
                .init("lines", "Lines", lines(view.lines)), .init("taxes", "Tax included", taxes(view.taxes)),
                .init("holds", "Holds", holds(view)), .init("payments", "Payments", payments(view.payments)),
            ] + (view.lateCharges.isEmpty ? [] : [.init("late_charges", "Late charges", lateCharges(view.lateCharges))])
                + (view.refunds.isEmpty ? [] : [.init("refunds", "Refunds", refunds(view.refunds))])
                + (view.found.isEmpty ? [] : [.init("found_objects", "Found at Stripe, not counted", found(view.found))]))
    }

    static func heading(_ view: FolioView) -> [Record.Field] {
        let folio = view.folio
        var fields: [Record.Field] = [
            .init("reference", "Folio", .text(folio.reference)), .init("guest", "Guest", .text(folio.guest.name)),
            .init("arrival", "Arrival", .day(folio.arrival)), .init("departure", "Departure", .day(folio.departure)),
            .init("state", "State", .text(folio.state.rawValue)),
        ]
        if let stay = folio.stay { fields.insert(.init("stay", "Late charge of", .text(stay.reference)), at: 1) }
        if let card = folio.savedCard {
            let until = card.expires.map { ", until \($0)" } ?? ""
            fields.append(.init("saved_card", "Saved card", .text("\(card.brand) …\(card.last4)\(until)")))
            if let ceiling = card.terms.ceiling { fields.append(.init("ceiling", "Holds without the guest, at most", .money(ceiling))) }
            if let late = card.terms.late {
                let categories = late.categories.inOrder.map(\.name).joined(separator: ", ")
                fields.append(.init("late_days", "Late charges", .text("until \(late.days) days after departure: \(categories)")))
            }
        }
        if let proposal = folio.proposal { fields.append(.init("proposal", "Proposed", .text(proposal.phrase.english))) }
        if let nights = view.summary.nightsCovered { fields.append(.init("nights_covered", "Nights covered", .integer(nights))) }
        if let last = folio.cardIsKept(in: view.tenant.timeZone) {
            let isOver = view.asOf.day(in: view.tenant.timeZone) > last
            fields.append(
                isOver
                    ? .init(
                        "late_charges_until", "Card is kept", .text("until nothing of the stay is open; for late charges until \(last)"))
                    : .init("late_charges_until", "Card is kept until", .day(last)))
        }
        if let loss = folio.cardRemoval { fields.append(.init("saved_card_removal_reason", "Saved card removed", .text(loss.rawValue))) }
        if let url = folio.paymentURL { fields.append(.init("payment_url", "Payment page", .text(url))) }
        if let number = folio.documentNumber { fields.append(.init("document_number", "Document", .text(number))) }
        if let notice = folio.notice, let sentence = folio.noticeSentence(in: .english, zone: view.tenant.timeZone) {
            fields.append(.init("notice", "Notice", .text(sentence)))
            fields.append(.init("notice_code", "Notice code", .text(notice.code)))
        }
        if !view.riskNotices.isEmpty {
            let sentences = view.riskNotices.map { $0.notice.sentence(in: .english, zone: view.tenant.timeZone) }
            fields.append(.init("risk", "Risk of fraud", .text(sentences.joined(separator: " "))))
        }
        return fields
    }

    static func totals(_ totals: FolioTotals) -> [Record.Field] {
        var fields: [Record.Field] = [
            .init("charged", "Charged", .money(totals.charged)), .init("held", "Held", .money(totals.held)),
            .init("captured", "Captured", .money(totals.captured)), .init("refunded", "Refunded", .money(totals.refunded)),
        ]
        if !totals.processing.isZero { fields.append(.init("processing", "Processing", .money(totals.processing))) }
        if !totals.withdrawn.isZero { fields.append(.init("withdrawn", "Withdrawn by the bank", .money(totals.withdrawn))) }
        if !totals.writtenOff.isZero { fields.append(.init("written_off", "Written off", .money(totals.writtenOff))) }
        fields.append(.init("open", "Open", .money(totals.open)))
        if !totals.setAside.isZero { fields.append(.init("set_aside", "Set aside", .money(totals.setAside))) }
        fields.append(.init("uncovered", "Not covered", .money(totals.uncovered)))
        guard totals.openCredit.isPositive else { return fields }
        fields.append(.init("open_credit", "Open credit", .money(totals.openCredit)))
        guard let why = totals.openCreditReason else { return fields }
        return fields + [.init("open_credit_reason", "Why not refunded", .text(why.sentence(in: .english)))]
    }

    static func lines(_ lines: [LineItem]) -> Table {
        let terms = Term.all.beginning(with: .description, .unitAmount, .taxRate)
        let columns = terms.flatMap { term in
            let column = term.column(term.name, fit: .wrapped)
            return term.isAmount ? [Column("quantity", "Qty", .number), column, Column("gross", "Amount", .money)] : [column]
        }
        return Table(
            [
                Column("number", "No.", .number), Column("kind", "Kind"), Column("original", "Of", .number),
                Column("service_date", "Date", .date),
            ] + columns + [Column("reason", "Reason", fit: .wrapped)],
            rows: lines.map { line in
                let said = line.partialTerms
                let cells = terms.flatMap { term in
                    let cell = term.cell(said)
                    return term.isAmount ? [.integer(line.quantity), cell, .money(line.gross)] : [cell]
                }
                return [
                    .integer(line.number), .text(line.kind.name), .of(line.kind.original, Cell.integer), .day(line.serviceDate),
                ] + cells + [.of(line.reason, Cell.text)]
            }, empty: "Nothing charged yet.")
    }

    static func taxes(_ taxes: [TaxTotal]) -> Table {
        Table(
            [Column("rate", "Tax %"), Column("gross", "Gross", .money), Column("net", "Net", .money), Column("tax", "Tax", .money)],
            rows: taxes.map { [.text($0.rate.description), .money($0.gross), .money($0.net), .money($0.tax)] }, empty: "No tax.")
    }

    private static func holds(_ view: FolioView) -> Table {
        Table(
            [
                Column("number", "No.", .number), Column("replaces", "Replaces", .number), Column("state", "State"),
                Column("amount", "Requested", .money), Column("authorised", "Authorised", .money), Column("captured", "Captured", .money),
                Column("held", "Held", .money),
                Column("capture_before", "Until", .instant),
                Column("place_on", "To be placed", .date), Column("failure", "Failure", fit: .wrapped), risk,
            ],
            rows: view.holds.map { hold in
                let expired = hold.state == .authorised && !hold.isLive(at: view.asOf)
                return [
                    .integer(hold.number), .of(hold.replaces, Cell.integer), .text(expired ? "expired" : hold.state.rawValue),
                    .money(hold.amount), .money(hold.authorised),
                    .money(hold.captured), .money(hold.held(at: view.asOf)), .of(hold.captureBefore, Cell.instant),
                    .of(hold.placeOn, Cell.day),
                    .of(hold.failure?.sentence(in: .english), Cell.text), cell(hold.risk),
                ]
            }, empty: "No holds.")
    }

    private static func lateCharges(_ charges: [FolioSummary]) -> Table {
        Table(
            [
                Column("reference", "Folio"), Column("state", "State"), Column("opened_at", "Charged at", .instant),
                Column("charged", "Charged", .money), Column("open", "Open", .money),
                Column("payment_url", "Payment page", fit: .shortened),
            ],
            rows: charges.map {
                [
                    .text($0.folio.reference), .text($0.folio.state.rawValue), .instant($0.folio.openedAt), .money($0.totals.charged),
                    .money($0.totals.open), .of($0.folio.paymentURL, Cell.text),
                ]
            })
    }

    private static func payments(_ payments: [Payment]) -> Table {
        Table(
            [
                Column("number", "No.", .number), Column("state", "State"), Column("origin", "From"), Column("method", "Method"),
                Column("amount", "Requested", .money), Column("received", "Received", .money), Column("refunded", "Refunded", .money),
                Column("payment_intent", "At Stripe", fit: .shortened), Column("failure", "Failure", fit: .wrapped),
                Column("refund_refusal", "No refund because", fit: .wrapped), risk,
            ],
            rows: payments.map {
                [
                    .integer($0.number), .text($0.state.rawValue), .text($0.origin.rawValue), .text($0.method.rawValue), .money($0.amount),
                    .money($0.taken), .money($0.refunded), .of($0.intent, Cell.text), .of($0.failure?.sentence(in: .english), Cell.text),
                    .of($0.refundRefusal?.sentence(in: .english), Cell.text), cell($0.risk),
                ]
            }, empty: "No payments.")
    }

    private static let risk = Column("risk", "Fraud prevention", fit: .wrapped)

    private static func cell(_ risk: Risk?) -> Cell {
        .of(risk.map { $0.remarks.map(\.english).joined(separator: ", ") }.flatMap { $0.isEmpty ? nil : $0 }, Cell.text)
    }

    private static func refunds(_ refunds: [Refund]) -> Table {
        Table(
            [
                Column("number", "No.", .number), Column("payment", "Payment", .number), Column("state", "State"),
                Column("amount", "Amount", .money), Column("bill", "Bill"), Column("reason", "Reason", fit: .wrapped),
            ],
            rows: refunds.map {
                [
                    .integer($0.number), .integer($0.payment), .text($0.state.rawValue), .money($0.amount),
                    .of($0.bill?.rawValue, Cell.text), .text($0.reason(in: .english)),
                ]
            })
    }

    /// What is to be decided about money that went back, or to be paid outside.
    static func decision(_ view: FolioSummary) -> String? { (view.setAsideWords ?? view.openCreditWords)?.english }
    private static func found(_ found: [FoundObject]) -> Table {
        Table(
            [
                Column("id", "At Stripe", fit: .shortened), Column("kind", "What"), Column("state", "State"),
                Column("status", "Stripe says"),
                Column("amount", "Amount", .number), Column("currency", "Currency"), Column("customer", "Customer", fit: .shortened),
            ],
            rows: found.map {
                [
                    .text($0.id), .text($0.kind.rawValue), .text($0.state.rawValue), .text($0.status), .integer($0.amount),
                    .text($0.currency), .of($0.customer, Cell.text),
                ]
            })
    }

    /// The warning of the moment, for the person at the desk.
    static func warning(_ view: FolioSummary) -> String? {
        guard view.holdExceeded else { return nil }
        return "Not covered: \(view.totals.uncovered) more than is held. "
            + (view.folio.savedCard == nil
                ? "Ask the guest for a payment; a payment page is made at check-out."
                : "The rest is taken from the saved card at check-out.")
    }
}
