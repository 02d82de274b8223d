import Ledger
import Testing

@Suite struct `Roles` {
    /// Written out once more, so that a slip in the table of rights is seen. o a i r c u: operator, admin, integration, reception,
    /// accounting, auditor.
    private static let table = """
        seeFolios        o a i r c u
        seeBooks         o a . . c u
        seeSettings      o a i r c u
        openFolio        o a i r . .
        charge           o a i r . .
        hold             o a i r . .
        checkOut         o a i r . .
        refund           o a i . c .
        decideBill       o a i r c .
        closeMonth       o a . . c .
        assignMovement   o a . . c .
        writeOff         o a . . c .
        changeCatalogue  o a . . . .
        changeSettings   o a . . . .
        manageAccess     o a . . . .
        seeAudit         o a . . . u
        runTenants       o . . . . .
        """

    @Test func `have the rights that the design gives them`() throws {
        let roles: [Role] = [.operator, .admin, .integration, .reception, .accounting, .auditor]
        #expect(Set(roles) == Set(Role.allCases))
        let lines = Self.table.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(Set(lines.map { String($0[0]) }) == Set(Right.allCases.map(\.rawValue)))
        for line in lines {
            let right = try #require(Right(rawValue: String(line[0])))
            for (role, mark) in zip(roles, line.dropFirst()) { #expect(role.rights.contains(right) == (mark != "."), "\(role) \(right)") }
        }
    }

    @Test func `see nothing of another tenant, and may not do what their role may not`() {
        let desk = Caller(actor: "user:anna", role: .reception, tenant: "seeblick")
        #expect(desk.asks(for: .charge, of: "seeblick") == .allowed)
        #expect(desk.asks(for: .closeMonth, of: "seeblick") == .forbidden)
        #expect(desk.asks(for: .charge, of: "waldhof") == .unseen)
        #expect(desk.asks(for: .runTenants, of: nil) == .forbidden)
        #expect(Caller(actor: "operator:otto", role: .operator, tenant: nil).asks(for: .charge, of: "waldhof") == .allowed)
    }
}
