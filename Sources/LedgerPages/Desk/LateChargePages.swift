import Ledger
import LedgerService
import LedgerShapes
import Synchronization
import WebServer

extension Route {
    /// What is found after check-out: a form, and the button on it.
    static let lateChargeRoutes: [Route] = [
        .folio.get("/late-charges", .checkOut) { visit in visit.html(try visit.lateChargePage()) },
        .folio.post("/late-charges", .checkOut) { try await $0.chargeLate() },
    ]
}

extension FolioVisit {
    /// So many items of the price list are offered; anything else is typed.
    private static var mostItems: Int { 100 }

    fileprivate func lateChargePage(_ message: HTML = .none) throws -> HTML {
        // Refuses what is no stay, or not checked out.
        let offer = try ledger.lateChargeOffer(on: reference, of: tenant.id)
        let items = try offered(offer)
        return narrowPage(
            "\(self(.lateCharge)) · \(offer.view.folio.guest.name)", offer.view,
            "\(self(.lateCharge)): \(offer.view.folio.guest.name)",
            """
            <p class="lead">\(self(.lateChargeLead))</p>
            \(message)\(riskNotices(offer.view))\(staffNotice(offer.view.folio))
            \(form(here("late-charges"), class: "card stack", """
            \(items.isEmpty ? .none : "<div class=\"found-late\">\(items.enumerated().html { itemRow($0, $1) })</div>")
            <details class="more"\(" open", if: items.isEmpty || isTyped)>\
            <summary>\(self(.somethingElse))</summary>\(freeLine)</details>
            \(ways(offer))
            <div class="row end">\(linkButton(.back, here()))\(slowButton(self(.chargeLateNow), class: "primary"))</div>
            """))
            \(lateChargesCard(offer.view))
            """)
    }

    /// What the guest has agreed to comes first.
    private func offered(_ offer: LateChargeOffer) throws -> [CatalogueItem] {
        let catalogue = inOrder(try ledger.catalogue(of: tenant.id))
        let agreed = catalogue.filter { offer.consent?.allows($0.category) == true }
        let others = catalogue.filter { offer.consent?.allows($0.category) != true }
        return Array((agreed + others).prefix(Self.mostItems))
    }

    private func itemRow(_ index: Int, _ item: CatalogueItem) -> HTML {
        let typed = allFields("sku").firstIndex(of: item.sku).flatMap { place in
            allFields("count").indices.contains(place) ? allFields("count")[place] : nil
        }
        return """
            <div class="inline"><label for="f-count-\(index)">\(item.description) \
            <span class="price">\(money(item.price))</span></label>\(hidden("sku", item.sku))\
            <input id="f-count-\(index)" name="count" type="number" inputmode="numeric" min="0" \
            max="\(LineItem.quantities.upperBound)" value="\(typed ?? "0")"></div>
            """
    }

    private var isTyped: Bool { [Term.description, .unitAmount].contains { field($0.input)?.isEmpty == false } }

    /// Something that the price list does not have; nothing of it has to be typed.
    private var freeLine: HTML {
        let options = categories.map { (value: $0.name, text: self($0.phrase.capitalised)) }
        return """
            <div class="stack free">\(Term.atDesk.beginning(with: .description).html { term in
            switch term.value {
            case .text(let rule, _): input(term.label, term.input, attributes: limits(rule, isRequired: false))
            case .category: select(term.label, term.input, options, isRequired: false)
            case .amount, .taxRate:
                input(term.label, term.input, attributes: "inputmode=\"decimal\" autocomplete=\"off\"")
            }
            })</div>
            """
    }

    /// From the saved card, as far as the guest has agreed to that, or by a link.
    private func ways(_ offer: LateChargeOffer) -> HTML {
        let mayUseCard = offer.obstacle == nil
        let isDoubtful = !offer.view.riskNotices.isEmpty || offer.view.folio.notice?.isOfDispute == true
        func way(_ way: LateCharge.Way, _ text: Phrase) -> HTML {
            let chosen = field("by") ?? (mayUseCard && !isDoubtful ? LateCharge.Way.card : .link).rawValue
            return """
                <label class="check"><input type="radio" name="by" value="\(way.rawValue)"\
                \(" checked", if: chosen == way.rawValue)><span>\(self(text))</span></label>
                """
        }
        let card = offer.view.folio.savedCard.map { "\($0.brand.capitalized) …\($0.last4)" } ?? ""
        let consent = offer.consent.flatMap { consent in
            offer.lastDay.map { last in
                Phrase.lateConsent(
                    day(last), consent.categories.inOrder.map { self($0.phrase) }.joined(separator: ", "))
            }
        }
        let hint: HTML =
            offer.obstacle.map { muted(.lateByLinkOnly($0.phrase)) }
            ?? (consent.map { muted("\(self($0)) \(self(.linkForTheRest))") } ?? .none)
        return """
            <fieldset class="stack"><legend>\(self(.lateChargeBy))</legend>\(hint)\
            \(mayUseCard ? way(.card, .lateByCard(card)) : .none)\(way(.link, .lateByLink))</fieldset>
            """
    }

    // MARK: - The button

    /// Waits a moment for the end; what takes longer goes on without the browser, and the stay lists it.
    fileprivate func chargeLate() async throws -> HTTPResponse {
        do {
            let (lines, way) = (try typedLines(), field("by").flatMap { LateCharge.Way(rawValue: $0) } ?? .link)
            let (reference, tenantID, actor, key, made) = (reference, tenant.id, actor, key, Made())
            _ = try await withTimeout(.seconds(6)) {
                let charged = try await ledger.chargeLate(
                    on: reference, way: way, of: tenantID, by: actor, key: key
                ) { _ in lines }
                made.note(charged.view.folio.reference)
            }
            guard let late = made.reference else { return see(here()) }
            return see(link("folios", late, "check-out"))
        } catch let refusal as any Refusal where refusal.isForThePage {
            return html(409, try lateChargePage(notice(refusal)))
        }
    }

    private func typedLines() throws -> [NewFolioLine] {
        func placed(_ line: NewLine, _ name: String) -> NewFolioLine {
            NewFolioLine(line, on: reference, at: Phrase("“\(name)”", "„\(name)“"))
        }
        let counted = zip(allFields("sku"), allFields("count")).filter { !["", "0"].contains($1) }
        var lines = try counted.map { sku, count in
            guard let quantity = Int64(count) else {
                throw SettingsRefusal.unreadableNumber(count, LineItem.quantities)
            }
            return placed(NewLine(sku: sku, quantity: quantity), sku)
        }
        if isTyped {
            let terms = try typed(Term.atDesk, in: tenant.currency)
            lines.append(placed(NewLine(terms, quantity: 1), field(Term.description.input) ?? ""))
        }
        return lines
    }

    // MARK: - On the folios

    /// Leads from a late charge to its stay.
    func stayOfLateCharge(_ stay: Folio.Stay) -> HTML {
        "<a href=\"\(folioLink(stay.reference))\">\(self(.lateChargeOf(stay.reference)))</a>"
    }

    /// What was found after a stay.
    func lateChargesCard(_ view: FolioView) -> HTML {
        guard !view.lateCharges.isEmpty else { return .none }
        let rows = view.lateCharges.html(lateChargeRow)
        let columns: [Column] = [.text(.folio), .number(.amount), .number(.stillOpen)]
        return card(
            "late-charges", .lateCharges, count: view.lateCharges.count,
            table(.lateCharges, class: "stacked", columns, rows))
    }

    private func lateChargeRow(_ late: FolioSummary) -> HTML {
        let folio = late.folio
        let tone: Tone = folio.state == .checkedOut ? .good : folio.state.isClosed ? .info : .warn
        let charged: String = day(folio.openedAt.day(in: zone))
        return """
            <tr><th scope="row"><a href="\(folioLink(folio.reference))">\(folio.reference)</a> \
            \(badge(tone, self(folio.state.phrase.capitalised))) \(remark(charged))</th>\
            \(amountCell(.amount, late.totals.charged))\(amountCell(.stillOpen, late.totals.open))</tr>
            """
    }
}

/// The reference of a folio that was made, told from a task that may outlive the request.
private final class Made: Sendable {
    private let kept = Mutex<String?>(nil)

    var reference: String? { kept.withLock { $0 } }
    func note(_ reference: String) { kept.withLock { $0 = reference } }
}
