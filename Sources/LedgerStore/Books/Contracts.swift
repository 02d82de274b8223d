import Foundation
import Ledger

extension ContractTerms {
    static let columns: StaticString =
        "number, recipient, country, vat_id, vat_checked_on, vat_checked_by, proration, free_months, billing"
    enum Column: Int, ColumnNames {
        case number, recipient, country, vatId, vatCheckedOn, vatCheckedBy, proration, freeMonths, billing
    }

    init(from row: borrowing Row) throws {
        var check: VATCheck?
        if let day = try row.optionalDay(Column.vatCheckedOn) { check = VATCheck(day: day, actor: try row.string(Column.vatCheckedBy)) }
        let number = try row.int64(Column.number)
        self.init(
            number: number, recipient: try row.string(Column.recipient), country: try row.optionalString(Column.country),
            vatID: try row.optionalString(Column.vatId), vatCheck: check, proration: try row.word(Column.proration, of: "terms \(number)"),
            freeMonths: try row.int(Column.freeMonths), billing: try row.word(Column.billing, of: "terms \(number)"))
    }
}

extension Book {
    /// The tenant's contract as it is now. Every tenant has one.
    package func contract() throws -> Contract {
        let terms = try one(
            """
            SELECT \(raw: ContractTerms.columns) FROM contract_terms WHERE tenant = \(tenant.number) ORDER BY number DESC LIMIT 1
            """
        ) { try ContractTerms(from: $0) }
        let prices = try all("SELECT from_month, net FROM contract_price WHERE tenant = \(tenant.number) ORDER BY from_month") {
            ContractPrice(from: try $0.month(0), net: try $0.money(1, .eur))
        }
        let contract = try one(
            "SELECT from_day, until_day, keys_removed_at, keys_removed_by FROM contract WHERE tenant = \(tenant.number)"
        ) { row in
            Contract(
                tenant: tenant.id, from: try row.day(0), until: try row.optionalDay(1), terms: terms ?? .unknown, prices: prices,
                keysRemoved: try row.removal(2))
        }
        guard let contract, terms != nil, !prices.isEmpty else { throw UnreadableRow(row: "contract of \(tenant.id)", column: "terms") }
        guard let until = contract.until else { return contract }
        let billed = try all(
            """
            SELECT \(raw: FeeRow.columns) FROM fee_row r JOIN tenant t ON t.number = r.tenant
            WHERE r.tenant = \(tenant.number) AND r.month >= \(until.month) AND r.last_day > \(until) AND r.corrects IS NULL
                AND r.net IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM fee_row c WHERE c.tenant = r.tenant AND c.month = r.month AND c.corrects = r.run)
            ORDER BY r.month
            """
        ) { try FeeRow(from: $0) }
        return try contract.knowing(billed)
    }

    /// The first month of the tenant's books: when they were opened. A contract may begin before that or, at any time later, be said to have;
    /// what is billed for such months is in the fee runs alone, and in these books there is nothing to close.
    package func firstMonth() throws -> Month { try added().day(in: tenant.timeZone).month }

    /// The month's fee, also of a closed month: what the fee runs billed, or what the contract comes to as it is now.
    func platformFee(in month: Month) throws -> PlatformFee {
        let billed = try all(
            """
            SELECT \(raw: FeeRow.columns), r.run FROM fee_row r JOIN tenant t ON t.number = r.tenant
            WHERE r.tenant = \(tenant.number) AND r.month = \(month) AND r.net IS NOT NULL ORDER BY r.run
            """
        ) { BilledFee(run: try $0.int64(FeeRow.Column.allCases.count), row: try FeeRow(from: $0)) }
        let contract = try contract()
        return try PlatformFee(billed, else: try contract.feeRow(of: month), contract.terms.taxCase)
    }

    /// Lets the contract, and its first price, hold from an earlier day on. A later day changes nothing.
    ///
    /// - Throws: `StoreError` when a month is billed.
    package func beginContract(on day: Day) throws {
        try run("UPDATE contract SET from_day = \(day) WHERE tenant = \(tenant.number) AND from_day > \(day)")
        try run(
            """
            INSERT INTO contract_price (tenant, from_month, net)
            SELECT tenant, \(day.month), net FROM contract_price
            WHERE tenant = \(tenant.number) AND from_month > \(day.month)
                AND from_month = (SELECT min(from_month) FROM contract_price WHERE tenant = \(tenant.number))
            """)
    }

    /// The first day that is billed.
    ///
    /// - Throws: `StoreError` when a month is billed.
    package func setContractStart(_ day: Day) throws {
        try run("UPDATE contract SET from_day = \(day) WHERE tenant = \(tenant.number)")
    }

    /// The last day that is billed; nil takes it back.
    package func setContractEnd(_ day: Day?) throws {
        try run("UPDATE contract SET until_day = \(day) WHERE tenant = \(tenant.number)")
    }

    /// A price that holds from that month on, in place of what held from that very month.
    ///
    /// - Throws: `StoreError` when a month that is billed would have another price.
    package func setPrice(_ price: ContractPrice) throws {
        try run(
            """
            INSERT INTO contract_price (tenant, from_month, net) SELECT \(tenant.number), \(price.from), \(price.net.minorUnits)
            WHERE NOT EXISTS (SELECT 1 FROM contract_price WHERE tenant = \(tenant.number) AND from_month = \(price.from))
            """)
        guard changes == 0 else { return }
        try run(
            """
            UPDATE contract_price SET net = \(price.net.minorUnits) WHERE tenant = \(tenant.number) AND from_month = \(price.from)
            """)
    }

    /// The months that are billed, with their prices, in order. What a correction takes back is not among them.
    package func billedPrices() throws -> [ContractPrice] {
        try all("SELECT month, price FROM fee_billed WHERE tenant = \(tenant.number) ORDER BY month") {
            ContractPrice(from: try $0.month(0), net: try $0.money(1, .eur))
        }
    }

    /// The contract's last day; nil while no end is agreed.
    package func contractEnd() throws -> Day? {
        try one("SELECT until_day FROM contract WHERE tenant = \(tenant.number)") { try $0.optionalDay(0) } ?? nil
    }

    /// Adds terms; their number is given here.
    package func addTerms(_ terms: ContractTerms, by actor: String) throws {
        try run(
            """
            INSERT INTO contract_terms (tenant, number, recipient, country, vat_id, vat_checked_on, vat_checked_by, proration, free_months,
                billing, actor, set_at)
            SELECT \(tenant.number), coalesce(max(number), 0) + 1, \(terms.recipient), \(terms.country), \(terms.vatID),
                \(terms.vatCheck?.day), \(terms.vatCheck?.actor), \(terms.proration), \(terms.freeMonths), \(terms.billing), \(actor), \(now)
            FROM contract_terms WHERE tenant = \(tenant.number)
            """)
    }
}

extension ContractTerms {
    /// Stands in until a contract without terms is refused as unreadable.
    fileprivate static let unknown = ContractTerms(number: 0, recipient: "", country: nil)
}

extension Row {
    /// In this column and the next.
    fileprivate func removal(_ column: Int) throws -> Contract.Removal? {
        try optionalInstant(column).map { Contract.Removal(at: $0, actor: try string(column + 1)) }
    }
}

extension Transaction {
    /// All contracts, by tenant.
    package func contracts() throws -> [Contract] {
        var terms: [Int64: ContractTerms] = [:]
        try each(
            """
            SELECT \(raw: ContractTerms.columns), tenant FROM contract_terms t
            WHERE number = (SELECT max(number) FROM contract_terms l WHERE l.tenant = t.tenant)
            """
        ) { terms[try $0.int64(ContractTerms.Column.allCases.count)] = try ContractTerms(from: $0) }
        var prices: [Int64: [ContractPrice]] = [:]
        try each("SELECT from_month, net, tenant FROM contract_price ORDER BY tenant, from_month") {
            prices[try $0.int64(2), default: []].append(ContractPrice(from: try $0.month(0), net: try $0.money(1, .eur)))
        }
        return try all(
            """
            SELECT t.number, t.id, c.from_day, c.until_day, c.keys_removed_at, c.keys_removed_by
            FROM tenant t LEFT JOIN contract c ON c.tenant = t.number ORDER BY t.id
            """
        ) { row in
            let (number, id) = (try row.int64(0), try row.string(1))
            guard let terms = terms[number], let prices = prices[number] else {
                throw UnreadableRow(row: "contract of \(id)", column: "terms")
            }
            return Contract(
                tenant: id, from: try row.day(2), until: try row.optionalDay(3), terms: terms, prices: prices,
                keysRemoved: try row.removal(4))
        }
    }

    /// The contract that a tenant begins with.
    func addContract(_ start: ContractStart, of tenant: Tenant, by actor: String) throws {
        let from = start.from ?? now.day(in: tenant.timeZone)
        try run("INSERT INTO contract (tenant, from_day) VALUES (\(tenant.number), \(from))")
        try run(
            """
            INSERT INTO contract_price (tenant, from_month, net) VALUES (\(tenant.number), \(from.month), \(start.net.minorUnits))
            """)
        try withBook(of: tenant) {
            try $0.addTerms(
                ContractTerms(number: 1, recipient: start.recipient ?? tenant.name, country: start.country), by: actor)
        }
    }
}

/// What the end of a contract waits for before the keys of the Stripe account go.
extension Book {
    /// Holds that are not over.
    package func unfinishedHoldCount() throws -> Int {
        try one(
            """
            SELECT count(*) FROM hold
            WHERE tenant = \(tenant.number) AND (state = 'requested' OR state = 'authorised' OR state = 'replaced')
            """
        ) { try $0.int(0) } ?? 0
    }

    /// Payments that a guest can still make, or whose money is on its way.
    package func unfinishedPaymentCount() throws -> Int {
        try one(
            "SELECT count(*) FROM payment WHERE tenant = \(tenant.number) AND (state = 'requested' OR state = 'processing')"
        ) { try $0.int(0) } ?? 0
    }

    /// Refunds that have not arrived and have not failed.
    package func unfinishedRefundCount() throws -> Int {
        try one("SELECT count(*) FROM refund WHERE tenant = \(tenant.number) AND (state = 'requested' OR state = 'pending')") {
            try $0.int(0)
        } ?? 0
    }

    /// Folios that are not closed and do not balance.
    package func unsettledOpenFolioCount() throws -> Int {
        try one(
            """
            SELECT count(*) FROM account a JOIN folio f ON f.tenant = a.tenant AND f.reference = substr(a.name, 7)
            WHERE a.tenant = \(tenant.number) AND a.debits <> a.credits AND a.name >= 'folio:' AND a.name < 'folio;' AND f.closed_at IS NULL
            """
        ) { try $0.int(0) } ?? 0
    }

    /// Calls whose outcome nobody knows.
    package func openOperationCount() throws -> Int {
        try one("SELECT count(*) FROM operation WHERE tenant = \(tenant.number) AND (state = 'waiting' OR state = 'parked')") {
            try $0.int(0)
        } ?? 0
    }

    /// Events that Stripe sent and that are not worked off.
    package func openEventCount() throws -> Int {
        try one("SELECT count(*) FROM event WHERE tenant = \(tenant.number) AND (state = 'received' OR state = 'parked')") {
            try $0.int(0)
        } ?? 0
    }

    /// Whether the keys of the Stripe account were removed, for good.
    package func areKeysRemoved() throws -> Bool {
        try one("SELECT 1 FROM contract WHERE tenant = \(tenant.number) AND keys_removed_at IS NOT NULL") { _ in true } ?? false
    }

    /// Cards that are still kept at Stripe, and pages on which a guest can save one.
    package func keptCardCount() throws -> Int {
        try one(
            """
            SELECT (SELECT count(*) FROM saved_card WHERE tenant = \(tenant.number) AND (state = 'saved' OR state = 'requested'))
                + (SELECT count(*) FROM past_card WHERE tenant = \(tenant.number) AND detached_at IS NULL)
            """
        ) { try $0.int(0) } ?? 0
    }

    /// Disputes that are not decided.
    package func openDisputeCount() throws -> Int {
        try one(
            """
            SELECT count(*) FROM dispute
            WHERE tenant = \(tenant.number) AND status NOT IN ('won', 'lost', 'warning_closed', 'prevented')
            """
        ) { try $0.int(0) } ?? 0
    }

    /// When money was taken last; `nil` before the first time.
    package func lastPayment() throws -> Instant? {
        try one(
            """
            SELECT posted_at FROM journal_entry WHERE tenant = \(tenant.number) AND kind = 'payment' ORDER BY number DESC LIMIT 1
            """
        ) { try $0.instant(0) }
    }

    /// Empties the key and all webhook secrets, for good.
    ///
    /// - Throws: `StoreError` while they are needed.
    package func removeKeys(by actor: String) throws {
        try run("UPDATE contract SET keys_removed_at = \(now), keys_removed_by = \(actor) WHERE tenant = \(tenant.number)")
        try run("UPDATE stripe_account SET secret_key = \([UInt8]()) WHERE tenant = \(tenant.number)")
        try run(
            """
            UPDATE webhook_secret SET secret = \([UInt8]()), replaced_at = coalesce(replaced_at, \(now)),
                good_until = CASE WHEN replaced_at IS NULL THEN \(now) ELSE max(replaced_at, min(good_until, \(now))) END
            WHERE tenant = \(tenant.number)
            """)
    }
}
