import JSON
import Ledger

/// A fee run as the files that the operator's ERP reads. Made of the run alone: the same run always has the same bytes.
package enum FeeFiles {
    /// Both files, each with its name.
    package static func all(of run: FeeRun) -> [(name: String, bytes: [UInt8])] {
        [("\(fileName(run)).csv", csv(run)), ("\(fileName(run)).json", json(run))]
    }

    /// Without an ending: `fees-2026-11-run-3`.
    package static func fileName(_ run: FeeRun) -> String { "fees-\(run.name)" }

    /// One line for each row, and a line with the names of the columns before them.
    package static func csv(_ run: FeeRun) -> [UInt8] { FeeShapes.row.fileHeader + FeeShapes.row.fileLines(run.fileRows) }

    /// The run with its rows, as the API shows it, and a line break.
    package static func json(_ run: FeeRun) -> [UInt8] { FeeShapes.run.json(run).bytes + [UInt8(ascii: "\n")] }
}
