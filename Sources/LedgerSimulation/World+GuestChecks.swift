import Foundation
import JSON
import Ledger
import LedgerService
import LedgerStore

/// What Stripe's own lists say of one guest.
private struct AtStripe {
    var taken: Int64 = 0
    /// Refunds that have not failed.
    var back: Int64 = 0
    /// Of these, what was given back without the bill being lowered.
    var aside: Int64 = 0
    /// Refunds that a plan asked for, failed ones too.
    var returned: Int64 = 0
    /// What somebody decided to take again.
    var again: Int64 = 0
    /// Of what was taken: paid by the guest on a page that nobody's plan asked for.
    var paid: Int64 = 0
    var isDisputed = false
    /// What the bank withdrew in disputes and has not given back.
    var withdrawn: Int64 = 0
    /// Intents that took money, by what they were made for.
    var purposes: [String: [String]] = [:]
}

extension World {
    /// Guest by guest: what Stripe has taken and given back is what we say, was taken once, and was shown.
    func checkGuests() {
        let guests = guestsAtStripe()
        for stay in stays where stay.isOpened { check(stay, guests[stay.index]) }
    }

    /// Sums over Stripe's lists, by the guest whose page or card it was.
    private func guestsAtStripe() -> [AtStripe] {
        var guests = stays.map { _ in AtStripe() }
        var lowering: Set<String> = []
        for one in asked {
            switch one.deed {
            case .refund(let reason, true): lowering.insert(reason)
            case .decision(let amount) where one.final?.isDone ?? true: guests[one.stay].again += amount
            default: break
            }
        }
        for account in hotels where !hotels.contains(where: { $0.account == account.account && $0.index < account.index }) {
            // What its bank took back is as if it had never been paid; the intent says succeeded for good.
            let gone = Set(
                list(account.key, "/v1/charges").filter { $0["failure_balance_transaction"]?.textValue != nil }
                    .compactMap { $0["payment_intent"]?.textValue })
            for intent in list(account.key, "/v1/payment_intents") {
                let id = intent["id"]?.textValue ?? ""
                let received = Int64(intent["amount_received"]?.intValue ?? 0)
                guard received > 0, !gone.contains(id), let origin = belongings.intents[id] else { continue }
                guests[origin.stay].taken += received
                if !origin.isStep, intent["capture_method"]?.textValue != "manual" { guests[origin.stay].paid += received }
                let metadata = intent["metadata"] ?? .null
                let purpose =
                    metadata["ledger_hold"]?.textValue.map { "hold \($0)" } ?? metadata["ledger_payment"]?.textValue.map { "payment \($0)" }
                guests[origin.stay].purposes[purpose ?? "nothing", default: []].append(id)
            }
            for refund in list(account.key, "/v1/refunds") {
                guard let origin = refund["payment_intent"]?.textValue.flatMap({ belongings.intents[$0] }) else { continue }
                let (id, amount) = (refund["id"]?.textValue ?? "", Int64(refund["amount"]?.intValue ?? 0))
                let reason = belongings.madeRefunds[id]
                let isOfPlan = reason.map { !$0.hasPrefix("goodwill") } ?? false
                if isOfPlan { guests[origin.stay].returned += amount }
                guard !["failed", "canceled"].contains(refund["status"]?.textValue) else { continue }
                guests[origin.stay].back += amount
                // What a restored ledger finds given back is set aside, whatever it was for.
                let isFound = restored.contains(hotel(of: stays[origin.stay]).house)
                if isFound || (!isOfPlan && !lowering.contains(reason ?? "")) { guests[origin.stay].aside += amount }
            }
            for dispute in list(account.key, "/v1/disputes") {
                if let origin = dispute["payment_intent"]?.textValue.flatMap({ belongings.intents[$0] }) {
                    guests[origin.stay].isDisputed = true
                    for moved in dispute["balance_transactions"]?.arrayValue ?? [] {
                        guests[origin.stay].withdrawn -= Int64(moved["amount"]?.intValue ?? 0)
                    }
                }
            }
        }
        return guests
    }

    private func check(_ stay: Stay, _ guest: AtStripe) {
        let hotel = hotel(of: stay)
        guard let view = try? reader(of: hotel).ledger.folio(stay.reference, of: hotel.id) else {
            if guest.taken != 0 { find(.agreement, stay.what, "Stripe has taken \(guest.taken), and there is no such folio") }
            return
        }
        report.states[view.folio.state.rawValue, default: 0] += 1
        // Holds and payments made after a backup that was brought back have numbers that are given once more.
        for (purpose, intents) in guest.purposes.sorted(by: { $0.key < $1.key }) where intents.count > 1 && !restored.contains(hotel.house)
        {
            find(.takenTwice, "\(stay.what), \(purpose)", intents.joined(separator: ", "))
        }
        let (captured, refunded) = (view.totals.captured.minorUnits, view.totals.refunded.minorUnits)
        if (captured, refunded) != (guest.taken, guest.back) {
            find(.agreement, stay.what, "ledger \(captured) - \(refunded), Stripe \(guest.taken) - \(guest.back)")
        }
        let account = try? reader(of: hotel).file.read { transaction in
            try transaction.tenant(hotel.id).map { tenant in
                try transaction.withBook(of: tenant) { try $0.balance(of: .folio(reference: stay.reference)).minorUnits }
            }
        }
        let due = view.totals.charged.minorUnits - guest.taken + guest.back + guest.withdrawn
        if let account = account ?? nil, account != due {
            find(.agreement, stay.what, "its account stands at \(account), and should at \(due)")
        }
        let movements = try? reader(of: hotel).file.read { transaction in
            try transaction.tenant(hotel.id).map { tenant in try transaction.withBook(of: tenant) { try $0.movements(of: view.folio) } }
        }
        for movement in (movements ?? nil) ?? [] { trace("the books have \(movement)", about: stay.index) }
        checkShown(stay, view, guest)
        checkBill(stay, view, guest)
    }

    /// What somebody took out of the guest's holds on Stripe's own pages.
    private func takenOutside(of stay: Stay) -> Int64 {
        watch.takenOutside.reduce(0) { sum, taken in
            guard belongings.intents[taken.key]?.stay == stay.index else { return sum }
            guard !watch.captured.contains(taken.key) else { return sum + taken.value }
            // No program of ours captured it: all that was taken of it, also what Stripe showed only later.
            let intent = atStripe(hotel(of: stay).key, "/v1/payment_intents/\(taken.key)")
            return sum + max(taken.value, Int64(intent["amount_received"]?.intValue ?? 0))
        }
    }

    /// A guest pays what was agreed when the folio was opened, and the plans that somebody accepted.
    private func checkShown(_ stay: Stay, _ view: FolioView, _ guest: AtStripe) {
        let hotel = hotel(of: stay)
        let shown = try? reader(of: hotel).file.read { transaction in
            try transaction.tenant(hotel.id).map { tenant in
                try transaction.withBook(of: tenant) { try $0.checkOuts(of: view.folio).reduce(0) { $0 + max(0, $1.due) } }
            }
        }
        let allowed = (shown ?? 0) + stay.prepaid + stay.askedToPay + takenOutside(of: stay) + stay.shownBefore
        if guest.taken > allowed { find(.moreThanShown, stay.what, "taken \(guest.taken), shown \(allowed)") }
        // What the bank took in a dispute is not owed any more.
        let isOwed = -view.totals.unpaid.minorUnits > view.payments.reduce(0) { $0 + $1.lost.minorUnits }
        if view.folio.state.isClosed, isOwed, view.totals.openCredit.isZero, view.folio.notice == nil {
            find(.moreThanShown, stay.what, "closed with \(view.totals.open) too much, and nobody is told")
        }
    }

    /// When a folio is closed its guest has paid what was due, and what was given back was not taken again.
    private func checkBill(_ stay: Stay, _ view: FolioView, _ guest: AtStripe) {
        guard view.folio.state.isClosed, view.folio.notice == nil, view.totals.openCredit.isZero, !guest.isDisputed else { return }
        let charges = view.lines.filter { $0.kind == .charge }.reduce(0) { $0 + $1.gross.minorUnits }
        let most =
            max(charges + guest.returned, guest.paid + takenOutside(of: stay)) + guest.again + creditGivenBack(view)
            // A payment that somebody asked for, or took on Stripe's own pages, settles what was set aside; what is charged later is taken then.
            + min(stay.askedToPay + takenOutside(of: stay), guest.aside)
        if guest.taken > most {
            find(.takenAgain, stay.what, "taken \(guest.taken), where \(most) is the most; \(guest.aside) had been given back")
        }
        let (charged, net) = (view.totals.charged.minorUnits, guest.taken - guest.back)
        // What is below Stripe's minimum stays open and is shown, and so is what is set aside.
        if !(0..<(50 + guest.aside)).contains(charged - net) {
            find(.agreement, stay.what, "closed; \(charged) was due, and \(net) has been paid; \(guest.aside) is set aside")
        }
    }

    /// What refunds gave back beyond the bill that they lowered: the guest had paid it ahead, and what is charged later may take it.
    private func creditGivenBack(_ view: FolioView) -> Int64 {
        let lowering = view.refunds.filter { $0.bill == .lowered && $0.state != .failed }
        let reasons = Set(lowering.map { $0.reason(in: view.folio.guest.spoken) })
        let allowances = view.lines.filter { line in
            if case .allowance = line.kind, let reason = line.reason { return reasons.contains(reason) }
            return false
        }
        // One that lowered nothing is none.
        guard reasons.isSubset(of: Set(allowances.compactMap(\.reason))) else { return 0 }
        return max(0, lowering.reduce(0) { $0 + $1.amount.minorUnits } + allowances.reduce(0) { $0 + $1.gross.minorUnits })
    }

    /// The ledger shows as held what Stripe holds.
    func checkHolds() {
        for account in hotels where !hotels.contains(where: { $0.account == account.account && $0.index < account.index }) {
            var held: [Int: Int64] = [:]
            for intent in list(account.key, "/v1/payment_intents") where intent["status"] == "requires_capture" {
                guard let origin = belongings.intents[intent["id"]?.textValue ?? ""] else { continue }
                held[origin.stay, default: 0] += Int64(intent["amount_capturable"]?.intValue ?? 0)
            }
            for stay in stays where stay.isOpened && hotel(of: stay).account == account.account {
                guard let view = try? reader(of: hotel(of: stay)).ledger.folio(stay.reference, of: hotel(of: stay).id),
                    view.folio.state == .open, view.totals.held.minorUnits != held[stay.index, default: 0]
                else { continue }
                find(.held, stay.what, "ledger \(view.totals.held), Stripe \(held[stay.index, default: 0])")
            }
        }
    }
}
