import Ledger
import LedgerService
import LedgerShapes

/// What is under way with Stripe and waits. The operator decides about it on the pages and at the command line.
enum StripeWorkRoutes {
    static let all = [operations, events]

    private static let operations = Route(
        .get, "/v1/tenants/{tenant}/operations", "listOperations", needs: .runTenants, "List operations without an outcome",
        about:
            "Calls to Stripe of which nobody knows yet what they did. Parked ones wait for the operator; the others are sent again automatically.",
        answers: [RouteAnswer(200, "The operations, those that are parked last.", StripeWorkShapes.operation.page())], refusals: []
    ) { call in
        Reply(200, StripeWorkShapes.operation.page(), Page(all: try call.ledger.openOperations(of: call.tenantID)))
    }

    private static let events = Route(
        .get, "/v1/tenants/{tenant}/events", "listEvents", needs: .runTenants, "List events that were not processed",
        about: "Stripe's events that could not be processed yet. Parked ones wait for the operator; the others are retried automatically.",
        answers: [RouteAnswer(200, "The events.", StripeWorkShapes.event.page())], refusals: []
    ) { call in
        Reply(200, StripeWorkShapes.event.page(), Page(all: try call.ledger.troubledEvents(of: call.tenantID)))
    }
}
