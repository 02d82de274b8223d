import JSON
import Ledger
import WebServer

/// The description of the API, made of the routes themselves.
///
/// - Source: OpenAPI Specification 3.1.0; its schemas are JSON Schema 2020-12.
struct OpenAPI: Sendable {
    private let routes: [Route]

    init(_ routes: [Route]) { self.routes = routes }

    var document: JSON {
        var paths = JSON.emptyObject
        for route in routes {
            var path = paths[route.path.text] ?? .emptyObject
            path[route.method.rawValue.lowercased()] = operation(route)
            paths[route.path.text] = path
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Soferu Stripe ledger", "version": .text(Version.current),
                "description": """
                Folios, holds, payments and check-outs of many tenants, kept in step with Stripe. Amounts are whole numbers in minor units: \
                300.00 EUR is 30000. Days are the tenant's; instants are UTC. Errors are problem details with a stable code, in German or \
                English by Accept-Language.

                A POST carries an Idempotency-Key. One key has one outcome, for 30 days: repeated with the same key and the same body, a \
                request gets its final answer again. Two keys are two requests, also with equal bodies. 2xx, 404, 409 and 422 are final. \
                503 says "not yet": it comes with Retry-After, is kept nowhere, and the request may have been decided already, so repeat \
                it with the same key. 400, 401, 403, 415 and 429 leave the key free.
                """,
            ],
            "paths": paths,
            "components": [
                "securitySchemes": [
                    "token": ["type": "http", "scheme": "bearer", "description": "A token of the tenant's, or of the operator's."]
                ],
                "schemas": schemas,
            ],
        ]
    }

    private var schemas: JSON {
        var schemas = JSON.emptyObject
        func add(_ shape: any AnyShape) {
            guard schemas[shape.name] == nil else { return }
            schemas[shape.name] = shape.schema
            shape.parts.forEach(add)
        }
        for route in routes { route.answers.compactMap(\.shape).forEach(add) }
        // Facts may stand beside what every problem has.
        var problem = Problem.shape.schema
        problem["additionalProperties"] = true
        schemas[Problem.shape.name] = problem
        return schemas
    }

    private func operation(_ route: Route) -> JSON {
        var operation: JSON = [
            "operationId": .text(route.name), "summary": .text(route.summary), "description": .text(about(route)),
            "tags": [.text(tag(route))], "parameters": .array(parameters(route)), "responses": responses(route),
        ]
        operation["security"] = route.right == nil ? [] : [["token": []]]
        operation["x-roles"] = JSON(roles(route))
        switch route.body {
        case .none: break
        case .object(let shape):
            operation["requestBody"] = [
                "required": true, "content": ["application/json": ["schema": shape.schema, "example": shape.example]],
            ]
        case .raw(let about):
            operation["requestBody"] = [
                "required": true, "description": .text(about),
                "content": ["application/json": ["schema": ["type": "object"], "example": .emptyObject]],
            ]
        }
        return operation
    }

    private func about(_ route: Route) -> String {
        route.right == nil ? route.about : "\(route.about)\n\nRoles: \(roles(route).joined(separator: ", "))."
    }

    private func roles(_ route: Route) -> [String] {
        guard let right = route.right else { return [] }
        return Role.allCases.filter { $0.rights.contains(right) }.map(\.rawValue)
    }

    private func tag(_ route: Route) -> String {
        let words = route.path.parts.compactMap { if case .word(let word) = $0 { word } else { nil } }
        return words.first == "v1" ? words[min(2, words.count - 1)] : "service"
    }

    private func parameters(_ route: Route) -> [JSON] {
        var parameters: [JSON] = route.path.parameters.map { name in
            let known = PathParameter.known[name]!
            return [
                "name": .text(name), "in": "path", "required": true, "description": .text(known.about), "schema": known.schema,
                "example": known.example,
            ]
        }
        parameters += route.query.map { field in
            [
                "name": .text(field.name), "in": "query", "required": .bool(field.isRequired), "description": .text(field.about),
                "schema": field.schema, "example": field.example,
            ]
        }
        if route.takesKey {
            parameters.append([
                "name": "Idempotency-Key", "in": "header", "required": true,
                "description": "A random text of your own: a new one for each request, the same one whenever it is repeated.",
                "schema": TextRule.idempotencyKey.schema,
                "example": "0b6f1a4e-3c52-4b7f-9d0e-5f7a1c2d3e4f",
            ])
        }
        return parameters
    }

    private func responses(_ route: Route) -> JSON {
        var responses = JSON.emptyObject
        for answer in route.answers {
            var response: JSON = ["description": .text(answer.about)]
            if let shape = answer.shape {
                response["content"] = ["application/json": ["schema": shape.reference, "example": shape.example]]
                if answer.csv { response["content"]!["text/csv"] = ["schema": ["type": "string"]] }
            } else if answer.status != 204 {
                response["content"] = ["text/plain": ["schema": ["type": "string"]]]
            }
            responses[String(answer.status)] = response
        }
        if route.answers.contains(where: { $0.shape?.name == FolioShapes.folio.name }), route.method == .get {
            responses["304"] = ["description": "The entity tag in If-None-Match is still right."]
        }
        let codes = Dictionary(grouping: Set(route.allRefusals), by: Problem.status)
        for (status, codes) in codes.sorted(by: { $0.key < $1.key }) {
            var response: JSON = [
                "description": .text("\(ReasonPhrase.of(status)): " + codes.sorted().map { "`\($0)`" }.joined(separator: ", ") + "."),
                "content": ["application/problem+json": ["schema": Problem.shape.reference]],
            ]
            if status == 429 || status == 503 {
                response["headers"] = [
                    "Retry-After": ["description": "In how many seconds to ask again.", "schema": ["type": "integer", "minimum": 1]]
                ]
            }
            responses[String(status)] = response
        }
        return responses
    }
}

/// What stands in the braces of paths.
enum PathParameter {
    static let known: [String: (about: String, schema: JSON, example: JSON)] = [
        "tenant": ("The tenant's id.", TextRule.tenantID.schema, "seeblick"),
        "reference": ("The folio's reference.", TextRule.folioReference.schema, "R-4711"),
        "sku": ("The item's name on the price list.", TextRule.itemName.schema, "minibar-beer"),
        "number": ("The line's number on the folio.", ["type": "integer", "minimum": 1], 1),
        "id": ("Its number on the folio.", ["type": "integer", "minimum": 1], 1),
        "name": ("Tells one endpoint from another.", TextRule.webhookName.schema, "default"),
        "month": ("The month.", TextRule.month.schema, "2026-11"),
    ]
}
