/// One way to add lines, on a file of its own.
protocol Contender: AnyObject {
    var name: String { get }
    /// Adds lines for about `time` and returns how many are durable.
    func run(for time: Duration) async throws -> Int
    /// Adds about `lines` lines: as many whole batches as fit.
    func add(_ lines: Int) async throws
}
