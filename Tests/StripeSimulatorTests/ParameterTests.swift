import JSON
import Testing

@testable import StripeSimulator

/// What the tables of parameters let through.
@Suite struct ParameterTests {
    let bench = Bench()

    @Test(arguments: [
        ("/v1/customers", "invoice_settings[nope]"), ("/v1/customers", "invoice_settings[rendering_options][nope]"),
        ("/v1/customers", "tax[nope]"), ("/v1/customers", "cash_balance[settings][nope]"),
        ("/v1/payment_methods", "us_bank_account[nope]"), ("/v1/setup_intents", "payment_method_options[acss_debit][nope]"),
        ("/v1/payment_intents", "amount_details[line_items][0][nope]"), ("/v1/payment_intents", "transfer_data[nope]"),
        ("/v1/payment_intents", "payment_method_data[ideal][nope]"), ("/v1/payment_intents", "hooks[inputs][nope]"),
        ("/v1/checkout/sessions", "custom_fields[0][nope]"), ("/v1/checkout/sessions", "branding_settings[icon][nope]"),
        ("/v1/checkout/sessions", "wallet_options[link][nope]"), ("/v1/checkout/sessions", "subscription_data[nope]"),
    ])
    func `an unknown parameter deep inside is refused by its bracketed name`(path: String, name: String) {
        let answer = bench.post(path, name + "=1")
        #expect(answer.error == "400 parameter_unknown \(name)")
        #expect(answer.text("error.message") == "Received unknown parameter: \(name)")
    }

    @Test(arguments: ParameterTable.routes.keys.sorted())
    func `no object in any table takes a name that it does not know`(route: String) throws {
        for path in Self.objects(.object(ParameterTable.routes[route] ?? [:])) {
            let names = path + ["nope"]
            let form = Form.decode(Array((Self.bracketed(names) + "=1").utf8)) ?? .empty
            let refused = #expect(throws: StripeError.self) {
                try ParameterCheck.check(form, by: ParameterTable.routes[route] ?? [:])
            }
            #expect(refused?.code == "parameter_unknown")
            #expect(refused?.param == Self.bracketed(names))
        }
    }

    /// Where objects lie in a type; the first element stands for all of a list.
    private static func objects(_ type: ParameterType) -> [[String]] {
        switch type {
        case .object(let table):
            [[]] + table.sorted { $0.key < $1.key }.flatMap { name, parameter in objects(parameter.type).map { [name] + $0 } }
        case .list(let element): objects(element).map { ["0"] + $0 }
        default: []
        }
    }

    private static func bracketed(_ names: [String]) -> String { names[0] + names.dropFirst().map { "[\($0)]" }.joined() }

    @Test func `only names that are free are taken unchecked`() {
        func free(_ type: ParameterType, _ name: String) -> Set<String> {
            switch type {
            case .anything: [name]
            case .object(let table): Set(table.flatMap { free($0.value.type, $0.key) })
            case .list(let element): free(element, name)
            default: []
            }
        }
        #expect(Set(ParameterTable.routes.values.flatMap { free(.object($0), "") }) == ["currency_options"])
    }

    @Test(arguments: [("true", 402), ("one_off", 402), ("false", 200)])
    func `off_session is true, false or a word`(value: String, status: Int) {
        let form = "amount=100&currency=eur&payment_method=pm_card_authenticationRequired&payment_method_types[0]=card&confirm=true"
        #expect(bench.post("/v1/payment_intents", form + "&off_session=" + value).status == status)
        #expect(bench.post("/v1/payment_intents", form + "&off_session[nope]=1").error == "400 - off_session")
    }
}
