import JSON
import Ledger
import TestSupport
import Testing

@testable import LedgerAPI

@Suite struct `Who may call which route` {
    /// Every route, with something in the places of its path, and a body that would be taken.
    private static func calls(_ tenant: String) -> [(route: Route, path: String)] {
        (Routes.all + ServiceRoutes.all { "" }).filter { $0.right != nil }.map { route in
            let path = route.path.filled { name in
                let example = PathParameter.known[name]!.example
                return name == "tenant" ? tenant : example.textValue ?? "\(example.intValue!)"
            }
            return (route, path)
        }
    }

    @Test func `at one's own hotel the table of rights decides, and another hotel is not there`() async throws {
        let house = try await House(roles: House.roles)
        for (route, own) in Self.calls("seeblick") {
            let foreign = Self.calls("waldhof").first { $0.route.name == route.name }!.path
            let absent = Self.calls("nowhere").first { $0.route.name == route.name }!.path
            var body: JSON?
            if case .object(let shape) = route.body { body = shape.example }
            for role in House.roles {
                let mayDo = Role(rawValue: role)!.rights.contains(route.right!)
                let answer = try await house.send(route.method.rawValue, own, as: "seeblick \(role)", body)
                #expect((answer.status == 403) == !mayDo, "\(role) \(route.name): \(answer.status) \(answer.text)")
                #expect(answer.status < 500, "\(role) \(route.name): \(answer.text)")
                guard route.path.parameters.contains("tenant") else { continue }
                for path in [foreign, absent] {
                    let answer = try await house.send(route.method.rawValue, path, as: "seeblick \(role)", body)
                    #expect(answer.status == 404 && answer.code == "tenant_not_found", "\(role) \(route.name): \(answer.text)")
                }
            }
            let asOperator = try await house.send(route.method.rawValue, own, as: "operator", body)
            #expect(asOperator.status != 403 && asOperator.status < 500, "operator \(route.name): \(asOperator.text)")
            for token in [nil, "slt_nobody", "tooshort"] {
                let answer = try await house.send(route.method.rawValue, own, as: token, body)
                #expect(answer.status == 401 && answer.header("WWW-Authenticate") == "Bearer", "\(route.name): \(answer.text)")
            }
        }
    }
}
