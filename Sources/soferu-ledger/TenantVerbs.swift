import Console
import Foundation
import Ledger
import LedgerProgram
import LedgerService
import LedgerShapes

/// `tenant …`: who keeps books here.
enum TenantVerbs {
    static let all = [add, set, list, show, stripe, refundLimit] + ContractVerbs.all

    private static let name = Parameter.requiredOption("name", .text("NAME"), "The name of the business, as shown to guests.")
    private static let currency = Parameter.option("currency", .currency, default: "eur", "The currency of its books.")
    private static let zone = Parameter.option("time-zone", .timeZone, default: "Europe/Berlin", "The time zone of its days and months.")
    private static let price = Parameter.option("price", .amount, default: "19.00", "The price of a month, net, in EUR.")
    private static let country = Parameter.option(
        "country", .text("CODE", .countryCode),
        "Where the recipient of the invoices is, such as DE; without it, Germany for the time zone Europe/Berlin, otherwise nothing is billed."
    )
    private static let begin = Parameter.option("contract-from", .day, "The first day that is billed; without it, today.")
    private static let holdDays = Parameter.option(
        "hold-days", .wholeNumber(Tenant.Settings.holdDays), default: "1",
        "How many days before arrival the hold on a saved card is placed.")
    private static let ended = Parameter.repeatedOption(
        "legacy-method", .text("METHOD"), "sofort or giropay, for a Stripe account that still has it.")

    private static let books = Parameter.option(
        "books-id", .text("ID"), "The id of lost books, to find their objects at Stripe again: 32 hexadecimal digits.")

    private static let add = Verb(
        "tenant add", "Adds a tenant (Mandant) with its own books.",
        [Options.tenant, name, currency, zone, price, country, begin, holdDays, ended, books] + HoldSettings.options,
        examples: [
            "tenant add seeblick --name 'Hotel Seeblick'",
            "tenant add seeblick --name 'Hotel Seeblick' --books-id 0f3a9c1e5b7d28460f3a9c1e5b7d2846",
        ],
        notes: [
            "Creates the ledger file if it does not exist. `tenant contract` shows and changes what the tenant is billed.",
            "With --books-id, the new books own what the lost books made at Stripe: `sync` finds it, and `reconcile --repair` takes it in.",
        ]
    ) { invocation in
        var new = NewTenant(id: invocation[Options.tenant], name: invocation[name])
        new.currency = invocation[currency]
        new.timeZone = invocation[zone]
        new.contract.net = try invocation[price].notNegative(in: .eur)
        new.contract.country = invocation[country]
        new.contract.from = invocation[begin]
        new.settings.holdDaysBeforeArrival = Int(invocation[holdDays])
        new.settings.legacyMethods = Set(invocation[ended].map { PaymentMethod(rawValue: $0) })
        try HoldSettings.change(invocation, in: new.currency).apply(to: &new.settings, in: new.currency)
        new.booksID = invocation[books]
        let context = try await CommandContext.open(invocation, create: true)
        let tenant = try await context.ledger.addTenant(new, by: context.actor)
        try invocation.show(result(try context.ledger.tenantView(tenant.id), people: Record(fields(tenant))))
    }

    private static let newName = Parameter.option("name", .text("NAME"), "The name of the business, as shown to guests.")
    private static let newHoldDays = Parameter.option(
        "hold-days", .wholeNumber(Tenant.Settings.holdDays), "How many days before arrival the hold on a saved card is placed.")

    private static let set = Verb(
        "tenant set", "Changes a tenant's settings.", [Options.tenant, newName, newHoldDays] + HoldSettings.options,
        examples: [
            "tenant set seeblick --extras-per-night 15.00 --ceiling-percent 150",
            "tenant set seeblick --late-charge-days 7 --late-charge-category minibar --late-charge-category parking",
        ],
        notes: ["What is not given stays. What guests have agreed to with their saved cards does not change."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let tenant = try context.ledger.tenant(invocation[Options.tenant])
        var change = try HoldSettings.change(invocation, in: tenant.currency)
        change.name = invocation[newName]
        change.holdDaysBeforeArrival = invocation[newHoldDays].map { Int($0) }
        let view = try await context.ledger.change(change, of: tenant.id)
        try invocation.show(result(view, people: Record(fields(view.tenant))))
    }

    private static let list = Verb("tenant list", "Lists all tenants.", examples: ["tenant list"]) { invocation in
        let context = try await CommandContext.open(invocation, timed: false)
        let views = try context.ledger.tenantViews()
        try invocation.show(
            ShapedResult(
                list: TenantShapes.tenant, views.map(shown),
                people: Table(
                    [
                        Column("id", "Id"), Column("name", "Name", fit: .shortened), Column("currency", "Currency"),
                        Column("time_zone", "Time zone"),
                    ],
                    rows: views.map(\.tenant).map {
                        [.text($0.id), .text($0.name), .text($0.currency.code), .text($0.timeZone.identifier)]
                    }, empty: "No tenants yet. `tenant add` adds one.")))
    }

    private static let show = Verb("tenant show", "Shows one tenant.", [Options.tenant], examples: ["tenant show seeblick"]) { invocation in
        let context = try await CommandContext.open(invocation, timed: false)
        let view = try context.ledger.tenantView(invocation[Options.tenant])
        let record = Record(
            fields(view.tenant) + [.init("stripe_account_status", "Stripe account", .text(view.standing?.rawValue ?? "no key yet"))])
        guard !view.notices.isEmpty else { return try invocation.show(result(view, people: record)) }
        let notices = Table(
            [Column("code", "Notice"), Column("message", "Meaning and action", fit: .wrapped)],
            rows: view.notices.map { [.text($0.code), .text($0.sentence(in: .english))] })
        try invocation.show(result(view, people: Report(record, [.init("notices", "Notices", notices)])))
    }

    private static let keyFile = Parameter.requiredOption("secret-key-file", .file, "A file that contains the account's secret key.")
    private static let webhookFile = Parameter.option("webhook-secret-file", .file, "A file that contains the webhook's signing secret.")
    private static let limit = Parameter.argument(
        "AMOUNT", .amount, "In the tenant's currency; with 0, every refund asks for the password.")

    private static let stripe = Verb(
        "tenant stripe", "Connects a tenant to its own Stripe account.",
        [Options.tenant, keyFile, webhookFile, WebhookVerbs.name, WebhookVerbs.revoke],
        examples: ["tenant stripe seeblick --secret-key-file key --webhook-secret-file webhook"],
        notes: [
            "Keys are read from files, so that they never appear on a command line, and stored encrypted with the key file, which is "
                + "created if it does not exist. Keep that file separate from backups of the ledger.",
            "Each permission is tested without side effects. A key that may not take or refund money, or not read charges and balance transactions, is refused; "
                + "other missing permissions are listed.",
            "Stripe is asked which account the key belongs to. An account that another tenant uses, an account of the other mode (live or test), and "
                + "a change of account while the old one is still needed (by an open folio, a live hold, an unfinished payment, refund or "
                + "operation) are refused.",
        ]
    ) { invocation in
        let key = try SecretFile.read(invocation[keyFile])
        let webhook = try invocation[webhookFile].map { try WebhookVerbs.secret(in: $0, invocation) }
        let context = try await CommandContext.open(invocation, createsKeyFile: true)
        let standing = try await context.ledger.setStripeAccount(
            of: invocation[Options.tenant], secretKey: key, webhook: webhook, namesOthers: true, by: context.actor)
        invocation.keepPrivate(invocation[keyFile], invocation[webhookFile])
        try invocation.say("Tenant \(invocation[Options.tenant]) is connected to its Stripe account.")
        for case .permissionsMissing(let rights) in try context.ledger.tenantView(invocation[Options.tenant]).notices {
            try invocation.remark(TenantNotice.permissionsMissing(rights).sentence(in: .english))
        }
        if standing == .unknown {
            try invocation.say("Whether another tenant uses this account is not known yet; each `sync` checks again.")
        }
    }

    private static let refundLimit = Verb(
        "tenant refund-limit", "Sets how much one user may refund in a day before the password is asked for again.",
        [Options.tenant, limit], examples: ["tenant refund-limit seeblick 500.00"],
        notes: ["Programs and this command line have no password; their refunds above the limit are recorded in `audit list` as well."]
    ) { invocation in
        let context = try await CommandContext.open(invocation)
        let tenant = try context.ledger.tenant(invocation[Options.tenant])
        let limit = try invocation[limit].notNegative(in: tenant.currency)
        try await context.ledger.setRefundLimit(limit, of: tenant.id, by: context.actor)
        try invocation.say("Above \(limit) a day, users of tenant \(tenant.id) are asked for the password again.")
    }

    /// The operator's view: whoever has the file may know of all tenants.
    private static func shown(_ view: TenantView) -> ShownTenant {
        ShownTenant(view, to: .commandLine(actor: ""), in: .english)
    }

    private static func result(_ view: TenantView, people: any Presentable) -> ShapedResult {
        ShapedResult(TenantShapes.tenant, shown(view), people: people)
    }

    private static func fields(_ tenant: Tenant) -> [Record.Field] {
        [
            .init("id", "Tenant", .text(tenant.id)), .init("name", "Name", .text(tenant.name)),
            .init("currency", "Currency", .text(tenant.currency.code)),
            .init("time_zone", "Time zone", .text(tenant.timeZone.identifier)),
            .init(
                "hold_days_before_arrival", "Hold placed, days before arrival",
                .integer(Int64(tenant.settings.holdDaysBeforeArrival))),
            .init(
                "refund_limit", "Daily refunds without the password",
                .money(tenant.refundLimit)),
        ] + HoldSettings.fields(tenant) + [
            .init("books_id", "Books id at Stripe", .text(tenant.booksID)),
            .init("stripe_mode", "Stripe mode", .text(tenant.isLive.map { $0 ? "live" : "test" } ?? "no key yet")),
        ]
    }
}

extension ValueReader where Value == TimeZone {
    fileprivate static var timeZone: Self {
        Self(placeholder: "ZONE", expected: "a time zone's name", example: "Europe/Berlin") { TimeZone(named: $0) }
    }
}
