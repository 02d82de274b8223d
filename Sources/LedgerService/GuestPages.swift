/// Where a guest lands after Stripe's page: pages of this service that say what became of it, and nothing about the guest.
package struct GuestPages: Sendable {
    /// The raw value is the last part of the page's path.
    package enum Page: String, CaseIterable, Sendable {
        /// The guest has paid, or a payment is on its way.
        case paid
        /// The guest has reserved an amount.
        case reserved
        /// The guest has saved a card.
        case saved
        /// The guest left Stripe's page.
        case left
    }

    /// The first part of their path.
    package static let folder = "guest"

    /// Where browsers reach this service, without a slash at the end; `nil` in a program that is no service and was not told.
    package let publicURL: String?

    package init(publicURL: String?) {
        self.publicURL = publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    func url(_ page: Page) -> String {
        // Stripe wants some address. This one belongs to nobody (RFC 2606).
        publicURL.map { "\($0)/\(Self.folder)/\(page.rawValue)" } ?? "https://example.com/"
    }
}

/// Where Stripe's page sends the guest afterwards.
enum ReturnAddress: Sendable {
    /// An address of the shop's or the reservation system's, whatever became of the page.
    case theirs(String)
    /// A page of this service, by what became of Stripe's.
    case ours(GuestPages)

    func success(of page: Requests.Page) -> String {
        switch self {
        case .theirs(let url): url
        case .ours(let pages):
            switch page {
            case .hold: pages.url(.reserved)
            case .payment: pages.url(.paid)
            case .card: pages.url(.saved)
            }
        }
    }

    var cancel: String {
        switch self {
        case .theirs(let url): url
        case .ours(let pages): pages.url(.left)
        }
    }
}
