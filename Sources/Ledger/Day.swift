import Foundation

/// A day of the proleptic Gregorian calendar, in no time zone of its own: arrivals, departures and service
/// dates are the tenant's days.
package struct Day: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01.
    package let number: Int

    /// - Parameter number: One too far away for any calendar, which only a stranger sends, becomes the first or the last day there is.
    package init(number: Int) { self.number = number.clamped(to: Self.numbers) }

    /// Some years more than can be written, so that the month after 9999-12 has a first day.
    private static let numbers = -1_000_000...4_000_000

    /// - Returns: `nil` unless the three name a real day of the years 1 to 9999.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        self.init(number: Self.number(year, month, day))
        guard components == (year, month, day) else { return nil }
    }

    /// Reads `2026-11-20`, and nothing else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == 45, bytes[7] == 45,
            let year = decimal(bytes[0..<4]), let month = decimal(bytes[5..<7]), let day = decimal(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// - Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, so the leap day comes last.
    fileprivate static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Year, month 1...12 and day of the month 1...31.
    ///
    /// - Source: `civil_from_days` of the same paper.
    package var components: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// The calendar month that contains the day.
    package var month: Month { Month(unchecked: components.year, components.month) }

    /// Negative goes back. Beyond the days there are it stays at the first or the last one.
    package func adding(days: Int) -> Day { Day(number: number.clampedAdding(days)) }

    /// Days from `self` to `other`; negative when `other` is earlier.
    package func days(until other: Day) -> Int { other.number - number }

    package static func < (a: Day, b: Day) -> Bool { a.number < b.number }

    package var description: String {
        let (year, month, day) = components
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

/// A calendar month, written `2026-10`.
package struct Month: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// 1...9999, unless arithmetic has left these years.
    package let year: Int
    /// 1 for January ... 12 for December.
    package let month: Int

    /// - Returns: `nil` outside the years 1 to 9999 and the months 1 to 12.
    package init?(year: Int, month: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        self.year = year
        self.month = month
    }

    /// Reads `2026-10`, and nothing else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 7, bytes[4] == 45, let year = decimal(bytes[0..<4]), let month = decimal(bytes[5..<7]) else { return nil }
        self.init(year: year, month: month)
    }

    /// Arithmetic may leave the years that can be written: the month after 9999-12 still has a first day.
    fileprivate init(unchecked year: Int, _ month: Int) {
        self.year = year
        self.month = month
    }

    /// The first of the month.
    package var firstDay: Day { Day(number: Day.number(year, month, 1)) }
    /// The 28th to the 31st.
    package var lastDay: Day { next.firstDay.adding(days: -1) }
    /// The month after; of 9999-12 it can be computed, but not written.
    package var next: Month { month == 12 ? Month(unchecked: year + 1, 1) : Month(unchecked: year, month + 1) }

    /// The month before.
    package var previous: Month { month == 1 ? Month(unchecked: year - 1, 12) : Month(unchecked: year, month - 1) }

    package static func < (a: Month, b: Month) -> Bool { (a.year, a.month) < (b.year, b.month) }

    package var description: String { "\(padded(year, 4))-\(padded(month, 2))" }
}

// MARK: - Days and instants

extension Day {
    /// The instant at which this day begins there: midnight, or the end of the hour that clocks skip at midnight.
    package func start(in zone: TimeZone) -> Instant { at(hour: 0, in: zone) }

    /// The instant when clocks there first show this hour of this day, or, where they skip it, a later one.
    package func at(hour: Int, minute: Int = 0, in zone: TimeZone) -> Instant {
        let shown = Int64(number) * 86_400 + Int64(hour) * 3600 + Int64(minute) * 60
        // No zone is a day away from UTC, so these two are the offsets on both sides of a change of clocks, if there is one.
        let offsets = [zone.offset(at: shown - 86_400), zone.offset(at: shown + 86_400)]
        var low = shown - offsets.max()!
        var high = shown - offsets.min()!
        if low + zone.offset(at: low) == shown { return Instant(unixSeconds: low) }
        if high + zone.offset(at: high) == shown { return Instant(unixSeconds: high) }
        // Skipped: the clocks change somewhere in between.
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if middle + zone.offset(at: middle) < shown { low = middle } else { high = middle }
        }
        return Instant(unixSeconds: high)
    }
}

extension TimeZone {
    /// Seconds that clocks there are ahead of UTC at that instant.
    fileprivate func offset(at unixSeconds: Int64) -> Int64 {
        Int64(secondsFromGMT(for: Date(timeIntervalSince1970: Double(unixSeconds))))
    }
}

extension Instant: CustomStringConvertible {
    /// The day that calendars there show at this instant.
    package func day(in zone: TimeZone) -> Day {
        let seconds = unixSeconds + zone.offset(at: unixSeconds)
        return Day(number: Int((seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400))
    }

    /// ISO 8601 in UTC to the second: `2026-11-20T09:30:00Z`.
    package var description: String {
        let day = Int((unixSeconds - secondOfDay) / 86_400)
        return "\(Day(number: day))T\(padded(secondOfDay / 3600, 2)):\(padded(secondOfDay / 60 % 60, 2)):\(padded(secondOfDay % 60, 2))Z"
    }

    private var secondOfDay: Int64 { (unixSeconds % 86_400 + 86_400) % 86_400 }

    /// Reads `2026-11-20T09:30:00Z`, and nothing else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, bytes[10] == 84, bytes[13] == 58, bytes[16] == 58, bytes[19] == 90,
            let day = Day(String(text.prefix(10))),
            let hour = decimal(bytes[11..<13]), let minute = decimal(bytes[14..<16]), let second = decimal(bytes[17..<19]),
            hour < 24, minute < 60, second < 60
        else { return nil }
        self.init(unixSeconds: Int64(day.number) * 86_400 + Int64(hour * 3600 + minute * 60 + second))
    }
}

private func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
        guard (48...57).contains(digit) else { return nil }
        value = value * 10 + Int(digit - 48)
    }
    return value
}

private func padded(_ value: some BinaryInteger, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Language {
    /// `24.11.2026, 09:30`, as clocks of that zone show it.
    package func instant(_ instant: Instant, in zone: TimeZone) -> String {
        "\(instant.day(in: zone).text(in: self)), \(clock(instant, zone))"
    }

    /// The same within a sentence: `24.11.2026 um 09:30 Uhr`, `24 Nov 2026 at 09:30`.
    package func moment(_ instant: Instant, in zone: TimeZone) -> String {
        let (day, time) = (instant.day(in: zone).text(in: self), clock(instant, zone))
        return self == .german ? "\(day) um \(time) Uhr" : "\(day) at \(time)"
    }

    private func clock(_ instant: Instant, _ zone: TimeZone) -> String {
        let seconds = Int(instant.unixSeconds) + zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.unixSeconds)))
        let minutes = (seconds % 86_400 + 86_400) % 86_400 / 60
        return "\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
    }
}
