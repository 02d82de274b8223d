import Testing

@Suite struct `Listening` {
    @Test func `on every address wants one that guests can come back to`() async throws {
        let desk = try await Desk()
        let result = try await desk.run(["serve", "--listen", "0.0.0.0:0", "--db", desk.file])
        #expect(result.exit == 2 && result.errors.contains("name one with --public-url."), "\(result.exit) \(result.errors)")
    }
}
