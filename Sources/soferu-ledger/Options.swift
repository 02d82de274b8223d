import Console
import Ledger
import Stripe

/// What more than one verb can be told.
enum Options {
    // MARK: - Every verb

    static let database = Parameter.option("db", .file, default: "ledger.db", environment: "LEDGER_DB", "The ledger file.")
    static let stripeURL = Parameter.option(
        "stripe-url", .webAddress(example: "http://127.0.0.1:4242"), default: StripeClient.stripeURL, environment: "STRIPE_URL",
        "Where Stripe answers.")
    static let actor = Parameter.option(
        "actor", .text("NAME", .actor), default: "cli", environment: "LEDGER_ACTOR", "Who does it; kept with every entry.")

    static let keyFile = Parameter.option(
        "key-file", .file, environment: "LEDGER_KEY_FILE",
        "The keys that Stripe keys are sealed with; without it, the ledger file's name and .key.")

    static let publicURL = Parameter.option(
        "public-url", .webAddress(example: "https://ledger.example.com"), environment: "LEDGER_PUBLIC_URL",
        "How guests and Stripe reach the service; to `serve`, without it, the address listened on.")

    // MARK: - Several

    static let tenant = Parameter.argument("TENANT", .text(), "The tenant's id.")
    static let reference = Parameter.argument("REFERENCE", .text(), "The folio's reference.")
    static let onlyTenant = Parameter.option("tenant", .text("ID"), "Only this tenant; without it, all of them.")
    static let month = Parameter.option("month", .month, "Only this month.")
    static let reason = Parameter.requiredOption("reason", .text(), "Why; kept for good.")
}
