import JSON
import Ledger
import LedgerShapes
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
                Folios, holds, payments and check-outs of many tenants, kept in sync with Stripe. Amounts are integers in minor units: 300.00 EUR is \
                30000. Days are in the tenant's time zone; instants are UTC. Errors are problem details (RFC 9457) with a stable code and a text in \
                German or English, chosen by Accept-Language.

                Every POST needs an Idempotency-Key. One key has one outcome, for 30 days: a request that is repeated with the same key and the same \
                body gets its final answer again, with the header `Idempotent-Replayed: true`. A key belongs to one tenant and one route; with another body, or for another folio, it is \
                refused. Two keys are two requests, even with equal bodies. 2xx, 404, 409 and 422 are final. 503 means "not yet": it carries \
                Retry-After and is not stored, but the request may already have been decided, so repeat it with the same key. 400, 401, 403, \
                415 and 429 do not use up the key.
                """,
            ],
            "paths": paths,
            "components": [
                "securitySchemes": [
                    "token": ["type": "http", "scheme": "bearer", "description": "A token of the tenant or of the operator."]
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
        schemas[Problem.shape.name] = Problem.schema
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
                "description": "A random text: a new one for each request, and the same one whenever the request is repeated.",
                "schema": TextRule.idempotencyKey.schema,
                "example": "0b6f1a4e-3c52-4b7f-9d0e-5f7a1c2d3e4f",
            ])
        }
        if isTagged(route) {
            parameters.append([
                "name": "If-None-Match", "in": "header", "required": false,
                "description": "The `ETag` of an earlier answer: if it still matches, the answer is 304.", "schema": ["type": "string"],
                "example": "\"9f86d081884c7d659a2feaa0\"",
            ])
        }
        return parameters
    }

    private func isTagged(_ route: Route) -> Bool {
        route.method == .get && route.answers.contains { $0.shape?.name == FolioShapes.folio.name }
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
        if isTagged(route) {
            responses["200"]?["headers"] = ["ETag": ["description": "The entity tag of this answer.", "schema": ["type": "string"]]]
            responses["304"] = ["description": "Not modified: the entity tag in If-None-Match still matches."]
        }
        let codes = Dictionary(grouping: Set(route.allRefusals), by: Problem.status)
        for (status, codes) in codes.sorted(by: { $0.key < $1.key }) {
            var response: JSON = [
                "description": .text("\(ReasonPhrase.of(status)): " + codes.sorted().map { "`\($0)`" }.joined(separator: ", ") + "."),
                "content": ["application/problem+json": ["schema": Problem.shape.reference]],
            ]
            if status == 429 || status == 503 {
                response["headers"] = [
                    "Retry-After": ["description": "In how many seconds to try again.", "schema": ["type": "integer", "minimum": 1]]
                ]
            }
            responses[String(status)] = response
        }
        return responses
    }
}

/// The parameters in paths.
enum PathParameter {
    static let known: [String: (about: String, schema: JSON, example: JSON)] = [
        "tenant": ("The tenant's id.", TextRule.tenantID.schema, "seeblick"),
        "reference": ("The folio's reference.", TextRule.folioReference.schema, "R-4711"),
        "sku": ("The item's name on the price list.", TextRule.itemName.schema, "minibar-beer"),
        "number": ("The line's number on the folio.", ["type": "integer", "minimum": 1], 1),
        "id": ("The number of the hold, payment or refund on the folio.", ["type": "integer", "minimum": 1], 1),
        "movement": ("Stripe's id of the balance transaction.", ["type": "string", "maxLength": 255], "txn_3SYk2h"),
        "object": ("The object's id, as the list of what cannot be read has it.", ["type": "string", "maxLength": 255], "txn_3SYk2h"),
        "payout": ("Stripe's id of the payout.", ["type": "string", "maxLength": 255], "po_3SYk2h"),
        "dispute": ("Stripe's id of the dispute.", ["type": "string", "maxLength": 255], "du_3SYk2h"),
        "name": ("The name of the endpoint's secret.", TextRule.webhookName.schema, "default"),
        "month": ("The month.", TextRule.month.schema, "2026-11"),
        "rule": ("The rule's number.", ["type": "integer", "minimum": 1], 1),
        "run": ("The fee run's number.", ["type": "integer", "minimum": 1], 1),
    ]
}
