import Ledger

/// One ledger: a file, the programs that run on it, and the hotels in it.
final class House {
    let number: Int
    let path: String
    var processes: [Process] = []

    init(number: Int, folder: String) {
        self.number = number
        path = "\(folder)/ledger-\(number).db"
    }
}

/// One tenant, with its key to an account at Stripe.
struct Hotel {
    let index: Int
    /// The ledger it is in.
    let house: Int
    /// Hotels with one number have one account at Stripe, each with a key of its own.
    let account: Int
    /// What its webhooks are signed with.
    var webhookSecret = ""

    var id: String { "hotel-\(index)" }
    var key: String { "sk_test_hotel\(index)" }
    /// For so many days after departure its guests' cards are kept.
    var lateDays: Int { [14, 2, 4][index] }
    /// Its guests' own money may be blocked twice for a moment.
    var renewsDebit: Bool { account == 1 }
}

/// A stay as the world outside knows it.
struct Stay {
    let index: Int
    let hotel: Int
    let reference: String
    var method = "card"
    /// What was to be reserved or paid when the folio was opened.
    var amount: Int64 = 0
    /// What the guest agreed to pay at once.
    var prepaid: Int64 = 0
    /// What the guest was asked to pay on a page before check-out, all pages together.
    var askedToPay: Int64 = 0
    /// What plans had shown whose check-outs went with a file that was replaced by its backup.
    var shownBefore: Int64 = 0
    var isOpened = false
    /// Every page the guest was ever sent, by session.
    var pages: [String] = []
    /// Pages that the guest never uses.
    var leftPages: Set<String> = []
    /// Longer than its holds live.
    var isLong = false
    var departure: Day?
    /// The guest's own; nil: any card.
    var card: GuestCard?
    /// The next page is of a folio that was entered again: the guest has paid or reserved once, and leaves it.
    var leavesNextPage = false
    /// What it was found late on; nil for a stay.
    var lateOf: Int?
    /// Makes amounts that no other request of the stay has.
    var serial = 0

    var what: String { "hotel-\(hotel) \(reference)" }
    /// Until when its holds should live; nil before it is booked.
    var settled: Instant? { departure?.adding(days: Promised.graceDays).at(hour: 12, in: Promised.zone) }
}
