import Ledger
import LedgerAccess

/// Where a visit is: what admission found out about it. A page is written for one kind of place, so what it needs is
/// always there.
protocol Place: Sendable {
    /// Of whoever is logged in.
    var visitor: Session? { get }
    /// The tenant that the address names.
    var subject: Tenant? { get }
    /// The tenant in whose name the page is shown; the operator's own pages have none.
    var house: Tenant? { get }
}

extension Place {
    var subject: Tenant? { nil }
    var house: Tenant? { subject }
}

/// A place for which one has to be logged in.
protocol InnerPlace: Place {
    var session: Session { get }
}

extension InnerPlace {
    var visitor: Session? { session }
}

/// A place that is about one tenant.
protocol TenantPlace: InnerPlace {
    var tenant: Tenant { get }
}

extension TenantPlace {
    var subject: Tenant? { tenant }
}

/// Before admission, and on the pages that need none.
struct Entrance: Place {
    var visitor: Session?
    /// Why it is unknown whether there is one.
    var sessionFault: (any Error)?
    /// Why the visitor's form was not read.
    var formFault: FormFields.Fault?
}

/// The operator's pages about all tenants together.
struct AllTenants: InnerPlace {
    let session: Session
}

/// A tenant's own pages.
struct OneTenant: TenantPlace {
    let session: Session
    let tenant: Tenant
}

/// A folio's pages. Whether there is such a folio is not known yet.
struct OneFolio: TenantPlace {
    let session: Session
    let tenant: Tenant
    let reference: String
}

/// The operator's page about one tenant.
struct TenantSetUp: TenantPlace {
    let session: Session
    let tenant: Tenant
    var house: Tenant? { nil }
}

typealias OpenVisit = Visit<Entrance>
typealias OperatorVisit = Visit<AllTenants>
typealias TenantVisit = Visit<OneTenant>
typealias FolioVisit = Visit<OneFolio>
typealias SetUpVisit = Visit<TenantSetUp>
