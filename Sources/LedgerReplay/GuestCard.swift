/// The card that a guest pays with, always the same for one booking.
package struct GuestCard: Hashable, Sendable {
    /// The raw values are Stripe's.
    package enum Brand: String, Sendable { case visa, mastercard }

    /// Two of three consecutive bookings are paid with a Visa, whose holds without the guest live 4 days and 18 hours instead of 7 days.
    package let brand: Brand
    /// Its bank agrees to no hold while another one lives: to no renewal and to no raise.
    package let refusesSecondHold: Bool

    /// - Parameter share: One card in so many refuses renewals; nil: none.
    package init(of booking: Booking, refusingRenewals share: Int64?) {
        brand = booking.number % 3 == 0 ? .mastercard : .visa
        refusesSecondHold = share.map { booking.number % $0 == 0 } ?? false
    }
}
