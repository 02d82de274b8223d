import Ledger

/// How long to wait after failed attempts: each time a multiple of the previous delay, up to an hour.
struct Backoff: Sendable {
    let firstSeconds: Int64
    let factor: Int64

    /// An event whose object cannot be booked yet, often because another one has to come first: 2 s, 8 s, 32 s …
    static let event = Backoff(firstSeconds: 2, factor: 4)
    /// An operation without an answer: 5 s, 15 s, 45 s …
    static let operation = Backoff(firstSeconds: 5, factor: 3)
    /// A task that failed as a whole, for example because Stripe is out of reach: 2 s, 4 s, 8 s …
    static let task = Backoff(firstSeconds: 2, factor: 2)

    static let mostSeconds: Int64 = 3600

    /// - Parameter attempts: The number of failed attempts; at least 1.
    func seconds(after attempts: Int) -> Int64 {
        var seconds = firstSeconds
        var left = attempts - 1
        while left > 0, seconds < Self.mostSeconds {
            seconds *= factor
            left -= 1
        }
        return min(seconds, Self.mostSeconds)
    }
}
