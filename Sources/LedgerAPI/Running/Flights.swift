/// Lets requests with one key run one after the other, so that a twin finds the answer of the first.
actor Flights {
    private var running: [String: [CheckedContinuation<Void, Never>]] = [:]

    nonisolated func oneAtATime<Value: Sendable>(_ key: String, _ body: () async throws -> Value) async rethrows -> Value {
        await enter(key)
        do {
            let value = try await body()
            await leave(key)
            return value
        } catch {
            await leave(key)
            throw error
        }
    }

    private func enter(_ key: String) async {
        guard running[key] != nil else {
            running[key] = []
            return
        }
        await withCheckedContinuation { running[key]!.append($0) }
    }

    private func leave(_ key: String) {
        guard var waiting = running[key], !waiting.isEmpty else {
            running[key] = nil
            return
        }
        let next = waiting.removeFirst()
        running[key] = waiting
        next.resume()
    }
}
