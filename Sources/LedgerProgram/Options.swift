import Console
import Ledger
import Stripe

/// What every verb of a program on a ledger file can be told.
package enum Options {
    package static let database = Parameter.option("db", .file, default: "ledger.db", environment: "LEDGER_DB", "The ledger file.")
    package static let stripeURL = Parameter.option(
        "stripe-url", .webAddress(example: "http://127.0.0.1:4242"), default: StripeClient.stripeURL, environment: "STRIPE_URL",
        "Where Stripe answers.")
    /// Kept with every entry; without it, `cli`.
    package static let actor = Parameter.option(
        "actor", .text("NAME", .actor), default: "cli", environment: "LEDGER_ACTOR", "Who does it; kept with every entry.")

    /// `nil` without it: the ledger file's name and `.key`.
    package static let keyFile = Parameter.option(
        "key-file", .file, environment: "LEDGER_KEY_FILE",
        "The keys that Stripe keys are sealed with; without it, the ledger file's name and .key.")

    /// `nil` without it.
    package static let publicURL = Parameter.option(
        "public-url", .webAddress(example: "https://ledger.example.com"), environment: "LEDGER_PUBLIC_URL",
        "How guests and Stripe reach the service; to `serve`, without it, the address listened on.")

    /// Whether the simulator's clock is the clock. Not one of `all`: a program that always needs a simulator is not asked.
    package static let simulatedClock = Parameter.flag(
        "simulated-clock", environment: "LEDGER_SIMULATED_CLOCK",
        "Takes the time from the simulated Stripe at --stripe-url; without it, the system's clock is the clock.")

    /// What all such programs share, in the order in which help lists it.
    package static let all: [any ParameterDeclaration] = [database, keyFile, stripeURL, actor, publicURL]
}
