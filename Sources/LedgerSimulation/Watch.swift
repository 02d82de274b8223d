import Foundation
import Ledger

/// What the world has seen of cover and cards, to judge it by.
struct Watch {
    /// In their order.
    var tries: [Try] = []
    /// Live holds, by their intents, that a program had every chance to renew.
    var due: Set<String> = []
    /// Live holds near their end whose folios tell staff something.
    var told: Set<String> = []
    /// Stays whose holds somebody touched on Stripe's own pages: their cover is not the ledger's alone.
    var touched: Set<Int> = []
    /// What somebody took out of holds on Stripe's own pages, by intent: whose it is may be known only later.
    var takenOutside: [String: Int64] = [:]
    /// When a program last called Stripe about a stay: milliseconds.
    var lastCall: [Int: Int64] = [:]
    /// Intents that programs of ours captured.
    var captured: Set<String> = []
    /// Holds that took the place of others.
    var renewals: [Renewed] = []
    /// A program that is to die, after how many steps, and in the middle of what.
    var doomed: (process: Int, steps: Int, what: Kind)?
    /// Intents that took a late charge from a saved card, by the late charge.
    var lateTaken: [Int: [String]] = [:]
    /// Saved cards whose days were over, with nothing of their stays open, when a sync came to its end.
    var overSince: [String: Instant] = [:]

    /// The intents of two holds.
    struct Renewed {
        let stay: Int
        let old: String
        let new: String
    }
}

/// A bank was asked about a card without its guest.
struct Try {
    let hotel: Int
    let stay: Int?
    /// Stripe's fingerprint of it.
    let card: String
    /// The key of its operation.
    let key: String
    let at: Instant
    /// The intent of the hold that was to be renewed; nil where it was for something else.
    var renews: String?
    /// The bank said no, and a network counts that.
    var isCounted = false
    /// Nothing came of it.
    var isRefused = false
    /// The bank's advice that ends all use of the card without the guest.
    var lastWord: String?
    /// Since when the ledger can know of the refusal: milliseconds.
    var knownSince: Int64?
}

/// What is promised about holds and cards, in the simulation's own numbers.
enum Promised {
    static let zone = TimeZone(identifier: "Europe/Berlin")!
    /// A hold that ends before its stay is settled is renewed in its last days.
    static let renewalSeconds: Int64 = 48 * 3600
    static let graceDays = 1
    static let tries = 4
    static let secondsBetweenTries: Int64 = 24 * 3600
    static let refusals = 10
    static let refusalDays: Int64 = 30
    /// For these guests agree to late charges.
    static let lateCategories: Set<String> = ["drinks", "minibar", "wellness", "parking"]

    /// Whether banks and guests may be asked then.
    static func isOpen(_ instant: Instant) -> Bool {
        let day = instant.day(in: zone)
        return instant >= day.at(hour: 9, in: zone) && instant < day.at(hour: 18, in: zone)
    }
}
