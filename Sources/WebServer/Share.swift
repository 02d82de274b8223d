/// What a connection has done in one turn of its loop. One that has had its share goes on in the next turn, after the others.
struct Share {
    private static let most = (answers: 4, readings: 4, bytes: 256 << 10)
    private var turn = 0
    private var answers = 0
    private var readings = 0
    private var bytes = 0

    /// Another turn brings another share.
    mutating func begin(_ turn: Int) {
        guard turn != self.turn else { return }
        self = Share()
        self.turn = turn
    }

    var mayAnswer: Bool { answers < Self.most.answers }
    var mayRead: Bool { readings < Self.most.readings }
    var mayWrite: Bool { bytes < Self.most.bytes }

    mutating func hasAnswered() { answers += 1 }
    mutating func hasRead() { readings += 1 }
    mutating func hasWritten(_ count: Int) { bytes += count }
}
