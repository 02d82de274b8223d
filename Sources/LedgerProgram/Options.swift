import Console
import Ledger
import Stripe

/// What every verb of a program on a ledger file can be told.
package enum Options {
    /// The path of the SQLite file.
    package static let database = Parameter.option("db", .file, default: "ledger.db", environment: "LEDGER_DB", "The ledger file.")
    /// Where Stripe's API is: the real one without it, or a simulator's address.
    package static let stripeURL = Parameter.option(
        "stripe-url", .webAddress(example: "http://127.0.0.1:4242"), default: StripeClient.stripeURL, environment: "STRIPE_URL",
        "The address of Stripe's API.")
    /// Kept with every entry; without it, `cli`.
    package static let actor = Parameter.option(
        "actor", .text("NAME", .actor), default: "cli", environment: "LEDGER_ACTOR",
        "The name of the person or program; recorded with every entry.")

    /// `nil` without it: the ledger file's name and `.key`.
    package static let keyFile = Parameter.option(
        "key-file", .file, environment: "LEDGER_KEY_FILE",
        "The file with the keys that encrypt the Stripe keys; without it, the ledger file's name with .key added.")

    /// `nil` without it.
    package static let publicURL = Parameter.option(
        "public-url", .webAddress(example: "https://ledger.example.com"), environment: "LEDGER_PUBLIC_URL",
        "The address at which guests and Stripe reach the service; without it, `serve` uses the address it listens on.")

    /// Whether the simulator's clock is the clock. Not one of `all`: a program that always needs a simulator is not asked.
    package static let simulatedClock = Parameter.flag(
        "simulated-clock", environment: "LEDGER_SIMULATED_CLOCK",
        "Takes the time from the simulated Stripe at --stripe-url instead of the system clock.")

    /// What all such programs share, in the order in which help lists it.
    package static let all: [any ParameterDeclaration] = [database, keyFile, stripeURL, actor, publicURL]
}
