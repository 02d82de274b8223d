import Ledger
import Testing

@testable import Stripe

@Suite struct `A secret` {
    @Test func `is not shown by printing, dumping or reflecting`() {
        let secret = Secret("sk_live_51H")!
        var dumped = ""
        dump(["key": secret], to: &dumped)
        dump(HTTPHeader("authorization", "Bearer sk_live_51H"), to: &dumped)
        let texts = [
            "\(secret)", String(reflecting: secret), "\(Optional(secret) as Any)", dumped, "\(HTTPHeader("Authorization", "sk_live_51H"))",
        ]
        #expect(texts.allSatisfy { !$0.contains("51H") })
        #expect(secret.revealed == "sk_live_51H")
    }

    @Test(arguments: ["", "sk_test_1\n", "sk test", "sk_tést", String(repeating: "k", count: 513), "a\u{0}b"])
    func `with a blank, a line break or no text at all is none`(text: String) {
        #expect(Secret(text) == nil)
    }

    @Test(arguments: [("sk_live_1", true), ("rk_live_1", true), ("sk_test_1", false), ("whsec_1", false)])
    func `says whether it opens the live account`(text: String, isLive: Bool) {
        #expect(Secret(text)!.isLive == isLive)
    }

    @Test(arguments: [
        ("sk_test_seeblick", true, false), ("rk_live_1", true, false), ("whsec_seeblick", false, true), ("whsec_", false, false),
        ("whsec_;", false, false), ("whsec_s", false, true), ("whsec_see;blick", false, false), ("sk_test_", true, false),
        ("sk_test_k;drop", false, false), ("pk_test_seeblick", false, false), ("sk_seeblick", false, false),
        ("whsec_" + String(repeating: "a", count: 201), false, false),
    ])
    func `is a key or a signing secret only as Stripe writes them`(text: String, isKey: Bool, isSigning: Bool) throws {
        let secret = try #require(Secret(text))
        #expect(secret.isSecretKey == isKey && secret.isWebhookSecret == isSigning)
    }

    @Test func `is taken out of a stranger's words`() {
        #expect(redacted("Invalid API Key provided: sk_test_51Hab_c*****7dc.") == "Invalid API Key provided: sk_test_[secret].")
        #expect(
            redacted("rk_live_9 and whsec_A+b/c= for pi_1_secret_2x!") == "rk_live_[secret] and whsec_[secret] for pi_1_secret_[secret]!")
        #expect(redacted("No such risk_level: 'desk_1'") == "No such risk_level: 'desk_1'")
    }
}
