import Ledger

/// One of several lines or items was refused, so nothing was done with any of them.
package struct RefusedRow: Refusal {
    /// Of the first one that was refused.
    package let place: Phrase
    /// As for one that comes alone; never a `RefusedRow`.
    package let why: any Refusal
    private let nothing: Phrase

    /// - Parameter nothing: What did not happen, as the beginning of a sentence.
    package init(
        _ why: any Refusal, at place: Phrase, nothing: Phrase = Phrase("Nothing was added", "Nichts wurde gebucht")
    ) {
        (self.why, self.place, self.nothing) = (why, place, nothing)
    }

    /// The same for a row of a file, by its line.
    package init(_ why: any Refusal, atLine line: Int, nothing: Phrase) {
        self.init(why, at: Phrase("line \(line)", "Zeile \(line)"), nothing: nothing)
    }

    /// That of `why`.
    package var code: String { why.code }
    package var message: String { "\(nothing.english) because of \(place.english): \(why.message)" }
    package var hint: String? { why.hint }
    package var german: RefusalWords {
        RefusalWords("\(nothing.german) wegen \(place.german): \(why.german.message)", hint: why.german.hint)
    }
}
