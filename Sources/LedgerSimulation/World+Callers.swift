import Foundation
import JSON
import Ledger
import LedgerAPI
import WebServer

extension World {
    /// Somebody asks for something, and perhaps presses the button twice: the same request twice at once.
    @discardableResult
    func ask(_ deed: Asked.Deed, of stay: Stay, _ path: String, _ body: JSON? = nil, at process: Process) -> Asked {
        let target = "/v1/tenants/\(hotel(of: stay).id)/folios" + path
        let one = Asked(number: asked.count, stay: stay.index, deed: deed, target: target, body: body?.bytes ?? [])
        asked.append(one)
        send(one, to: process)
        if size.has(.callers), dice.chance(8) {
            count(.sameKeyAtOnce)
            send(one, to: dice.pick(houses[process.house].processes))
        }
        return one
    }

    /// A caller's request on its way to one of the programs, and the answer back.
    func send(_ one: Asked, to process: Process) {
        if one.sent > 0, one.running == 0 {
            count(.repeated)
            if one.lastProcess != process.number { count(.repeatedElsewhere) }
        }
        one.sent += 1
        one.running += 1
        one.movedAt = clock.now.milliseconds
        one.lastProcess = process.number
        let key = plant == .decidedAnew && one.sent > 1 ? "\(one.key)-\(one.sent)" : one.key
        var headers = [(name: "Authorization", value: "Bearer \(one.key)"), (name: "Idempotency-Key", value: key)]
        if !one.body.isEmpty { headers.append((name: "Content-Type", value: "application/json")) }
        var body = one.body
        // The planted bug: whatever was found is taken for something of the minibar.
        if plant == .lateOfOtherKind, case .lateCharge = one.deed {
            body = Array(String(decoding: body, as: UTF8.self).replacing("\"\(Self.otherKind)\"", with: "\"minibar\"").utf8)
        }
        let request = HTTPRequest(method: "POST", target: one.target, headers: headers, body: body)
        let wasFinal = one.final != nil
        run(process, one.target) { [self] _ in
            let response = await process.api.answer(request)
            one.running -= 1
            one.movedAt = clock.now.milliseconds
            // Nobody answers for a program that died.
            guard !process.isDead, let response, case .bytes(let body) = response.body else { return }
            // The planted bug: whoever asks again gets the first refusal.
            if plant == .refusalKept, one.keptRefusal == nil, response.status == 503 { one.keptRefusal = body }
            let status = one.keptRefusal == nil ? response.status : 409
            take(Asked.Answer(status: status, body: one.keptRefusal ?? body), response.headers, to: one, wasFinal)
        }
    }

    private func take(_ answer: Asked.Answer, _ headers: [(name: String, value: String)], to one: Asked, _ wasFinal: Bool) {
        trace("\(one.key) \(one.target) \(String(decoding: one.body, as: UTF8.self)): \(answer.status) \(answer.code)", about: one.stay)
        let what = "\(stays[one.stay].what) \(one.key) \(one.target.split(separator: "/").last ?? "")"
        if !answer.isDone { report.refusals[answer.code, default: 0] += 1 }
        // What a verb refuses that does not wait for Stripe is decided anew each time.
        if case .decision = one.deed, !answer.isDone { return one.isHeard = true }
        if case .raise = one.deed, answer.isDone, one.final == nil { count(.raised) }
        if let problem = one.take(answer, wasFinal: wasFinal, at: clock.now.unixSeconds), !one.isLost { find(.answers, what, problem) }
        switch answer.status {
        case 500: find(.unexpected, what, String(decoding: answer.body, as: UTF8.self))
        case 503:
            count(.notYet)
            if !headers.contains(where: { $0.name.lowercased() == "retry-after" }) {
                find(.answers, what, "503 \(answer.code) does not say when to come again")
            }
        default: break
        }
        guard answer.isFinal, !one.isHeard else { return }
        if size.has(.callers), dice.chance(8) {
            count(.answerMissed)
        } else {
            one.isHeard = true
        }
    }

    /// A caller who got no answer, or "not yet", asks again with the same key: here or elsewhere, at once or later. Now and then one who
    /// has the answer asks again, too.
    func callersAct() {
        let open = asked.filter { !$0.isHeard && !$0.isLost && $0.running == 0 }
        let all = open.isEmpty || dice.chance(4) ? asked.filter { !$0.isLost } : open
        guard !all.isEmpty else { return }
        let one = dice.pick(all)
        let house = houses[hotel(of: stays[one.stay]).house]
        send(one, to: dice.pick(house.processes))
    }

    /// Repeats what has no final answer yet.
    ///
    /// - Returns: Whether there was anything.
    func repeatUnanswered() -> Bool {
        let open = asked.filter { $0.final == nil && !$0.isLost && !$0.isHeard }
        for one in open {
            send(one, to: houses[hotel(of: stays[one.stay]).house].processes[0])
            finish()
        }
        return !open.isEmpty
    }

    /// Who asks: the token is the key of what is asked for.
    func caller(token: String) -> Caller? {
        guard let number = Int(token.dropFirst("ask-".count)), asked.indices.contains(number) else { return nil }
        return Caller(actor: asked[number].actor, role: .admin, tenant: hotel(of: stays[asked[number].stay]).id)
    }
}
