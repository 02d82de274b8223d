/// What is to be sent to a client, and how far that has come.
struct Outgoing {
    enum Progress {
        /// The client's socket has taken all of it.
        case sent
        /// It goes on in the loop's next turn.
        case hadItsShare
        /// The client takes nothing for now.
        case notYet
        /// The producer has nothing for now.
        case nothing
        /// The client has gone, or the producer has failed.
        case ended
    }

    private var bytes: [UInt8] = []
    private var sent = 0
    /// A large body follows the bytes as it is, not copied.
    private var following: [UInt8] = []
    private var stream: BodyStream?
    private var isChunked = false
    /// When the answer began, or the client last took as much of it as it has to.
    private(set) var since = ContinuousClock.now
    private var taken = 0
    /// As much of an answer has to be taken in the time that an idle connection has.
    private static let leastTaken = 64 << 10
    private static let mostCopied = 16 << 10

    /// Whether nothing waits for the client. A stream without news is its producer's matter.
    var isEmpty: Bool { sent == bytes.count }

    /// Has the client go on with its body.
    mutating func sendContinue() { bytes += Array("HTTP/1.1 100 Continue\r\n\r\n".utf8) }

    mutating func begin(_ response: HTTPResponse, _ length: ResponseHead.Length, closing: Bool, body: [UInt8] = []) {
        bytes += ResponseHead.bytes(of: response, length, closing: closing)
        if body.count > Self.mostCopied { following = body } else { bytes += body }
        (since, taken) = (.now, 0)
    }

    mutating func follow(with stream: BodyStream, isChunked: Bool) { (self.stream, self.isChunked) = (stream, isChunked) }

    mutating func abandon() {
        stream?.abandon()
        stream = nil
    }

    /// Sends what there is.
    mutating func send(to channel: Channel, _ share: inout Share) -> Progress {
        while true {
            guard !isEmpty else {
                guard let stream else { return .sent }
                switch stream.take() {
                case .nothing: return .nothing
                case .broken: return .ended
                case .bytes(let piece): add(piece)
                case .end: end()
                }
                continue
            }
            guard share.mayWrite else { return .hadItsShare }
            switch bytes.withUnsafeBytes({ channel.write(UnsafeRawBufferPointer(rebasing: $0[sent...])) }) {
            case .bytes(let count):
                share.hasWritten(count)
                wasTaken(count)
            case .notYet: return .notYet
            case .ended: return .ended
            }
        }
    }

    private mutating func add(_ piece: [UInt8]) {
        bytes = isChunked ? Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + [13, 10] : piece
        (since, taken) = (.now, 0)
    }

    private mutating func end() {
        stream = nil
        bytes = isChunked ? Array("0\r\n\r\n".utf8) : []
    }

    private mutating func wasTaken(_ count: Int) {
        sent += count
        taken += count
        if taken >= Self.leastTaken { (since, taken) = (.now, 0) }
        if isEmpty { (bytes, following, sent) = (following, [], 0) }
    }
}
