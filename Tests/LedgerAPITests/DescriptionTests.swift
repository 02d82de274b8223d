import JSON
import Ledger
import Testing

@testable import LedgerAPI
@testable import LedgerStore

@Suite struct `The description of the API` {
    private static let routes = Routes.all + ServiceRoutes.all { "" }

    @Test func `every route says what it does, what it takes, what it answers and how it fails`() {
        for route in Self.routes {
            #expect(!route.summary.isEmpty && route.about.hasSuffix("."), "\(route.name)")
            #expect(!route.answers.isEmpty, "\(route.name)")
            #expect(route.answers.allSatisfy { (200..<300).contains($0.status) && $0.about.hasSuffix(".") }, "\(route.name)")
            #expect(!route.allRefusals.isEmpty, "\(route.name)")
            for name in route.path.parameters { #expect(PathParameter.known[name] != nil, "\(route.name): {\(name)}") }
            for field in route.query { #expect(!field.about.isEmpty && !field.example.isNull, "\(route.name): \(field.name)") }
            if case .object(let shape) = route.body {
                for field in shape.variants.flatMap(\.fields) {
                    #expect(!field.about.isEmpty && !field.example.isNull, "\(route.name): \(field.name)")
                }
            }
        }
    }

    /// Written out once more, so that a slip where a route is declared is seen.
    private static let rights = """
        listJournal          seeBooks
        listPayouts          seeBooks
        showPayout           seeBooks
        listBookedMovements  seeBooks
        listDisputes         seeBooks
        showDispute          seeBooks
        writeOffDispute      writeOff
        listOpenItemsOfDay   seeBooks
        listCatalogue        seeSettings
        showCatalogueItem    seeSettings
        setCatalogueItem     changeCatalogue
        removeCatalogueItem  changeCatalogue
        listPayments         seeFolios
        askForPayment        checkOut
        refundPayment        refund
        listRefunds          seeFolios
        decideBill           decideBill
        addLine              charge
        listLines            seeFolios
        reverseLine          charge
        addAllowance         charge
        addLines             charge
        openFolio            openFolio
        listFolios           seeFolios
        showFolio            seeFolios
        askForHold           hold
        listHolds            seeFolios
        releaseHold          hold
        renewHold            hold
        raiseHold            hold
        listEndingHolds      seeFolios
        previewCheckOut      seeFolios
        checkOut             checkOut
        withdrawCheckOut     checkOut
        showDocument         seeFolios
        cancelFolio          checkOut
        recordNoShow         checkOut
        chargeLate           checkOut
        metrics              runTenants
        showStatement        seeBooks
        closeMonth           closeMonth
        showClosingChecklist seeBooks
        listOpenItems        seeBooks
        closeMonths          runTenants
        listStatements       runTenants
        listMovements        seeBooks
        assignMovement       assignMovement
        assignMovements      assignMovement
        listMovementRules    seeBooks
        addMovementRule      assignMovement
        endMovementRule      assignMovement
        dismissMovement      assignMovement
        listUnreadable       seeBooks
        dismissUnreadable    assignMovement
        addTenant            runTenants
        listTenants          runTenants
        showTenant           seeSettings
        changeTenant         changeSettings
        setStripeFeeNote     changeSettings
        connectStripe        changeSettings
        listWebhookSecrets   seeSettings
        setWebhookSecret     changeSettings
        revokeWebhookSecret  changeSettings
        listAudit            seeAudit
        showContract         seeBooks
        changeContract       runTenants
        endContract          runTenants
        continueContract     runTenants
        removeKeys           runTenants
        previewFees          runTenants
        listFeeRuns          runTenants
        runFees              runTenants
        showFeeRun           runTenants
        correctFee           runTenants
        listFeeInvoices      runTenants
        assignFeeInvoices    runTenants
        listUsers            manageAccess
        listTokens           manageAccess
        listOperations       runTenants
        listEvents           runTenants
        """

    @Test func `each route needs the right that the design gives it`() {
        let lines = Self.rights.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        let needed = Self.routes.compactMap { route in route.right.map { "\(route.name) \($0.rawValue)" } }
        #expect(Set(needed).symmetricDifference(lines).sorted() == [])
    }

    @Test func `whether a route waits for Stripe is what it documents`() {
        for route in Self.routes {
            #expect(route.waitsForStripe == route.refusals.contains("stripe_unanswered"), "\(route.name)")
            #expect(!route.waitsForStripe || route.takesKey, "\(route.name)")
        }
        #expect(Self.routes.contains { $0.waitsForStripe } && Self.routes.contains { $0.takesKey && !$0.waitsForStripe })
    }

    @Test func `examples of requests are read`() throws {
        for route in Self.routes {
            if case .object(let shape) = route.body { _ = try shape.read(shape.example.members!, at: { "" }) }
        }
    }

    /// A 4xx would be kept as the answer of the request, also when the file has been mended.
    @Test(arguments: [
        StoreRefusal.Accident.damaged, .unreadable, .notADatabase, .diskFull, .readOnly, .cannotOpen, .noFileHandles, .locked, .closed,
    ])
    func `an accident with the file is no fault of the request, and every route that needs the file tells of it`(
        accident: StoreRefusal.Accident
    ) {
        let code = StoreRefusal(accident, "ledger.db").code
        #expect(Problem.status(of: code) == 503)
        for route in Self.routes where route.right != nil || route.path.parameters.contains("tenant") {
            #expect(route.allRefusals.contains(code), "\(route.name)")
        }
    }

    @Test func `names are unique, and no two routes answer one request`() {
        #expect(Set(Self.routes.map(\.name)).count == Self.routes.count)
        let places = Self.routes.map { route in
            route.method.rawValue + route.path.parts.map { if case .word(let word) = $0 { "/\(word)" } else { "/*" } }.joined()
        }
        #expect(Set(places).count == places.count)
    }

    @Test func `everything that is referred to is there`() throws {
        let document = OpenAPI(Self.routes).document
        let schemas = Set(document["components"]?["schemas"]?.members?.map(\.key) ?? [])
        let text = String(decoding: document.bytes, as: UTF8.self)
        let referred = Set(text.matches(of: /#\/components\/schemas\/([A-Za-z]+)/).map { String($0.1) })
        #expect(!referred.isEmpty && referred.isSubset(of: schemas), "\(referred.subtracting(schemas))")
        #expect(document["paths"]?.members?.count == Set(Self.routes.map(\.path.text)).count)
    }

    /// A generator of clients makes a type for each way a value can look, and names it after its title.
    @Test func `words have one type of their own, and each variant of a body a title`() {
        func check(_ value: JSON) {
            #expect(value["enum"] == nil || value["type"] == "string", "\(value)")
            for variant in value["oneOf"]?.arrayValue ?? [] { #expect(variant["title"]?.textValue != nil, "\(variant)") }
            for member in value.members ?? [] { check(member.value) }
            for element in value.arrayValue ?? [] { check(element) }
        }
        check(OpenAPI(Self.routes).document)
    }

    @Test func `a problem describes the plan and the page that it may bring`() throws {
        let properties = OpenAPI(Self.routes).document["components"]?["schemas"]?["Problem"]?["properties"]
        #expect(properties?["plan"]?["$ref"] == "#/components/schemas/Plan")
        #expect(properties?["payment_url"]?["type"] == ["string", "null"])
    }

    @Test func `roles in the description are those of the table of rights`() {
        let document = OpenAPI(Self.routes).document
        let roles = document["paths"]?["/v1/tenants/{tenant}/journal"]?["get"]?["x-roles"]?.texts
        #expect(roles == ["operator", "admin", "accounting", "auditor"])
    }

    @Test func `limits of texts and numbers are those of the domain`() {
        let document = OpenAPI(Self.routes).document
        let open = document["paths"]?["/v1/tenants/{tenant}/folios"]?["post"]
        let body = open?["requestBody"]?["content"]?["application/json"]?["schema"]?["properties"]
        let language = body?["guest"]?["properties"]?["language"]
        #expect(language?["pattern"] == "^[a-z]{2}$" && language?["minLength"] == 2 && language?["maxLength"] == 2)
        #expect(body?["reference"]?["maxLength"]?.intValue == TextRule.folioReference.length.upperBound)
        #expect(open?["parameters"]?.arrayValue?.first { $0["name"] == "tenant" }?["schema"] == TextRule.tenantID.schema)
        let quantity = body?["lines"]?["items"]?["oneOf"]?.arrayValue?.first?["properties"]?["quantity"]
        #expect(quantity?["minimum"] == 1 && quantity?["maximum"] == 100_000)
    }
}
