import JSON
import Ledger

extension World {
    /// What a bank has said about a card is heeded, whatever the card is asked for next.
    func check(_ new: Try, _ sent: Sent, _ card: JSON, _ process: Process) {
        defer { watch.tries.append(new) }
        if new.lastWord != nil, size.has(.cover) { count(.lastWord) }
        guard let operation = sent.operation, !new.card.isEmpty else { return }
        learnRefusals(of: new, process)
        let known = watch.tries.filter { $0.hotel == new.hotel && $0.card == new.card && ($0.knownSince ?? .max) <= operation.created }
        let what = "\(new.stay.map { stays[$0].what } ?? hotels[new.hotel].id), \(operation.kind)"
        if let last = known.first(where: { $0.lastWord != nil }) {
            find(.lastWord, what, "the card is tried after \(last.lastWord ?? "") at \(last.at)")
        }
        let since = Instant(milliseconds: operation.created).adding(seconds: -Promised.refusalDays * 86_400)
        let counted = known.count { $0.isCounted && $0.at > since }
        if counted >= Promised.refusals {
            find(.tries, what, "the card is tried after \(counted) refusals in \(Promised.refusalDays) days")
        }
        if new.renews != nil { checkPace(new, operation, card, what) }
    }

    private func checkPace(_ new: Try, _ operation: Sent.Stored, _ card: JSON, _ what: String) {
        // A file that was brought back has forgotten some.
        guard !restored.contains(hotels[new.hotel].house) else { return }
        let before = watch.tries.filter { $0.renews == new.renews }
        if before.count >= Promised.tries { find(.tries, what, "\(before.count) tries to renew one hold, and another one") }
        let decided = Instant(milliseconds: operation.created)
        if let last = before.last, decided < last.at.adding(seconds: Promised.secondsBetweenTries) {
            find(.tries, what, "the bank was asked at \(last.at), and the next try is decided at \(decided)")
        }
        guard !operation.isAsked else { return }
        if !Promised.isOpen(decided) { find(.tries, what, "a bank is to be asked at \(decided)") }
        if !hotels[new.hotel].renewsDebit, ["debit", "prepaid"].contains(card["funding"]?.textValue) {
            find(.tries, what, "the guest's own money is blocked twice, and nobody has asked for that")
        }
    }

    /// A guest is asked for a hold in the place of another by day.
    func checkHourOfPage(_ sent: Sent) {
        guard let operation = sent.operation, operation.renewal != nil, !operation.isAsked else { return }
        let decided = Instant(milliseconds: operation.created)
        if !Promised.isOpen(decided) {
            find(.tries, stay(of: sent).map { stays[$0].what } ?? "", "a guest is to be asked at \(decided)")
        }
    }

    /// From when on the books have the refusals of a card: a program cannot heed what it never heard.
    private func learnRefusals(of new: Try, _ process: Process) {
        for index in watch.tries.indices {
            let one = watch.tries[index]
            guard one.isRefused, one.knownSince == nil, one.hotel == new.hotel, one.card == new.card else { continue }
            watch.tries[index].knownSince = try? process.file.read { transaction in
                try transaction.one("SELECT finished_at FROM operation WHERE idempotency_key = \(one.key) AND state = 'refused'") {
                    try $0.int64(0)
                }
            }
        }
    }

    /// A file that was brought back has forgotten what it knew.
    func forgetRefusals(of house: Int) {
        for index in watch.tries.indices where hotels[watch.tries[index].hotel].house == house { watch.tries[index].knownSince = nil }
    }
}
