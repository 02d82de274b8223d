/// A list of folios that reception looks at, most of them for one day.
package enum DayList: String, Sendable, CaseIterable {
    /// Reservations that begin that day, whatever happened to them.
    case arrivals
    /// Open reservations that began before and end after that day.
    case inHouse = "in_house"
    /// Reservations that end that day, whatever happened to them.
    case departures
    /// Open reservations that should have ended before.
    case overdue
    /// Late charges that the guest has not paid, whatever the day.
    case lateCharges = "late_charges"
}
