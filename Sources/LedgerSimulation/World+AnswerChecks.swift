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
        checkRaises()
        checkLateAnswers()
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
                    try transaction.withBook(of: tenant) { book in try book.folio(stay.reference).map { try book.checkOuts(of: $0) } }
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

    /// Pages that guests are asked to pay or reserve on: each request that was told so has one, and no other has. A page that expired before
    /// its answer came is over: it is made once more under its key, or refused by then.
    private func checkPages() {
        var made: [Int: [Belongings.Origin]] = [:]
        for origin in belongings.sessions.values where !origin.isStep && !origin.renews { made[origin.stay, default: []].append(origin) }
        for one in asked where !one.isLost {
            guard let amount = one.deed.pageAmount, let final = one.final else { continue }
            let pages = made[one.stay, default: []].filter { $0.amount == amount }
            let calls = Set(pages.map(\.key)).count
            let live = pages.filter { $0.life.upperBound > one.finalAt }.count
            // A hold of a later stay is placed on a card that a page without an amount saves.
            let isRight =
                final.isDone ? calls == 1 && !Self.overlap(pages) || (calls == 0 && one.deed.mayBeWithoutPage) : live == 0
            if !isRight { find(.answers, what(one), "\(final.status) \(final.code), \(calls) calls and \(live) pages that live") }
        }
    }

    /// Nothing is held beyond what a guest has consented to.
    private func checkRaises() {
        for one in asked {
            guard case .raise(let total) = one.deed, total >= Self.tooFar, let final = one.final, final.isDone else { continue }
            find(.answers, what(one), "\(final.status), and no guest consents to holds of \(total)")
        }
    }

    /// Whether a guest could have used two of them at once.
    private static func overlap(_ pages: [Belongings.Origin]) -> Bool {
        let lives = pages.map(\.life).sorted { $0.lowerBound < $1.lowerBound }
        return zip(lives, lives.dropFirst()).contains { $0.upperBound > $1.lowerBound }
    }
}

extension Asked.Deed {
    /// What the page asks for that a request is to make; nil for one that makes none.
    fileprivate var pageAmount: Int64? {
        switch self {
        case .hold(let amount), .payment(let amount): amount
        case .open, .end, .release, .renewal, .raise, .lateCharge, .refund, .decision: nil
        }
    }

    /// Of a hold on a later stay the page has no amount.
    fileprivate var mayBeWithoutPage: Bool { if case .hold = self { true } else { false } }
}
