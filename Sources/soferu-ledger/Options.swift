import Console
import Ledger
import LedgerProgram

// What more than one verb can be told.
extension Options {
    static let tenant = Parameter.argument("TENANT", .text(), "The tenant's id.")
    static let reference = Parameter.argument("REFERENCE", .text(), "The folio's reference.")
    static let onlyTenant = Parameter.option("tenant", .text("ID"), "Only this tenant; without it, all tenants.")
    static let month = Parameter.option("month", .month, "Only this month.")
    static let reason = Parameter.requiredOption("reason", .text(), "The reason; it is kept permanently.")
}
