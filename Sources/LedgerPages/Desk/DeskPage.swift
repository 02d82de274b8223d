import Ledger
import LedgerService
import WebServer

extension Route {
    static let deskRoutes: [Route] = [
        .tenant.get("/reception", .seeFolios) { try $0.desk() },
        .tenant.get("/orders", .seeFolios) { visit in visit.html(try visit.ordersPage()) },
    ]
}

extension TenantVisit {
    fileprivate func desk() throws -> HTTPResponse {
        let text = query("q")?.trimmingCharacters(in: .whitespaces) ?? ""
        if !text.isEmpty { return try search(text) }
        let desk = try ledger.desk(on: query("day").flatMap { Day($0) }, of: tenant.id) { window($0.rawValue, of: 100) }
        return html(
            layout(
                self(.desk), section: .desk,
                """
                \(deskHead(desk, text: ""))\(try ways(desk))
                \(desk[.overdue].count == 0 || desk.day != desk.today
                    ? .none : list(.overdue, .overdue, desk, empty: .nothingFoundHint, tone: "overdue"))
                \(desk[.lateCharges].count == 0 || desk.day != desk.today
                    ? .none
                    : list(
                        .openLateCharges, .lateCharges, desk, empty: .nothingFoundHint, tone: "overdue",
                        sum: desk.openLateCharges))
                <div class="columns day">
                \(list(.departures, .departures, desk, empty: .noDepartures))
                \(list(.arrivals, .arrivals, desk, empty: .noArrivals))
                \(list(.inHouse, .inHouse, desk, empty: .nobodyInHouse))
                </div>
                """))
    }

    /// A single folio that is found opens.
    private func search(_ text: String) throws -> HTTPResponse {
        let found = try ledger.search(text, of: tenant.id, window("page", of: 50))
        if found.count == 1, let folio = found.elements.first?.folio { return see(folioLink(folio.reference)) }
        return html(searchPage(text, found, try ledger.desk(of: tenant.id) { _ in nil }))
    }

    private func searchPage(_ text: String, _ found: Part<DeskEntry>, _ desk: DeskDay) -> HTML {
        layout(
            self(.search), section: .desk,
            """
            \(deskHead(desk, text: text, title: .searchTitle))
            <section class="card list"><h2>\(self(.found(text, found.count)))</h2>
            \(entries(found, desk, empty: .nothingFoundHint))
            \(pager(found, "page"))</section>
            """)
    }

    /// The orders of the shop, the latest first: they belong to no day.
    fileprivate func ordersPage() throws -> HTML {
        let orders = try ledger.orders(of: tenant.id, window("page", of: 50))
        let desk = try ledger.desk(of: tenant.id) { _ in nil }
        return layout(
            self(.orders), section: .desk,
            """
            \(deskHead(desk, text: "", title: .orders))
            <section class="card list"><h2>\(self(.orders)) \(counted(orders.count))</h2>
            \(entries(orders, desk, empty: .noOrders))
            \(pager(orders, "page"))</section>
            """)
    }

    /// The ways to the day's lists, which can be long, to the holds that end, and to the orders.
    private func ways(_ desk: DeskDay) throws -> HTML {
        let lists: [(DayList, Phrase)] = [(.departures, .departures), (.arrivals, .arrivals), (.inHouse, .inHouse)]
        return """
            <nav class="ways" aria-label="\(self(.lists))">\(lists.html { list, title in
            "<a href=\"#\(list.rawValue)\">\(self(title)) \(counted(desk[list].count))</a>"
            })\(try endingHoldsLink())<a href="\(link("orders"))">\(self(.orders))</a></nav>
            """
    }

    private func deskHead(_ desk: DeskDay, text: String, title: Phrase? = nil) -> HTML {
        let (before, after) = (desk.day.adding(days: -1), desk.day.adding(days: 1))
        let shown = desk.day == desk.today ? self(.today) : language.shortDay(desk.day)
        func dayLink(_ day: Day) -> Link {
            link("reception", query: day == desk.today ? [] : [("day", day.description)])
        }
        return """
            <div class="page-head">
            <div><h1>\(title.map(callAsFunction) ?? shown)</h1>
            <p class="muted">\(day(desk.day))</p></div>
            <nav class="steps" aria-label="\(self(.chooseDay))">
            \(earlier(language.shortDay(before), dayLink(before)))
            \(desk.day == desk.today ? .none : linkButton(.today, dayLink(desk.today)))
            \(later(language.shortDay(after), dayLink(after)))</nav>
            <form method="get" action="\(link("reception"))" role="search" class="search">
            <label class="hidden" for="f-q">\(self(.searchLabel))</label>
            <input id="f-q" name="q" type="search" value="\(text)" placeholder="\(self(.searchHint))" \
            \(limits(.search, isRequired: false)) autocomplete="off" data-hotkey="/">
            <button>\(self(.search))</button></form>
            </div>
            """
    }

    /// - Parameter sum: What they come to.
    private func list(
        _ title: Phrase, _ which: DayList, _ desk: DeskDay, empty: Phrase, tone: String = "", sum: Money? = nil
    ) -> HTML {
        let part = desk[which]
        return """
            <section class="card list \(tone)" id="\(which.rawValue)" aria-label="\(self(title))">\
            <h2>\(self(title)) <span class="count">\(part.count)</span>\
            \(sum.map { " <span class=\"sum\">\(money($0))</span>" as HTML })</h2>
            \(entries(part, desk, empty: empty))
            \(pager(part, which.rawValue))</section>
            """
    }

    private func entries(_ part: Part<DeskEntry>, _ desk: DeskDay, empty: Phrase) -> HTML {
        guard part.count > 0 else { return self.empty(empty) }
        return "<ul class=\"folios\">\(part.elements.html { entry($0, desk) })</ul>"
    }

    /// One guest: a single large link.
    private func entry(_ entry: DeskEntry, _ desk: DeskDay) -> HTML {
        let folio = entry.folio
        // Of an order, what it comes to; of a stay, what is left to pay.
        let isClosed = folio.state.isClosed || folio.source == .shop
        let room: HTML = folio.room.map { "<span class=\"room\">\($0)</span> · " } ?? .none
        return """
            <li><a href="\(folioLink(folio.reference))">
            <span class="pair"><span class="guest">\(folio.guest.name)</span>
            <span class="sum"><span class="hidden">\(self(isClosed ? .charged : .stillOpen))</span> \
            \(money(isClosed ? entry.totals.charged : entry.totals.open))</span></span>
            <span class="pair"><span class="where">\(room)\(folio.reference)</span>
            <span class="cover">\(riskBadge(entry))\(owedBadges(entry))\(coverBadge(entry, desk))</span></span>
            <span class="muted dates">\(language.shortDay(folio.arrival))\
            \(" – \(language.shortDay(folio.departure))", if: folio.source != .shop)\
            \(folio.stay.map { " · \(self(.lateChargeOf($0.reference)))\(age(folio, desk))" as HTML })</span></a></li>
            """
    }

    /// For how long a late charge is open.
    private func age(_ folio: Folio, _ desk: DeskDay) -> String {
        let days = folio.openedAt.day(in: zone).days(until: desk.today)
        return folio.state.isClosed || days < 1 ? "" : " · \(self(.openFor(days)))"
    }

    /// Whether fraud prevention or a bank has said something about this guest that somebody can still act on.
    private func riskBadge(_ entry: DeskEntry) -> HTML {
        let notices = entry.riskNotices.map(\.notice)
        guard !notices.isEmpty else { return .none }
        let isReported = notices.contains { if case .fraudWarning = $0 { true } else { false } }
        return isReported ? badge(.bad, self(.bankWarnsShort)) : badge(.warn, self(.riskOfFraud))
    }

    /// What payments of a guest still bring about: a bank that contests one, a credit that Stripe does not give back,
    /// and what a closed folio left open.
    private func owedBadges(_ entry: DeskEntry) -> HTML {
        let totals = entry.totals
        let open = totals.open.minorUnits.clampedSubtracting(totals.setAside.minorUnits)
        var badges: HTML = entry.isContested ? badge(.bad, self(.contestedShort)) : .none
        if totals.openCredit.isPositive { badges += badge(.warn, self(.creditShort(money(totals.openCredit)))) }
        if entry.folio.state.isClosed, open > totals.processing.minorUnits {
            badges += badge(.warn, self(.openShort(money(Money(minorUnits: open, currency: totals.open.currency)))))
        }
        return badges
    }

    private func isSettled(_ entry: DeskEntry) -> Bool { owedBadges(entry).isEmpty }

    /// Whether somebody has to do something about this guest, in two words.
    private func coverBadge(_ entry: DeskEntry, _ desk: DeskDay) -> HTML {
        let folio = entry.folio
        switch folio.state {
        case .checkedOut:
            return badge(isSettled(entry) ? .good : .info, self(folio.state.phrase.capitalised))
        case .cancelled, .noShow: return badge(.info, self(folio.state.phrase.capitalised))
        case .closing: return badge(.info, self(Folio.State.closing.phrase.capitalised))
        case .awaitingGuest where !entry.awaitsPayment && entry.totals.processing.isPositive:
            return badge(.info, self(.moneyOnItsWayShort))
        case .awaitingGuest: return badge(.warn, self(Folio.State.awaitingGuest.phrase.capitalised))
        case .open: break
        }
        if folio.mode == .direct { return paidBadge(entry) }
        if entry.holdExpired { return badge(.bad, self(.holdExpired)) }
        let ends = endBadge(entry, desk)
        if entry.totals.uncovered.isPositive {
            return badge(.bad, self(.notCovered(money(entry.totals.uncovered)))) + ends
        }
        if !ends.isEmpty { return ends + nightsCovered(entry) }
        if entry.totals.held.isPositive { return badge(.good, self(.covered)) + nightsCovered(entry) }
        let totals = entry.totals
        if totals.setAside.isPositive, totals.unpaid.minorUnits <= totals.setAside.minorUnits {
            return badge(.warn, self(.setAside))
        }
        // What comes is taken from the card.
        return entry.hasCardOnly ? badge(.info, self(.cardSaved)) : badge(.warn, self(.noHold))
    }

    /// For how many nights the hold is still enough.
    private func nightsCovered(_ entry: DeskEntry) -> HTML {
        entry.folio.nightsCovered(by: entry.totals).map { badge(.info, self(.nightsCoveredShort($0))) } ?? .none
    }
}

extension TenantVisit {
    /// That a hold ends, and what the folio says of that.
    private func endBadge(_ entry: DeskEntry, _ desk: DeskDay) -> HTML {
        switch entry.folio.notice {
        case .holdNotRenewed(_, let end, _, _) where desk.asOf < end:
            return badge(.bad, self(.notRenewedUntil(language.shortDay(end.day(in: zone)))))
        case .holdsOverlap: return badge(.info, self(.heldTwice))
        default:
            let days = entry.heldUntil.map { desk.today.days(until: $0.day(in: zone)) }
            return days.map { $0 <= 1 ? badge(.warn, self(.holdEnds($0))) : .none } ?? .none
        }
    }

    /// Whether money has come for what is paid at once. One that was only asked for is not paid, whatever is charged
    /// yet.
    private func paidBadge(_ entry: DeskEntry) -> HTML {
        let totals = entry.totals
        let open = totals.unpaid.minorUnits
        if !entry.awaitsPayment, totals.processing.isPositive, open <= totals.processing.minorUnits {
            return badge(.info, self(.moneyOnItsWayShort))
        }
        if entry.awaitsPayment || !totals.captured.isPositive || open > totals.setAside.minorUnits {
            return badge(.warn, self(.unpaid))
        }
        if totals.setAside.isPositive { return badge(.warn, self(.setAside)) }
        // Contested, or owed to the guest: the badge before says it.
        guard isSettled(entry) else { return .none }
        if totals.refunded == totals.captured { return badge(.info, self(.givenBack)) }
        let ahead = (0 as Int64).clampedSubtracting(open).clampedSubtracting(totals.returning.minorUnits)
        guard ahead > 0 else { return badge(.good, self(.paid)) }
        return badge(.info, self(.paidAhead(money(Money(minorUnits: ahead, currency: totals.unpaid.currency)))))
    }
}
