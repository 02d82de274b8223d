/// One request to an endpoint, understood.
struct Call {
    let requestID: String
    let idempotencyKey: String?
    /// What stood in the path's placeholders, by name.
    let ids: [String: String]
    let path: String
    var parameters: Parameters

    /// The one id in the path.
    var id: String { ids.first?.value ?? "" }
}

/// API versions whose shapes the simulator answers in.
enum StripeVersion {
    static let current = "2026-08-26.dahlia"
    static let known: Set<String> = [
        "2026-03-25.dahlia", "2026-04-22.dahlia", "2026-05-27.dahlia", "2026-06-24.dahlia", "2026-07-29.dahlia", "2026-08-26.dahlia",
    ]
}
