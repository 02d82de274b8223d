import Foundation

@testable import Stripe

/// Answers in the shape of API version 2026-08-26.dahlia, shortened to what matters and some fields that do not.
enum Recorded {
    static func decode<Value: Decodable>(_ text: String, as _: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }

    static let hold = """
        {"id":"pi_1","object":"payment_intent","status":"requires_capture","amount":6500,"amount_capturable":6500,"amount_received":0,
         "currency":"eur","capture_method":"manual","cancellation_reason":null,"canceled_at":null,"created":1780000000,"customer":"cus_1",
         "client_secret":"pi_1_secret_x","last_payment_error":null,"livemode":false,"metadata":{"folio":"R-17"},"next_action":null,
         "payment_method":"pm_1","payment_method_types":["card"],"some_new_field":{"a":[1]},
         "latest_charge":\(charge(captured: false))}
        """

    static func charge(captured: Bool) -> String {
        """
        {"id":"ch_1","object":"charge","status":"succeeded","paid":true,"captured":\(captured),"amount":6500,
         "amount_captured":\(captured ? 5000 : 0),"amount_refunded":0,"refunded":false,"disputed":false,"currency":"eur","created":1780000000,
         "balance_transaction":\(captured ? #""txn_1""# : "null"),"customer":"cus_1","payment_intent":"pi_1","payment_method":"pm_1",
         "failure_code":null,"failure_message":null,"metadata":{},
          "outcome":{"network_status":"approved_by_network","reason":null,"risk_level":"elevated","risk_score":71,"type":"authorized"},
         "payment_method_details":{"type":"card","card":{"brand":"visa","country":"DE","funding":"credit","fingerprint":"Xt5EWLLDS7FJjR1c",
          "last4":"4242",
          "checks":{"address_line1_check":null,"address_postal_code_check":"fail","cvc_check":"pass"},
          "amount_authorized":6500,"capture_before":1780604800,
          "extended_authorization":{"status":"disabled"},"incremental_authorization":{"status":"unavailable"},
          "multicapture":{"status":"unavailable"},"overcapture":{"status":"unavailable","maximum_amount_capturable":6500}}}}
        """
    }

    static let decline = """
        {"error":{"type":"card_error","code":"card_declined","decline_code":"insufficient_funds","advice_code":"try_again_later",
         "message":"Your card has insufficient funds.","doc_url":"https://docs.stripe.com","param":"","charge":"ch_9",
         "payment_intent":{"id":"pi_9","object":"payment_intent","status":"requires_payment_method","amount":500,"amount_capturable":0,
          "amount_received":0,"currency":"eur","capture_method":"automatic","created":1780000000,"customer":"cus_1","livemode":false,
          "payment_method":null,"latest_charge":"ch_9","metadata":{},
          "last_payment_error":{"type":"card_error","code":"card_declined","decline_code":"insufficient_funds","charge":"ch_9",
           "payment_method":{"id":"pm_1","object":"payment_method","type":"card"}}}}}
        """
}
