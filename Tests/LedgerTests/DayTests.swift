import Foundation
import TestSupport
import Testing

@testable import Ledger

@Suite struct `Days and instants` {
    private static let berlin = TimeZone(identifier: "Europe/Berlin")!

    private static func calendar(_ zone: TimeZone) -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        return calendar
    }

    @Test(arguments: UInt64(0)..<4)
    func `a day is the day that the calendar says`(seed: UInt64) throws {
        var random = Noise(seed: seed)
        let calendar = Self.calendar(TimeZone(identifier: "UTC")!)
        for _ in 0..<500 {
            // After 1582, where Foundation's calendar is Gregorian, too.
            let day = Day(number: Int.random(in: -140_000...2_900_000, using: &random))
            let parts = calendar.dateComponents([.year, .month, .day], from: Date(timeIntervalSince1970: Double(day.number) * 86_400))
            #expect(day.components.year == parts.year && day.components.month == parts.month && day.components.day == parts.day)
            #expect(Day(day.description) == day)
            #expect(day.month.firstDay <= day && day <= day.month.lastDay && day.month.lastDay.adding(days: 1) == day.month.next.firstDay)
            #expect(Month(day.month.description) == day.month)
        }
    }

    @Test func `every day of 10,000 years follows the one before`() throws {
        var day = try #require(Day("0001-01-01"))
        let last = try #require(Day("9999-12-31"))
        var (year, month, number) = (1, 1, 1)
        while day <= last {
            let found = day.components
            if found != (year, month, number) || Day(year: year, month: month, day: number) != day {
                Issue.record("\(day) is not \(year)-\(month)-\(number)")
                return
            }
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            number += 1
            if number > [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] { (month, number) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
            day = day.adding(days: 1)
        }
    }

    @Test(arguments: [
        "", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "2026-1-01", "2026/01/01", "2026-01-011", "-026-01-01",
        "2026-01-1 ",
        "２026-1-1",
    ])
    func `what names no day is refused`(text: String) { #expect(Day(text) == nil) }

    @Test func `the last month that can be written ends like any other`() throws {
        let last = try #require(Month("9999-12"))
        #expect(last.lastDay.description == "9999-12-31")
        #expect(last.next.firstDay == last.lastDay.adding(days: 1))
        #expect(last.lastDay.adding(days: 1).month > last)
        for text in ["2026-13", "2026-00", "2026-1", "26-10", "2026-10-01", "0000-01"] { #expect(Month(text) == nil) }
    }

    @Test func `half past eleven on New Year's Eve in UTC is next year in Berlin`() throws {
        let instant = try #require(Instant("2026-12-31T23:30:00Z"))
        #expect(instant.day(in: Self.berlin).description == "2027-01-01")
        #expect(instant.day(in: Self.berlin).month.description == "2027-01")
        #expect(instant.day(in: TimeZone(identifier: "UTC")!).month.description == "2026-12")
    }

    @Test(arguments: [
        ("2026-03-29", 0, 0, "2026-03-28T23:00:00Z"), ("2026-03-29", 1, 59, "2026-03-29T00:59:00Z"),
        ("2026-03-29", 2, 30, "2026-03-29T01:00:00Z"),  // skipped: the first instant after it
        ("2026-03-29", 3, 0, "2026-03-29T01:00:00Z"), ("2026-03-30", 0, 0, "2026-03-29T22:00:00Z"),
        ("2026-10-25", 0, 0, "2026-10-24T22:00:00Z"), ("2026-10-25", 2, 30, "2026-10-25T00:30:00Z"),  // shown twice: the first
        ("2026-10-25", 3, 0, "2026-10-25T02:00:00Z"), ("2026-10-26", 0, 0, "2026-10-25T23:00:00Z"),
        ("2026-07-01", 12, 15, "2026-07-01T10:15:00Z"),
    ])
    func `clocks in Berlin change in March and October`(day: String, hour: Int, minute: Int, instant: String) throws {
        #expect(try #require(Day(day)).at(hour: hour, minute: minute, in: Self.berlin).description == instant)
    }

    @Test func `a day begins after the hour that clocks skip at midnight, and at the first of two midnights`() throws {
        let cairo = try #require(TimeZone(identifier: "Africa/Cairo"))
        #expect(try #require(Day("2024-04-26")).start(in: cairo).description == "2024-04-25T22:00:00Z")
        let havana = try #require(TimeZone(identifier: "America/Havana"))
        #expect(try #require(Day("2024-11-03")).start(in: havana).description == "2024-11-03T04:00:00Z")
        let amman = try #require(TimeZone(identifier: "Asia/Amman"))
        #expect(try #require(Day("2021-10-29")).start(in: amman).description == "2021-10-28T21:00:00Z")
    }

    @Test(arguments: [
        "Europe/Berlin", "Europe/London", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago", "Asia/Beirut", "Africa/Cairo", "America/Havana", "UTC",
    ])
    func `days in a time zone are those of the calendar`(identifier: String) throws {
        let zone = try #require(TimeZone(identifier: identifier))
        let calendar = Self.calendar(zone)
        var random = Noise(seed: UInt64(identifier.utf8.count))
        for _ in 0..<300 {
            let instant = Instant(milliseconds: Int64.random(in: 0...2_500_000_000_000, using: &random))
            let parts = calendar.dateComponents(
                [.year, .month, .day], from: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
            let day = instant.day(in: zone)
            #expect(day == Day(year: parts.year!, month: parts.month!, day: parts.day!))
        }
    }

    @Test(arguments: [
        "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Kiritimati", "Asia/Beirut",
        "Africa/Cairo",
        "America/Havana",
    ])
    func `every instant lies in the day that began before it and ends after it`(identifier: String) throws {
        let zone = try #require(TimeZone(identifier: identifier))
        for number in 14_610..<21_915 {  // 2010 to 2029
            let day = Day(number: number)
            let start = day.start(in: zone)
            let end = day.adding(days: 1).start(in: zone)
            guard start < end, start.day(in: zone) == day, start.adding(seconds: -1).day(in: zone) < day,
                end.adding(seconds: -1).day(in: zone) == day
            else {
                Issue.record("\(day) from \(start) to \(end)")
                return
            }
        }
    }

    @Test func `instants are read as they are printed, also before 1970`() throws {
        var random = Noise(seed: 1)
        for _ in 0..<2000 {
            let instant = Instant(unixSeconds: Int64.random(in: -60_000_000_000...250_000_000_000, using: &random))
            #expect(Instant(instant.description) == instant)
        }
        #expect(Instant(milliseconds: -1).unixSeconds == -1)
        #expect(Instant(milliseconds: -1).description == "1969-12-31T23:59:59Z")
        for text in [
            "2026-11-20", "2026-11-20T24:00:00Z", "2026-11-20T09:60:00Z", "2026-11-20T09:30:00+01:00", "2026-11-20T09:30:61Z",
            "2026-11-20 09:30:00Z",
        ] {
            #expect(Instant(text) == nil)
        }
    }
}
