import Testing

@testable import Ledger

@Suite struct `What keeps a month open` {
    @Test(arguments: MonthObstacle.Kind.allCases)
    func `names its way out, in one sentence and without a command where nobody is at the command line`(_ kind: MonthObstacle.Kind) {
        for sentence in [kind.wayOut.english, kind.wayOut.german] {
            #expect(sentence.hasSuffix(".") && !sentence.dropLast().contains(".") && !sentence.contains("`"), "\(sentence)")
        }
        #expect(kind.wayOut.english != kind.wayOut.german)
        #expect(kind.command.hasSuffix(".") && !kind.command.dropLast().contains(".") && kind.command.contains("`"), "\(kind.command)")
    }

    @Test func `says it once for each kind`() {
        let obstacles = [MonthObstacle(.eventParked, ["evt_1", "evt_2"])!, MonthObstacle(.objectUnreadable, ["txn_1"])!]
        #expect(obstacles.commands == "\(MonthObstacle.Kind.eventParked.command) \(MonthObstacle.Kind.objectUnreadable.command)")
        #expect(
            obstacles.wayOut.german
                == "\(MonthObstacle.Kind.eventParked.wayOut.german) \(MonthObstacle.Kind.objectUnreadable.wayOut.german)")
    }
}
