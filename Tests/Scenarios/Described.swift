import Testing
import WebServer

@testable import LedgerAPI

private let table = RouteTable(Routes.all + ServiceRoutes.all { "" })

/// Whatever a route answers with stands in its description: the status, and the code of a problem.
func expectDescribed(_ answer: House.Answer, _ method: String, _ path: String) {
    guard let (route, _) = try? table.find(HTTPRequest(method: method, target: path)) else { return }
    if let code = answer.code {
        #expect(route.allRefusals.contains(code), "\(route.name) does not tell of \(code)")
        #expect(Problem.status(of: code) == answer.status, "\(route.name): \(answer.text)")
    } else if answer.status < 300 {
        #expect(route.answers.contains { $0.status == answer.status }, "\(route.name) does not tell of \(answer.status)")
    }
}
