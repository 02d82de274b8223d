import JSON
import LedgerService

extension World {
    private static let cards = [
        (60, "4242424242424242"),
        // Saved, and refused whenever it is charged.
        (12, "4000000000000341"),
        // Asks for the guest each time.
        (8, "4000002760003184"),
        (8, "4000000000009995"),
        // Refunds to it fail, or take their time.
        (5, "4000000000005126"), (4, "4000000000007726"),
        // Its bank contests the charge.
        (3, "4000000000000259"),
    ]

    /// A guest uses a page that was sent at any time, also one that is long over.
    func guestActs() {
        for index in stays.indices where stays[index].isOpened { findPage(of: index) }
        let invited = stays.indices.filter { !stays[$0].pages.isEmpty }
        guard !invited.isEmpty else { return }
        let stay = stays[dice.pick(invited)]
        use(dice.chance(80) ? stay.pages[stay.pages.count - 1] : dice.pick(stay.pages), by: stay)
    }

    func use(_ page: String, by stay: Stay) {
        let method: [(key: String, value: JSON)]
        if stay.method != "card", dice.chance(80) {
            // The rest of a stay is taken by card when its own method is not offered any more.
            method = [("method", .text(stay.method))]
        } else if let card = stay.card {
            let used = dice.chance(85) ? card : GuestCard(number: dice.pick(weighted: Self.cards), named: "another of \(stay.what)")
            method = [("card", .text(used.number)), ("issuer", used.issuer)]
        } else {
            method = [("card", .text(dice.pick(weighted: Self.cards)))]
        }
        let answer = order("checkout/\(page)/pay", .object(method + [("authentication", dice.chance(90) ? "succeed" : "fail")]))
        noteUse(of: page, key: hotel(of: stay).key)
        if size.has(.late) { mayLeave(page, of: stay) }
        if size.has(.cover), belongings.sessions[page]?.renews == true, answer["status"] == "complete" { count(.renewalPageUsed) }
    }

    /// Some guests whose bank refused them on a page do not come back: it runs out, with the intent that the attempt left behind.
    private func mayLeave(_ page: String, of stay: Stay) {
        let session = atStripe(hotel(of: stay).key, "/v1/checkout/sessions/\(page)")
        guard session["status"] == "open", session["payment_intent"]?.textValue != nil, dice.chance(30) else { return }
        count(.pageLeftRefused)
        stays[stay.index].pages.removeAll { $0 == page }
        stays[stay.index].leftPages.insert(page)
    }

    /// Whether the stay's folio shows a page that the guest has not got yet.
    func findPage(of index: Int) {
        let stay = stays[index]
        guard let process = house(of: hotel(of: stay)).processes.first,
            let url = try? process.ledger.folio(stay.reference, of: hotel(of: stay).id).folio.paymentURL,
            let session = url.firstMatch(of: /cs_[A-Za-z0-9_]+/).map({ String($0.0) }), !stay.pages.contains(session),
            !stay.leftPages.contains(session)
        else { return }
        if stay.leavesNextPage {
            stays[index].leavesNextPage = false
        } else {
            stays[index].pages.append(session)
        }
    }
}
