import Ledger
import LedgerService
import WebServer

/// The webhook secrets, the daily refund limit, and the security log.
extension TenantVisit {
    // MARK: - Webhook secrets

    func webhookCard() throws -> HTML {
        let secrets = try ledger.webhookSecrets(of: tenant.id)
        let mayChange = may(.changeSettings)
        let rows = secrets.html { secret in
            let age = "\(instant(secret.addedAt)) (\(self(.daysAgo(secret.days))))"
            return """
                <tr><th scope="row">\(secret.name)</th><td class="second">\(age)</td>\
                <td class="n">\
                \(secret.goodUntil.map { badge(.warn, self(.goodUntil(instant($0)))) } ?? badge(.good, self(.active)))\
                </td></tr>
                """
        }
        let names = secrets.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let revoke: HTML =
            names.isEmpty
            ? .none
            : form(
                link("settings", "webhooks", "revoke"), class: "row wrap", label: self(.revokeWebhook),
                """
                \(select(.name, "revoked_name", names.map { ($0, $0) }))\(passwordAgain("revoke"))\
                <button>\(self(.revokeWebhook))</button>
                """)
        return card(
            "webhooks", .webhookSecrets, hint: .webhookSecretsHint,
            """
            \(table(
                .webhookSecrets, empty: .noWebhookSecrets, class: "folded",
                [.text(.name), .text(.setAt), .number(.stateHead)], rows))
            \(mayChange ? newWebhookSecret + revoke : .none)
            """)
    }

    private var newWebhookSecret: HTML {
        form(
            link("settings", "webhooks"), class: "stack", label: self(.setWebhook),
            """
            \(input(
                .name, "webhook_name", value: NewWebhookSecret.standardName,
                attributes: "\(limits(.webhookName, isWord: true)) \(HTML.word)"))
            \(input(
                .webhookSecret, "webhook_secret", type: "password",
                attributes: "required autocomplete=\"off\" placeholder=\"whsec_…\""))
            \(checkbox("revoke", "\(self(.revokeEarlier))"))
            \(passwordAgain("webhook"))<button>\(self(.setWebhook))</button>
            """)
    }

    func setWebhookSecret() async throws -> HTTPResponse {
        try await onSettings {
            let new = NewWebhookSecret(
                field("webhook_secret") ?? "", named: field("webhook_name") ?? "",
                revokesEarlier: field("revoke") != nil)
            try await confirm()
            try await ledger.setWebhookSecret(new, of: tenant.id, isConfirmed: true, by: actor)
        }
    }

    func revokeWebhookSecret() async throws -> HTTPResponse {
        try await onSettings {
            try await confirm()
            try await ledger.revokeWebhookSecret(
                named: field("revoked_name") ?? "", of: tenant.id, isConfirmed: true, by: actor)
        }
    }

    // MARK: - Refunds

    func refundLimitCard() -> HTML {
        let limit = tenant.refundLimit
        let mayChange = may(.changeSettings)
        return card(
            "refund-limit", .refundLimit, hint: .refundLimitHint,
            form(
                link("settings", "refund-limit"), class: "stack",
                """
                \(input(
                    .amount, "limit", value: language.plain(limit),
                    attributes: "\(HTML.amount)\(" disabled", if: !mayChange)"))
                \(mayChange ? "\(passwordAgain("limit"))<button>\(self(.save))</button>" : .none)
                """))
    }

    func setRefundLimit() async throws -> HTTPResponse {
        try await onSettings {
            let limit = try Money(reading: field("limit") ?? "", in: tenant.currency)
            try await confirm()
            try await ledger.setRefundLimit(limit, of: tenant.id, isConfirmed: true, by: actor)
        }
    }

    // MARK: - Who did what

    func auditPage() throws -> HTML {
        let before = query("before").flatMap { Int64($0) } ?? .max
        let limit = 100
        let found = try ledger.auditEntries(of: tenant.id, before: before, limit: limit + 1, by: caller)
        let entries = found.prefix(limit)
        let rows = entries.html { entry in
            """
            <tr><td class="when">\(instant(entry.recordedAt))</td>\
            <th scope="row">\(self(entry.phrase)) \(remark(entry.subject(in: language)))</th>\
            <td class="second">\(entry.actor)</td><td class="n">\(entry.amount.map(money) ?? "")</td>\
            <td class="n">\(entry.isConfirmed ? badge(.good, self(.passwordAsked)) : .none)</td></tr>
            """
        }
        let older = found.count > limit ? entries.last.map { [("before", String($0.number))] } : nil
        return layout(
            self(.audit), section: .settings,
            """
            \(pageHead(self(.audit), above: crumb(.settings, link("settings"))))
            <section class="card" aria-labelledby="audit"><h2 id="audit" class="hidden">\(self(.audit))</h2>\
            \(muted(.auditHint))
            \(table(
                .audit, empty: .nothingYet, class: "folded",
                [.text(.date), .text(.action), .text(.whoHead), .number(.amount), .number(.password)], rows))\
            \(older.map { "<p>\(linkButton(.olderLines, link("settings", "audit", query: $0)))</p>" as HTML })</section>
            """)
    }
}
