/// It was looked for often enough.
package struct NeverCame: Error { let what: String }

/// Looks until something is so. It takes real time, so the limit is generous.
///
/// - Parameter what: Named when it does not come.
package func eventually(
    _ what: String = "it never came to that", within limit: Duration = .seconds(60), _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else { throw NeverCame(what: what) }
        try await Task.sleep(for: .milliseconds(10))
    }
}
