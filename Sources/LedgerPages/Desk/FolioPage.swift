import Ledger
import LedgerService
import LedgerShapes
import WebServer

/// What a folio's page shows in addition to the folio.
struct FolioMessage: Sendable {
    var refusal: (any Refusal)?
    /// The line that was just added or cancelled.
    var done: HTML = .none
    /// The line that was just added: said where the next one is added.
    var added: HTML = .none
}

extension FolioVisit {
    func folioPage(_ view: FolioView, _ message: FolioMessage = .init()) throws -> HTML {
        let folio = view.folio
        let mayCharge = folio.state == .open && may(.charge)
        let catalogue = mayCharge ? try ledger.catalogue(of: view.tenant.id) : []
        let outlooks = try holdOutlooks(view)
        return layout(
            "\(folio.guest.name) · \(folio.reference)", section: .desk,
            refresh: folio.state == .closing ? Refresh(seconds: 10, of: here()) : nil,
            """
            <div class="page-head folio-head">
            <div><p class="crumb"><a href="\(link("reception"))">\(self(.desk))</a> / \(folio.reference)</p>
            <h1>\(folio.guest.name)</h1>
            <p class="muted">\(stay(folio)) \(stateBadge(folio))</p></div>
            <div class="actions">\(folioActions(view))</div>
            </div>
            \(message.refusal.map(notice))\(message.done)
            \(folioNotices(view, outlooks))
            <div class="folio">
            <div class="folio-side">
            \(coverCard(view, outlooks))
            \(mayCharge ? extras(catalogue, view, message.added) : message.added)
            </div>
            <div class="folio-main">
            \(linesCard(view))
            \(moneyCard(view, outlooks))
            \(lateChargesCard(view))
            </div>
            </div>
            """)
    }

    private func stay(_ folio: Folio) -> HTML {
        if let stay = folio.stay {
            return "\(stayOfLateCharge(stay)) · \(day(folio.openedAt.day(in: zone)))"
        }
        return folio.source == .shop
            ? "\(self(.shopOrder)) · \(day(folio.arrival))"
            : """
            \(language.shortDay(folio.arrival)) – \(language.shortDay(folio.departure)) · \
            \(self(.nights(folio.arrival.days(until: folio.departure))))\
            \(folio.room.map { " · \(self(.room)) \($0)" as HTML })
            """
    }

    private func stateBadge(_ folio: Folio) -> HTML {
        switch folio.state {
        case .open: .none
        case .closing, .cancelled, .noShow: badge(.info, self(folio.state.phrase.capitalised))
        case .awaitingGuest: badge(.warn, self(folio.state.phrase.capitalised))
        case .checkedOut: badge(.good, self(folio.state.phrase.capitalised))
        }
    }

    private func folioActions(_ view: FolioView) -> HTML {
        let folio = view.folio
        var actions = HTML.none
        if folio.documentNumber != nil {
            actions += linkButton(.document, here("document"))
        }
        if folio.state == .checkedOut, folio.source == .reservation, may(.checkOut) {
            actions += linkButton(.lateCharge, here("late-charges"))
        }
        if folio.state == .open, may(.checkOut) {
            // Who has not been expected yet cannot have stayed away.
            if folio.source == .reservation, folio.arrival <= view.asOf.day(in: zone) {
                actions += linkButton(.noShowStay, here("no-show"), class: "quiet")
            }
            actions += linkButton(
                folio.stay == nil ? .cancelStay : .dropLateCharge, here("cancellation"), class: "quiet")
        }
        if !folio.state.isClosed, may(.checkOut) {
            actions += linkButton(.checkOut, here("check-out"), class: "primary big")
        }
        return actions
    }

    /// The extras: one click adds one. The quantity next to them applies to the next click.
    private func extras(_ catalogue: [CatalogueItem], _ view: FolioView, _ added: HTML) -> HTML {
        let folio = view.folio
        // After something that the price list does not have, the next of that kind.
        let isFree = !added.isEmpty && query("item") == nil
        let grid: HTML =
            catalogue.isEmpty
            ? """
            <p class="empty">\(self(.noCatalogue)) \(may(.changeCatalogue) ? "" : self(.noCatalogueHint))</p>
            \(may(.changeCatalogue) ? "<p>\(linkButton(.toCatalogue, link("settings")))</p>" : .none)
            """
            : form(
                here("lines"), class: "extras",
                """
                \(noDefault)\(hidden("seen", view.lines.count))
                <fieldset class="quantity"><legend>\(self(.quantity))</legend>\((1...6).html { count in
                """
                <label><input type="radio" name="quantity" value="\(count)"\(" checked", if: count == 1)>\
                <span>\(count)</span></label>
                """
                })</fieldset>
                <div class="grid">\(inOrder(catalogue).html { item in
                """
                <button name="sku" value="\(item.sku)" class="extra"\(" autofocus", if: item.sku == query("item"))>\
                <span>\(item.description)</span> \
                <span class="price">\(money(item.price))</span></button>
                """
                })</div>
                """)
        return card(
            "extras", .extras, class: "extras-card",
            """
            \(added)\(grid)
            <details class="more"\(" open", if: field("description") != nil || isFree)>\
            <summary>\(self(.somethingElse))</summary>\(freeLine(view, isNext: isFree))</details>
            <details class="more"><summary>\(self(.roomChange))</summary>\(roomForm(folio))</details>
            """)
    }

    /// An extra that the price list does not know.
    ///
    /// - Parameter isNext: Whether another of the kind was just added.
    private func freeLine(_ view: FolioView, isNext: Bool) -> HTML {
        form(
            here("lines"), class: "stack free",
            """
            \(hidden("seen", view.lines.count))<input type="hidden" name="quantity" value="1">
            \(termInput(.description, "\(" autofocus", if: isNext)"))
            <div class="row">\(Term.ofItem.filter(\.isAtDesk).dropFirst().html { term in
            termInput(term, "\(" autocomplete=\"off\"", if: term.isAmount)")
            })</div>
            \(input(.serviceDay, "date", type: "date", value: serviceDay(view).description))\(confirmDay(view))
            <button>\(self(.add))</button>
            """)
    }

    /// Today, or the day of the stay that is nearest to it.
    private func serviceDay(_ view: FolioView) -> Day {
        let today = view.asOf.day(in: zone)
        return view.folio.source == .shop ? today : min(max(today, view.folio.arrival), view.folio.departure)
    }

    /// Asks about a day that was typed and lies outside the stay.
    private func confirmDay(_ view: FolioView) -> HTML {
        guard let day = field("date").flatMap({ Day($0) }), !view.folio.mayBeServed(on: day) else { return .none }
        return checkbox("outside", "\(self(.outsideStayMeant))")
    }

    private func roomForm(_ folio: Folio) -> HTML {
        form(
            here("room"), class: "inline room-form",
            """
            <label for="f-room">\(self(.room))</label><input id="f-room" name="room" value="\(folio.room ?? "")" \
            \(limits(.roomName, isRequired: false)) autocomplete="off"><button>\(self(.save))</button>
            """
        )
    }

    private func linesCard(_ view: FolioView) -> HTML {
        let reversed = view.reversedLines
        let mayReverse = view.folio.state == .open && may(.charge)
        let position: HTML = "<span class=\"pos\">\(self(.position))</span> \(self(.date))"
        let columns: [Column] = [.markup(position), .text(.description), .number(.amount), .action]
        let sum: HTML = """
            <tr><td class="when"></td><th scope="row">\(self(.sum))</th>\
            <td class="n">\(money(view.totals.charged))</td><td></td></tr>
            """
        func rows(_ lines: some Collection<LineItem>) -> HTML {
            lines.html { lineRow($0, view, reversed: reversed, mayReverse: mayReverse) }
        }
        let lines = view.lines.reversed()
        // A long folio shows its latest lines, so that its page stays small; the rest is one click away.
        let isShort = lines.count <= Self.mostLines || query("lines") == "all"
        let latest = isShort ? lines[...] : lines.prefix(Self.latestLines)
        let rest: HTML =
            isShort
            ? .none
            : "<p>\(linkButton(.earlierLines(lines.count - latest.count), here(query: [("lines", "all")])))</p>"
        return card(
            "lines", .lines, table(.lines, empty: .noLines, class: "folded", columns, rows(latest), foot: sum) + rest)
    }

    /// So many lines are shown at once, and of more than that only the latest.
    private static var mostLines: Int { 40 }
    private static var latestLines: Int { 25 }

    /// Quantity and price of one, where there are several.
    func each(of line: LineItem) -> HTML {
        line.quantity > 1 ? "<span class=\"muted\">\(line.quantity) × \(money(line.unitAmount))</span>" : .none
    }

    private func lineRow(_ line: LineItem, _ view: FolioView, reversed: Set<Int64>, mayReverse: Bool) -> HTML {
        let isReversed = reversed.contains(line.number)
        let isCharge = line.kind == .charge
        let each = each(of: line)
        let why: HTML =
            switch line.kind {
            case .charge: .none
            case .allowance(let of): "<span class=\"muted\">\(self(.allowanceOf(of))): \(line.reason ?? "")</span>"
            case .reversal(let of): "<span class=\"muted\">\(self(.reversalOf(of))): \(line.reason ?? "")</span>"
            }
        // What lowers a line that was reversed went with it.
        let canUndo: Bool =
            switch line.kind {
            case .charge: mayReverse && !isReversed
            case .allowance(let of): mayReverse && !isReversed && !reversed.contains(of)
            case .reversal: false
            }
        func change(_ how: String, _ name: Phrase) -> HTML {
            """
            <a class="button small" href="\(here("lines", String(line.number), how))" \
            aria-label="\(self(name)): \(line.description)">\(self(name))</a>
            """
        }
        let canLower = canUndo && isCharge && (try? view.lines.left(of: line).isPositive) == true
        let undo: HTML =
            canUndo ? (canLower ? change("allowance", .allowShort) : .none) + change("reversal", .undo) : .none
        return """
            <tr id="line-\(line.number)" class="\("struck", if: isReversed)\("lowers", if: !isCharge)">\
            <td class="when"><span class="pos" data-label="\(self(.position))">\(line.number)</span> \
            \(language.shortDay(line.serviceDate))</td>\
            <td><span class="what">\(line.description)</span> \(each)\(why)\
            \(remarks(Term.atDesk, line.partialTerms))</td>\
            \(amountCell(line.gross))<td class="act">\(undo)</td></tr>
            """
    }
}

extension FolioView {
    /// The numbers of the lines that were reversed.
    var reversedLines: Set<Int64> {
        Set(lines.compactMap { line in if case .reversal(let of) = line.kind { of } else { nil } })
    }
}
