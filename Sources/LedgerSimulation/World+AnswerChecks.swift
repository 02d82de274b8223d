import JSON
import Ledger
import LedgerService
import LedgerStore

extension World {
    /// After everything has come to its end: what a request was answered is what it did, by Stripe's books and ours.
    func checkAnswers() {
        checkFinal()
        checkRefundAnswers()
        checkEndings()
        checkPages()
    }

    private func what(_ one: Asked) -> String {
        "\(stays[one.stay].what) \(one.key) \(one.target.split(separator: "/").last ?? "")"
    }

    private func checkFinal() {
        for one in asked where one.final == nil && !one.isLost && !one.isHeard {
            find(.answers, what(one), "was never answered for good; last \(one.last.map { "\($0.status) \($0.code)" } ?? "nothing")")
        }
    }

    /// Each request that was told its refund is made has made one, and no other has.
    private func checkRefundAnswers() {
        var wishes: [(reason: String, requests: [Asked])] = []
        for one in asked {
            guard case .refund(let reason, _) = one.deed else { continue }
            if let last = wishes.indices.last, wishes[last].reason == reason {
                wishes[last].requests.append(one)
            } else {
                wishes.append((reason, [one]))
            }
        }
        for (reason, requests) in wishes where !requests.contains(where: \.isLost) {
            let (made, told) = (belongings.refunds[reason] ?? [], requests.filter { $0.final?.isDone == true })
            guard made.count != told.count else { continue }
            let answers = requests.map { $0.final.map { "\($0.status) \($0.code)" } ?? "none" }.joined(separator: ", ")
            find(.answers, what(requests[0]), "\(made.count) refunds at Stripe, \(told.count) told so: \(answers)")
        }
    }

    /// Who was told that a stay is ended, or ending, has ended it; nobody else has.
    private func checkEndings() {
        for stay in stays where stay.isOpened {
            let hotel = hotel(of: stay)
            let found = try? reader(of: hotel).file.read { transaction in
                try transaction.tenant(hotel.id).flatMap { tenant in
                    try transaction.folio(stay.reference, of: tenant).map { try transaction.checkOuts(of: $0, of: tenant) }
                }
            }
            guard let checkOuts = found ?? nil else { continue }
            for one in asked where one.stay == stay.index && !one.isLost {
                guard case .end = one.deed, let final = one.final else { continue }
                let own = checkOuts.filter { $0.actor == one.actor }
                if !final.isDone, !own.isEmpty {
                    find(.answers, what(one), "\(final.status) \(final.code), and its check-out is \(own[0].state.rawValue)")
                }
                if final.isDone, own.isEmpty {
                    // The same plan was being carried out for somebody else, and this request saw it to its end.
                    let plan = JSON(parsing: one.body)?["plan"]?.textValue
                    if plan == nil || !checkOuts.contains(where: { $0.plan == plan }) {
                        find(.answers, what(one), "\(final.status), and nothing was begun")
                    }
                }
                if own.count > 1 { find(.answers, what(one), "\(own.count) check-outs for one request") }
            }
        }
    }

    /// Pages that guests are asked to pay or reserve on: made for those who were told so. A page that lapsed before its answer came moved
    /// nothing: it is made once more under its key, or refused by then.
    private func checkPages() {
        var made: [Int: [Int64]] = [:]
        for origin in belongings.sessions.values where !origin.isStep { made[origin.stay, default: []].append(origin.amount) }
        for one in asked where !one.isLost {
            guard case .payment(let amount) = one.deed, let final = one.final else { continue }
            let count = made[one.stay, default: []].count { $0 == amount }
            if final.isDone, count == 0 { find(.answers, what(one), "\(final.status) \(final.code), and no page") }
        }
    }
}
