import Foundation
import Ledger
import LedgerService

extension World {
    /// Ends the faults, lets time pass, and looks whether everything comes to its end by itself.
    func settle() throws {
        troubleRate = 0
        finish()
        if processes.isEmpty { try start() }
        // Before time alone mends something: a hold that was forgotten lapses within a week.
        for _ in 0..<2 { try syncAll() }
        checkCover(isTold: true)
        clock.advance(seconds: 26 * 3600)
        for _ in 0..<2 { try syncAll() }
        checkNothingForgotten()
        // The house closes: everybody who is still there checks out, and some do not pay the link.
        for stay in stays where stay.isOpened && plant != .sentUnstored { checkOut(stay, processes[0]) }
        finish()
        if dice.chance(50) { guestActs() }
        for _ in 0..<3 {
            clock.advance(seconds: 26 * 3600)
            try syncAll()
            try syncAll()
        }
        // Until the last fee has arrived and the last refund has failed.
        clock.advance(seconds: 12 * 86_400)
        for _ in 0..<2 { try syncAll() }
        checkNothingForgotten()
        checkGuests()
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
        for index in 0..<size.tenants {
            let id = tenant(index)
            run(processes[0], "sync") { ledger in
                _ = try await ledger.sync(id)
                // The operator has been told, and has it sent again.
                if try ledger.openOperations(of: id).contains(where: \.isParked) { _ = try await ledger.retryOperations(nil, of: id) }
            }
            finish()
        }
    }
}
