import Ledger
import LedgerService
import LedgerShapes

/// What the operator bills: contracts, and the fees of a month for all tenants.
enum FeeRoutes {
    static let all = [
        contract, changeContract, endContract, continueContract, removeKeys, preview, list, run, show, correct, invoices, assign,
    ]

    // MARK: - Contracts

    private static let contract = Route(
        .get, "/v1/tenants/{tenant}/contract", "showContract", needs: .seeBooks, "Show a tenant's contract",
        about: "From when until when the tenant is billed, for how much, and who pays.",
        answers: [RouteAnswer(200, "The contract.", FeeShapes.contract)], refusals: []
    ) { call in Reply(200, FeeShapes.contract, try call.ledger.contract(of: call.tenantID)) }

    private static let from = Field.optional(
        "from", .day, "The first day that is billed; not once a month is billed.", example: "2026-11-20")
    private static let priceNet = Field.required(
        "net", .whole(PlatformFee.nets), "The net price of a month, in euro cents.", example: 2100)
    private static let priceFrom = Field.required(
        "from", .month, "The first month with that price; no month from it on may be billed at another one.", example: "2026-12")
    private static let price = Field.optional(
        "price", InputType<InputObject>.object(InputShape([priceNet, priceFrom])), "Another price, from a month on.",
        example: ["net": 2100, "from": "2026-12"])
    private static let recipient = Field.optional(
        "recipient", .text(.recipient), "Whom the invoice goes to.", example: "Seeblick GmbH")
    private static let country = Field.clearable(
        "country", .text(.countryCode),
        "Where the recipient is; null when it is not known. In another country a VAT id of the old one goes, with its check.", example: "DE"
    )
    private static let vatID = Field.clearable(
        "vat_id", .text(.vatID), "The recipient's VAT id; null for none. Another one counts as not checked.", example: "DE123456789")
    private static let checkedOn = Field.clearable(
        "vat_checked_on", .day, "The day on which the authority confirmed the VAT id; null when it does not confirm it any more.",
        example: "2026-11-02")
    private static let checkedBy = Field.optional(
        "vat_checked_by", .text(.actor), "Who asked the authority, with the day; if omitted, the caller.", example: "olaf")
    private static let proration = Field.optional(
        "proration", InputType<Proration>.choice(), "What a month costs of which the contract has not every day.", example: "by_days")
    private static let freeMonths = Field.optional(
        "free_months", .whole(ContractTerms.freeMonthNumbers), "So many calendar months cost nothing, the one of the first day included.",
        example: 2)
    private static let billing = Field.optional(
        "billing", InputType<Billing>.choice(), "Whether a month is billed after its end.", example: "arrears")

    private static let changeContract = Route(
        .patch, "/v1/tenants/{tenant}/contract", "changeContract", needs: .runTenants, "Change a tenant's contract",
        about: "Changes the given fields and leaves the others. What was billed stays as it was.",
        body: .object(
            InputShape([
                from, price, recipient, country, vatID, checkedOn, checkedBy, proration, freeMonths, billing,
            ])),
        answers: [RouteAnswer(200, "The contract.", FeeShapes.contract)],
        refusals: [
            "country_unknown", "vat_id_elsewhere", "vat_check_without_id", "vat_check_without_day",
            "vat_check_in_future", "price_before_contract", "price_billed",
            "contract_billed", "contract_too_early", "contract_end_invalid", "keys_removed", "text_too_long",
        ]
    ) { call in
        var change = ContractChange()
        change.from = call.body[from]
        change.price = call.body[price].map { ContractPrice(from: $0[priceFrom], net: Money(minorUnits: $0[priceNet], currency: .eur)) }
        change.recipient = call.body[recipient]
        change.country = call.body[country]
        change.vatID = call.body[vatID]
        change.vatCheckedOn = call.body[checkedOn]
        change.vatCheckedBy = call.body[checkedBy]
        change.proration = call.body[proration]
        change.freeMonths = call.body[freeMonths].map { Int($0) }
        change.billing = call.body[billing]
        return Reply(200, FeeShapes.contract, try await call.ledger.changeContract(change, of: call.tenantID, by: call.actor))
    }

    private static let until = Field.required("until", .day, "The last day that is billed.", example: "2026-11-15")

    private static let endContract = Route(
        .put, "/v1/tenants/{tenant}/contract/end", "endContract", needs: .runTenants, "End a tenant's contract",
        about: "From that day on no booking is opened, and no hold asked for or raised. What was booked before is settled as always.",
        body: .object(InputShape([until])), answers: [RouteAnswer(200, "The contract.", FeeShapes.contract)],
        refusals: ["contract_end_invalid", "keys_removed"]
    ) { call in
        Reply(
            200, FeeShapes.contract,
            try await call.ledger.endContract(on: call.body[until], of: call.tenantID, by: call.actor))
    }

    private static let continueContract = Route(
        .delete, "/v1/tenants/{tenant}/contract/end", "continueContract", needs: .runTenants, "Take the end of a contract back",
        about: "The contract has no last day then. What was billed stays as it was.",
        answers: [RouteAnswer(200, "The contract.", FeeShapes.contract)], refusals: ["keys_removed"]
    ) { call in
        Reply(200, FeeShapes.contract, try await call.ledger.endContract(on: nil, of: call.tenantID, by: call.actor))
    }

    private static let confirm = Field.required(
        "confirm", .text(.tenantID), "The tenant's id once more: it cannot be undone.", example: "seeblick")

    private static let removeKeys = Route(
        .post, "/v1/tenants/{tenant}/keys-removal", "removeKeys", needs: .runTenants, "Remove the keys of an ended tenant",
        about: """
            Removes the key of the tenant's Stripe account and its webhook secrets for good. Refused before the contract's last day is over, and \
            while anything can still happen at Stripe: a hold, payment, refund or call is not over, an open folio does not balance, a guest's \
            card is kept, the balance is not zero, a dispute is open, or the last payment is not \(KeyNeed.days) days ago (without a payment, the \
            contract's end). The books stay.
            """,
        body: .object(InputShape([confirm])), answers: [RouteAnswer(200, "The contract.", FeeShapes.contract)],
        refusals: ["keys_needed", "keys_removed", "not_confirmed"]
    ) { call in
        try await call.ledger.removeKeys(
            of: call.tenantID, confirmation: call.body[confirm], by: call.actor, once: call.once { Reply(200, FeeShapes.contract, $0) })
    }

    // MARK: - The fees of a month

    private static let preview = Route(
        .get, "/v1/fee-previews/{month}", "previewFees", needs: .runTenants, "Preview a month's fees",
        about: "What a fee run of the month would bill, and what is odd about it. Who is billed for it already is not in it.",
        answers: [RouteAnswer(200, "The preview, with the hash that running it needs.", FeeShapes.preview)],
        refusals: ["fee_month_not_over"]
    ) { call in Reply(200, FeeShapes.preview, InLanguage(try call.ledger.feePreview(try call.month()), call.language)) }

    private static let monthOfList = Field.required("month", .month, "The month.", example: "2026-11")

    private static let list = Route(
        .get, "/v1/fee-runs", "listFeeRuns", needs: .runTenants, "List a month's fee runs", about: "In order, corrections among them.",
        query: [monthOfList], answers: [RouteAnswer(200, "The runs, without their rows.", FeeShapes.runSummary.page())],
        refusals: ["field_missing"]
    ) { call in
        Reply(200, FeeShapes.runSummary.page(), Page(all: try call.ledger.feeRuns(of: call.query[monthOfList])))
    }

    private static let month = Field.required("month", .month, "The month that is billed.", example: "2026-11")
    private static let hash = Field.required(
        "preview", .text(.previewHash), "The hash of the preview.", example: "0f3a9c1e5b7d28460f3a9c1e5b7d2846")

    private static let run = Route(
        .post, "/v1/fee-runs", "runFees", needs: .runTenants, "Bill a month",
        about:
            "Bills each tenant of the preview, once. Refused when anything has changed since the preview; the same hash again is the same run. "
            + "No month has to be closed for it.",
        body: .object(InputShape([month, hash])), answers: [RouteAnswer(201, "The run, without its rows.", FeeShapes.runSummary)],
        refusals: ["fee_preview_changed", "nothing_to_bill", "fee_month_not_over"]
    ) { call in
        try await call.ledger.runFees(
            call.body[month], preview: call.body[hash], by: call.actor, once: call.once { Reply(201, FeeShapes.runSummary, $0) })
    }

    private static let show = Route(
        .get, "/v1/fee-runs/{run}", "showFeeRun", needs: .runTenants, "Show a fee run",
        about: "The run with its rows: the file for the ERP, always with the same bytes.", query: [Common.format],
        answers: [RouteAnswer(200, "The run.", FeeShapes.run, csv: true)], refusals: ["fee_run_not_found"]
    ) { call in
        let run = try call.ledger.feeRun(try call.number("run"))
        guard call.query[Common.format] == .csv else { return Reply(200, FeeShapes.run, run) }
        return Reply(
            200, .stream(type: Shape<FeeFileRow>.fileType) { writer in try await writer.write(FeeFiles.csv(run)) })
    }

    private static let tenant = Field.required("tenant", .text(.tenantID), "The tenant's id.", example: "seeblick")

    private static let correct = Route(
        .post, "/v1/fee-corrections", "correctFee", needs: .runTenants, "Take a billed month of a tenant back",
        about: "Makes a run of its own with one minus row. The month's next run bills the tenant again, by its contract as it is then.",
        body: .object(InputShape([month, tenant, Common.reason])),
        answers: [RouteAnswer(201, "The run, without its row.", FeeShapes.runSummary)],
        refusals: ["tenant_not_found", "fee_not_found", "reason_missing", "text_too_long"]
    ) { call in
        try await call.ledger.correctFee(
            call.body[month], of: call.body[tenant], reason: call.body[Common.reason], by: call.actor,
            once: call.once { Reply(201, FeeShapes.runSummary, $0) })
    }

    private static let invoices = Route(
        .get, "/v1/fee-runs/{run}/invoices", "listFeeInvoices", needs: .runTenants, "List the invoices of a fee run",
        about: "The numbers of the ERP's invoices that have come back, by tenant.",
        answers: [RouteAnswer(200, "The invoices.", FeeShapes.invoice.page())], refusals: ["fee_run_not_found"]
    ) { call in
        let run = try call.ledger.feeRun(try call.number("run"))
        let numbers = run.fileRows.compactMap { row in
            row.invoice.map { FeeInvoice(month: run.month, tenant: row.row.tenant, run: run.number, number: $0) }
        }
        return Reply(200, FeeShapes.invoice.page(), Page(all: numbers))
    }

    private static let runNumber = Field.required("run", .whole(1...Int64.max), "The run's number.", example: 3)
    private static let invoice = Field.required("invoice", .text(.invoiceNumber), "The invoice's number.", example: "RE-2026-1207")
    private static let invoiceShape = InputShape([month, tenant, runNumber, invoice])
    private static let mostInvoices = 5_000
    private static let given = Field.required(
        "invoices", InputType<InputObject>.object(invoiceShape).list(1...mostInvoices), "The invoices, one for each row.",
        example: .array([invoiceShape.example]))

    private static let replaceReason = Field.optional(
        "replace_reason", .text(.reason), "Why rows get another number than they have. If omitted, another number is refused.",
        example: "a typing error")

    private static let assign = Route(
        .post, "/v1/fee-invoices", "assignFeeInvoices", needs: .runTenants, "Take the ERP's invoice numbers back",
        about: "Either all numbers are noted or none. One that is known already is left; another one for the same row needs "
            + "`replace_reason`. One invoice may have several rows, of one recipient.",
        body: .object(InputShape([given, replaceReason])), bodyBytes: 2 << 20,
        answers: [RouteAnswer(200, "How many were noted.", FeeShapes.assigned)],
        refusals: [
            "tenant_not_found", "fee_row_not_found", "fee_row_of_other_month", "invoice_known", "invoice_of_other", "invoices_missing",
            "reason_missing",
        ]
    ) { call in
        let list = call.body[given].enumerated().map { index, sent in
            let place = FieldPlace.element(index, of: given.name)
            return (
                place: Phrase(place, place),
                invoice: FeeInvoice(month: sent[month], tenant: sent[tenant], run: sent[runNumber], number: sent[invoice])
            )
        }
        return try await call.ledger.assignInvoices(
            list, replacing: call.body[replaceReason], by: call.actor, once: call.once { Reply(200, FeeShapes.assigned, $0) })
    }
}
