import Ledger
import LedgerService
import WebServer

extension Route {
    /// What a guest's bank contests, and what was open on a day.
    static let disputeRoutes: [Route] = [
        .tenant.get("/disputes/{dispute}", .seeBooks, .dispute) { visit, id in
            visit.html(try visit.disputePage(try visit.ledger.dispute(id, of: visit.tenant.id)))
        },
        .tenant.post("/disputes/{dispute}/write-off", .writeOff, .dispute) { visit, id in
            let known = try visit.ledger.dispute(id, of: visit.tenant.id)
            do {
                _ = try await visit.ledger.writeOffDispute(
                    id, reason: visit.field("reason") ?? "", of: visit.tenant.id, by: visit.actor,
                    once: Once(visit.key))
            } catch let refusal as any Refusal where !refusal.isOfTheFile {
                return visit.html(409, try visit.disputePage(known, visit.notice(refusal)))
            }
            return visit.see(visit.link("disputes", id, query: [("done", "written-off")]))
        },
        .tenant.get("/open-items", .seeBooks) { visit in visit.html(try visit.openItemsPage()) },
    ]
}

extension TenantVisit {
    /// A dispute with its state, what is to be done, and what it moved on the guest's account.
    fileprivate func disputePage(_ view: DisputeView, _ message: HTML = .none) throws -> HTML {
        let dispute = view.dispute
        let done: HTML = query("done") == "written-off" ? notice(.good, .writtenOffDone) : .none
        let due = dispute.evidenceDue.map { pair(.evidenceDay, "\(language.moment($0, in: zone))") } ?? .none
        let rows = view.entries.html { entry in
            """
            <tr><th scope="row">\(day(entry.occurredOn))</th><td>\(self(.disputeEntry(entry.kind))) \
            \(remark(entry.reason))</td>\(amountCell(entry.amount))</tr>
            """
        }
        return layout(
            self(.dispute), section: .books,
            narrow(
                crumb(self(.books), link("accounting")), "\(self(.dispute)) · \(dispute.guest ?? dispute.id)",
                """
                \(message)\(done)
                \(notice(tone(view.step), view.step.phrase))
                <section class="card"><dl class="figures rows">\(figure(.contested, dispute.amount))\
                \(pair(.stateHead, "\(self(.disputeState(dispute.state)))"))\
                \(pair(.reason, "\(self(DisputeReason.phrase(dispute.reason).capitalised))"))\(due)\
                \(figure(.withdrawnByBank, dispute.withdrawn))\
                \(dispute.writtenOff.isZero ? .none : figure(.writtenOff, dispute.writtenOff))\
                \(view.open.map { figure(.stillOpen, $0, strong: true) } ?? .none)</dl>
                <p class="muted">\(dispute.id) · \(instant(dispute.created))\
                \(dispute.folio.map { " · <a href=\"\(folioLink($0))\">\($0)</a>" as HTML })</p></section>
                \(card("entries", .postings, table(
                    .postings, empty: .nothingPosted, [.text(.date), .text(.what), .number(.amount)], rows)))
                \(view.mayBeWrittenOff && may(.writeOff) ? writeOffForm(view) : .none)
                """))
    }

    private func tone(_ step: DisputeStep) -> Tone {
        switch step {
        case .submitEvidence, .answerInquiry, .settle, .look: .warn
        case .wait, .none: .info
        }
    }

    private func writeOffForm(_ view: DisputeView) -> HTML {
        card(
            "write-off", .writeOff, hint: .writeOffMeans,
            form(
                link("disputes", view.dispute.id, "write-off"), class: "stack",
                """
                \(input(.reason, "reason", attributes: limits(.reason)))
                \(lastRow(back: link("accounting"), .back, .writeOff))
                """))
    }

    // MARK: - What was open on a day

    fileprivate func openItemsPage() throws -> HTML {
        let asked = query("day").flatMap { Day($0) }
        let items: [OpenItem]
        var message = HTML.none
        do { items = try ledger.openItems(asOf: asked, of: tenant.id) } catch let refusal as ServiceRefusal {
            (items, message) = ([], notice(refusal))
        }
        let chosen = asked ?? pages.clock().day(in: zone)
        let rows = items.html { item in
            """
            <tr><td><a href="\(folioLink(item.folio.reference))">\(item.folio.guest.name)</a> \
            \(remark(item.folio.reference))\(remark(item.folio.stay.map { self(.lateChargeOf($0.reference)) }))</td>\
            <td>\(self(why(item)))\(age(item))</td>\(amountCell(item.open))</tr>
            """
        }
        let sum = try Money.sum(items.map(\.open), in: tenant.currency)
        return layout(
            self(.openItems), section: .books,
            """
            \(pageHead(self(.openItemsOn(day(chosen))), above: crumb(self(.books), link("accounting")), """
            <form method="get" action="\(link("open-items"))" class="inline">\
            <label for="f-day">\(self(.endOfDay))</label> \
            <input id="f-day" name="day" type="date" value="\(chosen.description)" required> \
            <button>\(self(.show))</button></form>
            """))
            \(message)
            \(card("open", .openItems, count: items.count, hint: .openItemsOnHint, table(
                .openItems, empty: .noOpenItems, [.text(.guest), .text(.why), .number(.amount)], rows,
                foot: """
                <tr><th scope="row">\(self(.sum))</th><td></td>\(amountCell(sum))</tr>
                """)))
            """)
    }

    func why(_ item: OpenItem) -> Phrase {
        switch item.why {
        case .openCredit: .payOutside(item.totals.openCreditReason)
        case .overpaid: .overpaid
        case .closedUnpaid: .closedUnpaid
        case .withdrawn: .withdrawnByBank
        case .closedSetAside: .closedSetAside
        case .notClosed where item.folio.stay != nil: .lateUnpaid
        case .notClosed: item.folio.source == .shop ? .orderNotClosed : .stillNotClosed
        case .awaitingGuest: .guestHasLink
        }
    }
}
