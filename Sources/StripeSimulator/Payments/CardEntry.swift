/// Card data as somebody typed it.
struct CardEntry {
    struct Problem: Equatable {
        let code: String
        let field: String
        let message: String
        var declineCode: String?
    }

    let digits: String
    let month: Int
    let fullYear: Int
    let cvc: String?

    /// - Parameters:
    ///   - number: Spaces and dashes are ignored.
    ///   - year: Two or four digits.
    init(number: String, month: Int, year: Int, cvc: String?) {
        digits = number.filter { $0 != " " && $0 != "-" }
        self.month = month
        fullYear = year < 100 ? 2000 + year : year
        self.cvc = cvc
    }

    /// - Parameter now: Unix seconds.
    /// - Returns: What Stripe would answer, or nil when the card can be tried. Only numbers made for tests can.
    func problem(now: Int) -> Problem? {
        guard digits.count >= 12, digits.allSatisfy({ $0.isASCII && $0.isNumber }), Self.passesLuhn(digits) else {
            return Problem(code: "incorrect_number", field: "number", message: "Your card number is incorrect.")
        }
        guard (1...12).contains(month) else {
            return Problem(code: "invalid_expiry_month", field: "exp_month", message: "Your card's expiration month is invalid.")
        }
        let today = CivilDate(unixSeconds: now)
        guard fullYear >= today.year, fullYear <= today.year + 50 else {
            return Problem(code: "invalid_expiry_year", field: "exp_year", message: "Your card's expiration year is invalid.")
        }
        guard (fullYear, month) >= (today.year, today.month) else {
            return Problem(code: "invalid_expiry_month", field: "exp_month", message: "Your card's expiration month is invalid.")
        }
        if let cvc, !(3...4).contains(cvc.count) || !cvc.allSatisfy({ $0.isASCII && $0.isNumber }) {
            return Problem(code: "invalid_cvc", field: "cvc", message: "Your card's security code is invalid.")
        }
        guard TestCard.numbered(digits) != nil else {
            return Problem(
                code: "card_declined", field: "number",
                message:
                    "Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, "
                    + "visit: "
                    + "https://stripe.com/docs/testing.", declineCode: "test_mode_live_card")
        }
        return nil
    }

    /// - Source: ISO/IEC 7812-1, annex B.
    static func passesLuhn(_ digits: String) -> Bool {
        var sum = 0
        for (position, character) in digits.reversed().enumerated() {
            guard let digit = character.wholeNumberValue else { return false }
            let weighted = position % 2 == 1 ? digit * 2 : digit
            sum += weighted > 9 ? weighted - 9 : weighted
        }
        return sum % 10 == 0
    }
}

/// A day of the Gregorian calendar in UTC.
///
/// - Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
struct CivilDate {
    let year: Int
    let month: Int
    let day: Int

    init(unixSeconds: Int) {
        let days = (unixSeconds >= 0 ? unixSeconds / 86_400 : (unixSeconds - 86_399) / 86_400) + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}
