import Ledger
import Testing

@testable import Console

@Suite struct `The progress bar` {
    @Test func `shows how far, how fast, and how long still`() {
        #expect(
            ProgressBar.line("Importing", 4210, of: 10198, after: 5000, width: 80)
                == "Importing  [============>                 ]  4210 of 10198  842/s  0:07 left")
        #expect(
            ProgressBar.line("Importing", 3, of: 7300, after: 2000, width: 60)
                == "Importing  [>             ]  3 of 7300  1.5/s  1:21:04 left")
        #expect(ProgressBar.line("Importing", 10, of: 10, after: 0, width: 60) == "Importing  [==============================]  10 of 10")
    }

    @Test(arguments: 1...100)
    func `is never wider than the terminal`(width: Int) {
        for done: Int64 in [0, 1, 5000, 10198, 20000] {
            let line = ProgressBar.line("Importing bookings", done, of: 10198, after: 60_000, width: width)
            #expect(displayWidth(line) <= max(1, width - 1))
        }
    }

    @Test func `nothing to do is no division by zero`() {
        #expect(ProgressBar.line("Importing", 0, of: 0, after: 0, width: 80) == "Importing  0 of 0")
    }

    @Test func `is drawn ten times a second at most, and taken away at the end`() {
        let screen = Screen()
        let bar = ProgressBar("Importing", total: 1000, terminal: screen.terminal(width: 60))
        for _ in 0..<1000 {
            screen.advance(milliseconds: 1)
            bar.advance()
        }
        #expect(screen.errors.count == 10)
        #expect(screen.errors.allSatisfy { $0.hasPrefix("\rImporting") && $0.hasSuffix("\u{1B}[K") })
        bar.finish()
        #expect(screen.errors.last == "\r\u{1B}[K")
        #expect(screen.output == "")
    }

    @Test func `is silent in a pipe`() {
        let screen = Screen()
        let bar = ProgressBar("Importing", total: 10, terminal: screen.terminal())
        bar.advance(by: 10)
        bar.finish()
        #expect(screen.errors == [])
    }
}
