/// Names and values below each other. Amounts are aligned by their last digit.
///
/// A value that is too long for the place beside its name stands below it: whole, unless it is longer than a line.
///
/// - Parameter width: Columns of the terminal, of which 20 at least are used; `nil` for a pipe, where nothing is broken.
func fieldList(_ fields: [(title: String, cell: Cell)], width: Int?) -> String {
    let width = width.map { max($0, 20) } ?? .max
    // On a narrow terminal a single long name leaves the others their place.
    let left = fields.map { displayWidth($0.title) }.filter { $0 <= width / 2 }.max() ?? 0
    let room = width - left - 2
    let amounts = fields.filter { $0.cell.currency != nil }.map { displayWidth($0.cell.shown) }.max() ?? 0
    return fields.map { title, cell in
        let value = cell.currency == nil ? cell.shown : padded(cell.shown, to: amounts, right: true)
        let fits = displayWidth(value) <= room
        guard displayWidth(title) <= left, fits || (room >= 20 && widestWord(of: value) <= room) else {
            return (wrapped(title, to: width) + wrapped(value, to: width - 2).map { "  " + $0 }).map { $0 + "\n" }.joined()
        }
        let lines = fits ? [value] : wrapped(value, to: room)
        return "\(padded(title, to: left))  " + lines.joined(separator: "\n" + String(repeating: " ", count: left + 2)) + "\n"
    }.joined()
}
