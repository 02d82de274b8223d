import Testing

@testable import LedgerService

@Suite struct `Tasks with one key` {
    private struct Refused: Error {}

    private actor Log {
        private(set) var lines: [String] = []
        func add(_ line: String) { lines.append(line) }
    }

    @Test func `run one after the other, whatever becomes of them`() async {
        let (lock, log) = (KeyedLock<String>(), Log())
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask {
                    try? await lock.withLock(on: "a") {
                        await log.add("in")
                        await Task.yield()
                        await log.add("out")
                        if number.isMultiple(of: 3) { throw Refused() }
                    }
                }
            }
        }
        #expect(await log.lines == (0..<50).flatMap { _ in ["in", "out"] })
    }

    @Test func `do not wait for another key`() async {
        let lock = KeyedLock<String>()
        let answer = await lock.withLock(on: "a") { await lock.withLock(on: "b") { 1 } }
        #expect(answer == 1)
        #expect(await lock.withLock(on: "a") { 2 } == 2)
    }
}
