import Foundation
import Ledger
import LedgerService

extension World {
    /// Ends the faults, lets time pass, and looks whether everything comes to its end by itself.
    func settle() throws {
        troubleRate = 0
        showHidden(all: true)
        finish()
        if let backup { try bringBack(backup) }
        // Before time alone mends something: a hold that was forgotten expires within a week.
        for _ in 0..<2 { try syncAll() }
        checkCover(isTold: true)
        checkHolds()
        checkChains()
        clock.advance(seconds: 26 * 3600)
        checkEnds()
        for _ in 0..<2 { try syncAll() }
        checkNothingForgotten()
        findLateCharges()
        // The house closes: everybody who is still there checks out, and some do not pay the link.
        for stay in stays where stay.isOpened && plant != .sentUnstored { checkOut(stay, reader(of: hotel(of: stay))) }
        finish()
        if dice.chance(50) { guestActs() }
        for _ in 0..<3 {
            clock.advance(seconds: 26 * 3600)
            try syncAll()
            _ = repeatUnanswered()
            try syncAll()
        }
        // Until the last fee has arrived and the last refund has failed.
        clock.advance(seconds: 12 * 86_400)
        for _ in 0..<2 { try syncAll() }
        if repeatUnanswered() { try syncAll() }
        checkNothingForgotten()
        checkHolds()
        checkChainsAtEnd()
        checkKeptAtEnd()
        checkGuests()
        checkAnswers()
        checkBalance()
        checkPayouts()
        checkDays()
        checkBooks()
        checkReconciliation()
        checkNothingStuck()
    }

    private func syncAll() throws {
        receiveMail()
        while !mail.isEmpty {
            let letter = mail.removeFirst()
            simulator.delivered(letter.delivery.id, status: 200)
            if dice.chance(50) { deliver(letter) }
            finish()
            receiveMail()
        }
        for hotel in hotels {
            run(reader(of: hotel), "sync") { [self] ledger in
                try await bringUpToDate(hotel, ledger)
                // The operator has been told, and has it sent again.
                if try ledger.openOperations(of: hotel.id).contains(where: \.isParked) {
                    _ = try await ledger.retryOperations(nil, of: hotel.id)
                }
            }
            finish()
            // News of what a file has forgotten comes for as long as Stripe keeps it.
            guard restored.contains(hotel.house) else { continue }
            run(reader(of: hotel), "a repair") { _ = try await $0.repair(hotel.id, by: "operator") }
            finish()
            acceptOtherCustomers(house(of: hotel))
            giveBackTooMuch(house(of: hotel))
            decideFound(house(of: hotel))
        }
    }
}
