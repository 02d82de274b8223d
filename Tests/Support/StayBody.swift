import JSON

extension JSON {
    /// What the API is sent to open a stay, 300.00 EUR to be reserved: from today for two nights, or in December.
    package static func stay(
        _ reference: String, guest: JSON = ["name": "Anna Weiss", "email": "anna@example.com"], mode: String = "reserved",
        amount: Int = 30000, isAhead: Bool = false
    ) -> JSON {
        [
            "reference": .text(reference), "guest": guest, "arrival": isAhead ? "2026-12-10" : "2026-11-18",
            "departure": isAhead ? "2026-12-12" : "2026-11-20",
            "payment": ["mode": .text(mode), "method": "card", "amount": .int(amount)],
        ]
    }
}
