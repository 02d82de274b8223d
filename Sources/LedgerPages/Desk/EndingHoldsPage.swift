import Ledger
import LedgerService
import WebServer

extension Route {
    /// Holds that end before their guests have left.
    static let endingHoldRoutes: [Route] = [
        .tenant.get("/ending-holds", .seeFolios) { visit in visit.html(try visit.endingHoldsPage()) }
    ]
}

extension TenantVisit {
    /// The way from the desk to the holds that end, with how many there are.
    func endingHoldsLink() throws -> HTML {
        let ending = try ledger.endingHolds(of: tenant.id)
        let toDo = ending.count(where: \.needsStaff)
        return """
            <a href="\(link("ending-holds"))">\(self(.endingHolds)) \(counted(ending.count))\
            \(toDo == 0 ? .none : " \(badge(.warn, self(.toDo(language.number(toDo)))))" as HTML)</a>
            """
    }

    /// What somebody has to do comes first; the rest happens by itself. Both can be long.
    fileprivate func endingHoldsPage() throws -> HTML {
        let ending = try ledger.endingHolds(of: tenant.id)
        let forStaff = Part(of: ending.filter(\.needsStaff), window("staff", of: 50))
        let byItself = Part(of: ending.filter { !$0.needsStaff }, window("itself", of: 50))
        return layout(
            self(.endingHolds), section: .desk,
            """
            \(pageHead(
                self(.endingHolds), above: crumb(.desk, link("reception")), below: muted(.endingHoldsHint)))
            <div class="columns">
            \(list("staff", .forStaff, forStaff, empty: .nothingForStaff))
            \(list("itself", .byItself, byItself, empty: .nothingByItself))
            </div>
            """)
    }

    private func list(_ name: String, _ title: Phrase, _ part: Part<EndingHold>, empty: Phrase) -> HTML {
        let entries: HTML =
            part.count == 0
            ? self.empty(empty)
            : "<ul class=\"folios\">\(part.elements.html(entry))</ul>"
        return """
            <section class="card list" id="\(name)" aria-label="\(self(title))">\
            <h2>\(self(title)) <span class="count">\(language.number(part.count))</span></h2>
            \(entries)
            \(pager(part, name))</section>
            """
    }

    /// One hold: a single large link to its folio.
    private func entry(_ ending: EndingHold) -> HTML {
        let folio = ending.folio
        let room: HTML = folio.room.map { "<span class=\"room\">\($0)</span> · " } ?? .none
        let uncovered: HTML =
            ending.uncovered.isPositive ? badge(.bad, self(.notCovered(money(ending.uncovered)))) : .none
        let end: Phrase =
            ending.endsAt.map { end in
                ending.next == .ended ? .holdEnded(language.moment(end, in: zone)) : endWords(end, of: folio)
            } ?? .noHoldCame
        let next = nextWords(
            ending.next, tries: ending.tries, refusal: ending.refusal, hasPage: folio.paymentURL != nil,
            now: ending.asOf)
        return """
            <li><a href="\(folioLink(folio.reference))">
            <span class="pair"><span class="guest">\(folio.guest.name)</span>
            <span class="sum"><span class="hidden">\(self(.held))</span> \(money(ending.amount))</span></span>
            <span class="pair"><span class="where">\(room)\(folio.reference)</span>
            <span class="cover">\(uncovered)\(nextBadge(ending))</span></span>
            \(([end] + next).html { "<span class=\"muted\">\(self($0))</span>" })</a></li>
            """
    }

    private func nextBadge(_ ending: EndingHold) -> HTML {
        switch ending.next {
        case .renewal where ending.refusal != nil: badge(.warn, self(.renewalWasRefused))
        case .renewal, .running: badge(.info, self(.willBeRenewed))
        case .guest: badge(ending.needsStaff ? .warn : .info, self(.willAskGuest))
        case .asked: badge(.warn, self(.hasAskedGuest))
        case .nothing: badge(.warn, self(.staysAsItIs))
        case .ended: badge(.bad, self(.hasEnded))
        case .missing: badge(.bad, self(.noHold))
        }
    }
}
