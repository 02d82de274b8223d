import Console
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `webhook …`: what endpoints at Stripe sign with.
enum WebhookVerbs {
    static let all = [set, list, end]

    static let name = Parameter.option(
        "webhook-name", .text("NAME"), default: NewWebhookSecret.standardName, "Distinguishes endpoints with the same URL.")
    static let revoke = Parameter.flag(
        "revoke-earlier", "Ends the name's previous secret at once instead of after a day.")
    private static let file = Parameter.requiredOption("secret-file", .file, "A file that contains the endpoint's signing secret.")

    static func secret(in file: String, _ invocation: Invocation) throws -> NewWebhookSecret {
        NewWebhookSecret(try SecretFile.read(file), named: invocation[name], revokesEarlier: invocation[revoke])
    }

    private static let set = Verb(
        "webhook set", "Sets the signing secret of an endpoint at Stripe.", [Options.tenant, file, name, revoke],
        examples: [
            "webhook set seeblick --secret-file webhook", "webhook set seeblick --secret-file leaked --webhook-name shop --revoke-earlier",
        ],
        notes: [
            "Two endpoints may deliver to the same URL: give each a name. Setting a name again replaces its secret; the previous secret stays valid "
                + "for one more day, as at Stripe."
        ]
    ) { invocation in
        let new = try secret(in: invocation[file], invocation)
        let context = try await CommandContext.open(invocation)
        try await context.ledger.setWebhookSecret(new, of: invocation[Options.tenant], by: context.actor)
        invocation.keepPrivate(invocation[file])
        try invocation.show(list(try context.ledger.webhookSecrets(of: invocation[Options.tenant])))
    }

    private static let list = Verb(
        "webhook list", "Lists the valid webhook secrets by name and age.", [Options.tenant], examples: ["webhook list seeblick"]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        try invocation.show(list(try context.ledger.webhookSecrets(of: invocation[Options.tenant])))
    }

    private static let end = Verb(
        "webhook revoke", "Revokes an endpoint's secret and its previous ones at once.", [Options.tenant, name],
        examples: ["webhook revoke seeblick --webhook-name shop"]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        try await context.ledger.revokeWebhookSecret(named: invocation[name], of: invocation[Options.tenant], by: context.actor)
        try invocation.say("Webhooks that are signed with the secret \(invocation[name]) are refused from now on.")
    }

    private static func list(_ secrets: [WebhookSecretAge]) -> ShapedResult {
        ShapedResult(list: TenantShapes.webhookSecret, secrets, people: table(secrets))
    }

    private static func table(_ secrets: [WebhookSecretAge]) -> Table {
        Table(
            [
                Column("name", "Name"), Column("added_at", "Set", .instant), Column("age_days", "Days ago", .number),
                Column("good_until", "Valid until", .instant),
            ],
            rows: secrets.map { [.text($0.name), .instant($0.addedAt), .integer($0.days), .of($0.goodUntil, Cell.instant)] },
            empty: "No webhook secret yet. `webhook set` stores one.")
    }
}
