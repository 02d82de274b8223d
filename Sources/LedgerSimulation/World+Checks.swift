import Foundation
import JSON
import Ledger
import LedgerService
import LedgerStore

extension World {
    /// At any time: a hold that counts as cover is alive at Stripe. Only one that is being taken or let go may be over already.
    ///
    /// - Parameter isTold: Whether the ledger has had every chance to hear of what others did at Stripe.
    func checkCover(isTold: Bool = false) {
        for hotel in hotels {
            guard let process = house(of: hotel).processes.first else { continue }
            let live = try? process.file.read { transaction -> [(String, String)] in
                guard let tenant = try transaction.tenant(hotel.id) else { return [] }
                return try transaction.withBook(of: tenant) { book in
                    try book.folios(limit: .max).flatMap { folio in
                        let (busy, now) = (try !book.openOperations(folio: folio).isEmpty, book.now)
                        return try book.holds(of: folio).filter { !busy && $0.isLive(at: now) }
                            .compactMap { hold in hold.intent.map { (folio.reference, $0) } }
                    }
                }
            }
            for (reference, intent) in live ?? [] {
                let status = atStripe(hotel.key, "/v1/payment_intents/\(intent)")["status"]?.textValue ?? "unknown"
                if status == "canceled", isTold || !endedOutside.contains(intent) {
                    find(.deadCover, "\(hotel.id) \(reference)", "hold \(intent) is \(status) at Stripe")
                }
            }
        }
    }

    /// One hotel of each account, to look into it with.
    private var accounts: [Hotel] { hotels.filter { hotel in hotels.first { $0.account == hotel.account }?.index == hotel.index } }

    /// Nothing at Stripe waits for somebody who will never come: neither money held for a folio that is over, nor an attempt left open.
    func checkNothingForgotten() {
        for account in accounts {
            let sessions = list(account.key, "/v1/checkout/sessions").filter { $0["status"]?.textValue == "open" }
            let onPages = Set(sessions.compactMap { $0["payment_intent"]?.textValue })
            for intent in list(account.key, "/v1/payment_intents") {
                let id = intent["id"]?.textValue ?? ""
                let status = intent["status"]?.textValue ?? ""
                guard !["succeeded", "canceled", "processing"].contains(status), !onPages.contains(id) else { continue }
                guard let stay = belongings.intents[id].map({ stays[$0.stay] }) else { continue }
                let folio = try? reader(of: hotel(of: stay)).ledger.folio(stay.reference, of: hotel(of: stay).id)
                let isKept = folio?.holds.contains { $0.intent == id && $0.state == .authorised } ?? false
                guard status != "requires_capture" || folio?.folio.state.isClosed != false || !isKept else { continue }
                find(.forgottenIntent, stay.what, "\(id) is \(status), and the folio \(folio?.folio.state.rawValue ?? "unknown")")
            }
        }
    }

    func checkBooks() {
        for house in houses {
            do {
                for (tenant, check) in try house.processes[0].ledger.verify() {
                    for defect in check.defects { find(.books, tenant.id, defect.problem) }
                    if check.debits != check.credits { find(.books, tenant.id, "\(check.debits) debits, \(check.credits) credits") }
                    report.heads.append(hexadecimal(check.head))
                }
            } catch {
                find(.books, "verify", "\(error)")
            }
        }
    }

    /// Ledger and Stripe agree by the ledger's own comparison. What others moved waits in suspense for accounting, as it should; and where
    /// others are on the account, their objects are no difference of ours.
    func checkReconciliation() {
        for hotel in hotels {
            run(reader(of: hotel), "reconcile") { [self] ledger in
                for difference in try await ledger.reconcile(hotel.id).differences where isOurs(difference, hotel) {
                    find(.reconcile, hotel.id, "\(difference)")
                }
            }
            finish()
        }
    }

    private func isOurs(_ difference: Difference, _ hotel: Hotel) -> Bool {
        if difference.ledger.hasPrefix("in suspense:") { return false }
        guard sharesAccount(hotel) else { return true }
        if case .retryEvent = difference.mending { return true }
        let object = difference.object
        func isOf(_ intent: String?) -> Bool { intent.flatMap { belongings.intents[$0] }.map { stays[$0.stay].hotel } == hotel.index }
        if object.hasPrefix("pi_") { return isOf(object) }
        // That others are on the account is told, as it should be.
        if let page = belongings.sessions[object] { return stays[page.stay].hotel == hotel.index }
        let kinds = [("re_", "refunds"), ("pyr_", "refunds"), ("du_", "disputes"), ("dp_", "disputes")]
        guard let kind = kinds.first(where: { object.hasPrefix($0.0) }) else { return true }
        return isOf(atStripe(hotel.key, "/v1/\(kind.1)/\(object)")["payment_intent"]?.textValue)
    }

    /// Whatever is unfinished says so, where somebody looks.
    func checkNothingStuck() {
        for stay in stays where stay.isOpened {
            let hotel = hotel(of: stay)
            guard let view = try? reader(of: hotel).ledger.folio(stay.reference, of: hotel.id) else { continue }
            if view.folio.state == .closing || view.folio.state == .awaitingGuest {
                let payments = view.payments.map {
                    "\($0.number) \($0.origin) \($0.state.rawValue) \($0.intent ?? $0.session ?? "without a page")"
                }
                let sessions = stay.pages.map {
                    "\($0) \(atStripe(hotel.key, "/v1/checkout/sessions/\($0)")["status"]?.textValue ?? "gone")"
                }
                find(.stuck, stay.what, "\(view.folio.state.rawValue) for ever: \((payments + sessions).joined(separator: ", "))")
            }
        }
        for hotel in hotels {
            for operation in (try? reader(of: hotel).ledger.openOperations(of: hotel.id)) ?? [] {
                find(
                    .stuck, "\(hotel.id) \(operation.folio ?? "")",
                    "\(operation.what.english) is \(operation.isParked ? "parked" : "waiting"): \(operation.problem ?? "")")
            }
        }
    }
}
