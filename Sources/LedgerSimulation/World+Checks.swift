import Foundation
import JSON
import Ledger
import LedgerService
import LedgerStore
import Stripe

extension World {
    /// At every request that changes something: an operation with its key lies in the file.
    func checkStored(_ request: HTTPRequest, by process: Process) {
        guard request.method == "POST" else { return }
        let key = request.headers.first { $0.name == "Idempotency-Key" }?.value ?? ""
        let isStored = try? process.file.read { transaction in
            try transaction.one("SELECT 1 FROM operation WHERE idempotency_key = \(key)") { _ in true } ?? false
        }
        if isStored != true { find(.stored, request.url, "no operation has the key \"\(key)\"") }
    }

    /// At any time: a hold that counts as cover is alive at Stripe. Only one that is being taken or let go may be over already.
    ///
    /// - Parameter isTold: Whether the ledger has had every chance to hear of what others did at Stripe.
    func checkCover(isTold: Bool = false) {
        guard let process = processes.first else { return }
        for index in 0..<size.tenants {
            let live = try? process.file.read { transaction -> [(String, String)] in
                guard let tenant = try transaction.tenant(self.tenant(index)) else { return [] }
                return try transaction.folios(of: tenant, limit: .max).flatMap { folio in
                    let busy = try !transaction.openOperations(of: tenant, folio: folio).isEmpty
                    return try transaction.holds(of: folio, of: tenant).filter { !busy && $0.isLive(at: transaction.now) }
                        .compactMap { hold in hold.intent.map { (folio.reference, $0) } }
                }
            }
            for (reference, intent) in live ?? [] {
                let status = atStripe(index, "/v1/payment_intents/\(intent)")["status"]?.textValue ?? "unknown"
                if status == "canceled", isTold || !endedOutside.contains(intent) {
                    find(.deadCover, reference, "hold \(intent) is \(status) at Stripe")
                }
            }
        }
    }

    /// All elements of one of Stripe's lists.
    private func list(_ tenant: Int, _ path: String) -> [JSON] {
        var elements: [JSON] = []
        var query = "limit=100"
        while true {
            let page = atStripe(tenant, path, query: query)
            let data = page["data"]?.arrayValue ?? []
            elements += data
            guard page["has_more"]?.boolValue == true, let last = data.last?["id"]?.textValue else { return elements }
            query = "limit=100&starting_after=\(last)"
        }
    }

    /// Nothing at Stripe waits for somebody who will never come: neither money held for a folio that is over, nor an attempt left open.
    func checkNothingForgotten() {
        for index in 0..<size.tenants {
            let sessions = list(index, "/v1/checkout/sessions").filter { $0["status"]?.textValue == "open" }
            let onPages = Set(sessions.compactMap { $0["payment_intent"]?.textValue })
            for intent in list(index, "/v1/payment_intents") {
                let id = intent["id"]?.textValue ?? ""
                let status = intent["status"]?.textValue ?? ""
                guard !["succeeded", "canceled", "processing"].contains(status), !onPages.contains(id) else { continue }
                let reference = intent["metadata"]?["reference"]?.textValue ?? ""
                let folio = try? processes[0].ledger.folio(reference, of: tenant(index))
                let isKept = folio?.holds.contains { $0.intent == id && $0.state == .authorised } ?? false
                guard status != "requires_capture" || folio?.folio.state.isClosed != false || !isKept else { continue }
                find(.forgottenIntent, reference, "\(id) is \(status), and the folio \(folio?.folio.state.rawValue ?? "unknown")")
            }
        }
    }

    /// Guest by guest: what Stripe has taken and given back is what we say, was taken once, and was shown.
    func checkGuests() {
        for index in 0..<size.tenants {
            var taken: [String: Int64] = [:]
            var back: [String: Int64] = [:]
            var purposes: [String: [String]] = [:]
            var referenceOf: [String: String] = [:]
            for intent in list(index, "/v1/payment_intents") {
                let (id, metadata) = (intent["id"]?.textValue ?? "", intent["metadata"] ?? .null)
                let reference = metadata["reference"]?.textValue ?? "a stranger"
                referenceOf[id] = reference
                let received = Int64(intent["amount_received"]?.intValue ?? 0)
                guard received > 0 else { continue }
                taken[reference, default: 0] += received
                let purpose =
                    metadata["ledger_hold"]?.textValue.map { "hold \($0)" }
                    ?? metadata["ledger_payment"]?.textValue.map {
                        "payment \($0)"
                    }
                purposes["\(reference), \(purpose ?? "for nothing")", default: []].append(id)
            }
            for refund in list(index, "/v1/refunds") where !["failed", "canceled"].contains(refund["status"]?.textValue) {
                back[referenceOf[refund["payment_intent"]?.textValue ?? ""] ?? "", default: 0] += Int64(refund["amount"]?.intValue ?? 0)
            }
            for (purpose, intents) in purposes.sorted(by: { $0.key < $1.key }) where intents.count > 1 {
                find(.takenTwice, purpose, intents.joined(separator: ", "))
            }
            for stay in stays where stay.isOpened && stay.tenant == index {
                check(stay, taken: taken.removeValue(forKey: stay.reference) ?? 0, back: back[stay.reference] ?? 0)
            }
            for (stranger, amount) in taken.sorted(by: { $0.key < $1.key }) {
                find(.agreement, stranger, "Stripe has taken \(amount), the ledger knows no such folio")
            }
        }
    }

    private func check(_ stay: Stay, taken: Int64, back: Int64) {
        guard let view = try? processes[0].ledger.folio(stay.reference, of: tenant(stay.tenant)) else {
            if taken != 0 { find(.agreement, stay.reference, "Stripe has taken \(taken), and there is no such folio") }
            return
        }
        report.states[view.folio.state.rawValue, default: 0] += 1
        let (captured, refunded) = (view.totals.captured.minorUnits, view.totals.refunded.minorUnits)
        if (captured, refunded) != (taken, back) {
            find(.agreement, stay.reference, "ledger \(captured) - \(refunded), Stripe \(taken) - \(back)")
        }
        let account = try? processes[0].file.read { transaction in
            try transaction.tenant(tenant(stay.tenant)).map { tenant in
                try transaction.balance(of: .folio(reference: stay.reference), of: tenant).minorUnits
            }
        }
        if let account = account ?? nil, account != view.totals.charged.minorUnits - taken + back {
            find(
                .agreement, stay.reference,
                "its account stands at \(account), and should at \(view.totals.charged.minorUnits - taken + back)")
        }
        checkShown(stay, view, taken)
    }

    /// A guest pays what was agreed when the folio was opened, and the plans that somebody accepted.
    private func checkShown(_ stay: Stay, _ view: FolioView, _ taken: Int64) {
        let shown = try? processes[0].file.read { transaction in
            try transaction.tenant(tenant(stay.tenant)).map { tenant in
                try transaction.checkOuts(of: view.folio, of: tenant).reduce(0) { $0 + max(0, $1.due) }
            }
        }
        let allowed = (shown ?? 0) + stay.prepaid
        if taken > allowed { find(.moreThanShown, stay.reference, "taken \(taken), shown \(allowed)") }
        // A credit that Stripe does not give back is told by the totals.
        let isTold = view.folio.notice != nil || view.totals.openCredit.minorUnits == -view.totals.open.minorUnits
        if view.folio.state.isClosed, view.totals.open.isNegative, !isTold {
            find(.moreThanShown, stay.reference, "closed with \(view.totals.open) too much, and nobody is told")
        }
    }

    func checkBooks() {
        do {
            for (tenant, check) in try processes[0].ledger.verify() {
                for defect in check.defects { find(.books, tenant.id, defect.problem) }
                if check.debits != check.credits { find(.books, tenant.id, "\(check.debits) debits, \(check.credits) credits") }
                report.heads.append(hexadecimal(check.head))
            }
        } catch {
            find(.books, "verify", "\(error)")
        }
    }

    func checkReconciliation() {
        for index in 0..<size.tenants {
            let id = tenant(index)
            run(processes[0], "reconcile") { [self] ledger in
                for difference in try await ledger.reconcile(id).differences { find(.reconcile, id, "\(difference)") }
            }
            finish()
        }
    }

    /// Whatever is unfinished says so, where somebody looks.
    func checkNothingStuck() {
        for stay in stays where stay.isOpened {
            guard let view = try? processes[0].ledger.folio(stay.reference, of: tenant(stay.tenant)) else { continue }
            if view.folio.state == .closing || view.folio.state == .awaitingGuest {
                let payments = view.payments.map {
                    "\($0.number) \($0.origin) \($0.state.rawValue) \($0.intent ?? $0.session ?? "without a page")"
                }
                let sessions = stay.pages.map {
                    "\($0) \(atStripe(stay.tenant, "/v1/checkout/sessions/\($0)")["status"]?.textValue ?? "gone")"
                }
                find(.stuck, stay.reference, "\(view.folio.state.rawValue) for ever: \((payments + sessions).joined(separator: ", "))")
            }
        }
        for index in 0..<size.tenants {
            for operation in (try? processes[0].ledger.openOperations(of: tenant(index))) ?? [] {
                find(
                    .stuck, operation.folio ?? tenant(index),
                    "\(operation.what.english) is \(operation.isParked ? "parked" : "waiting"): \(operation.problem ?? "")")
            }
        }
    }
}
