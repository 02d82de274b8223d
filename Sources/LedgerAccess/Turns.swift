/// Where somebody waits for the password hash.
struct WaitingPlace: Hashable {
    /// What is known of a place.
    enum Kind {
        /// Somebody has logged in from there, or shows a session that was ours, or is logged in.
        case known
        case unknown
        /// From there came wrong passwords a moment ago.
        case failing
    }

    let kind: Kind
    let name: String
}

/// The queue for the password hash, in an order that many attempts from strangers cannot change.
///
/// The places of one kind take turns, whatever the number of jobs at each. Each kind has a reserved share of the turns, and uses the turns
/// that the other kinds do not need.
struct Turns<Job> {
    /// The order in which the kinds get turns; a kind without waiting jobs is skipped.
    private static var order: [WaitingPlace.Kind] { [.known, .unknown, .known, .unknown, .failing] }

    private struct Line {
        /// Each place once.
        var places: [String] = []
        var jobs: [String: [Job]] = [:]
    }

    private let room: Int
    private let roomAtPlace: Int
    private var lines: [WaitingPlace.Kind: Line] = [:]
    private var turn = 0

    /// - Parameters:
    ///   - room: So many places of a kind.
    ///   - roomAtPlace: So many jobs of one place.
    init(room: Int, roomAtPlace: Int) {
        self.room = room
        self.roomAtPlace = roomAtPlace
    }

    var isEmpty: Bool { lines.values.allSatisfy(\.places.isEmpty) }

    func hasRoom(at place: WaitingPlace) -> Bool {
        guard let line = lines[place.kind] else { return true }
        return line.jobs[place.name].map { $0.count < roomAtPlace } ?? (line.places.count < room)
    }

    /// - Returns: Whether there was room.
    mutating func add(_ job: Job, at place: WaitingPlace) -> Bool {
        guard hasRoom(at: place) else { return false }
        var line = lines[place.kind] ?? Line()
        if line.jobs[place.name] == nil { line.places.append(place.name) }
        line.jobs[place.name, default: []].append(job)
        lines[place.kind] = line
        return true
    }

    mutating func next() -> Job? {
        let order = Self.order
        for step in 0..<order.count {
            let kind = order[(turn + step) % order.count]
            guard let job = next(of: kind) else { continue }
            turn = (turn + step + 1) % order.count
            return job
        }
        return nil
    }

    private mutating func next(of kind: WaitingPlace.Kind) -> Job? {
        guard var line = lines[kind], let place = line.places.first, var jobs = line.jobs[place] else { return nil }
        line.places.removeFirst()
        let job = jobs.removeFirst()
        if jobs.isEmpty {
            line.jobs[place] = nil
        } else {
            line.jobs[place] = jobs
            line.places.append(place)
        }
        lines[kind] = line
        return job
    }
}
