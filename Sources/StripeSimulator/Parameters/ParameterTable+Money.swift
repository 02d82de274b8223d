extension ParameterTable {
    /// Parameters of refunds, charges, the balance, payouts, disputes, events and webhook endpoints, in the notation of `ParameterTable`.
    ///
    /// - Source: Stripe's request schema of `2026-08-26.dahlia`. A choice of more than a dozen words is a text.
    static let money = """
        POST /v1/refunds
            amount:i charge:s currency:s customer:s expand:[s] instructions_email:s metadata:m? origin:customer_balance payment_intent:s
            reason:duplicate|fraudulent|requested_by_customer refund_application_fee:b reverse_transfer:b

        GET /v1/refunds
            charge:s created:range ending_before:s expand:[s] limit:i payment_intent:s starting_after:s

        GET /v1/refunds/{refund}
            expand:[s]

        POST /v1/refunds/{refund}
            expand:[s] metadata:m?

        POST /v1/refunds/{refund}/cancel
            expand:[s]

        GET /v1/charges
            created:range customer:s ending_before:s expand:[s] limit:i payment_intent:s starting_after:s transfer_group:s

        GET /v1/charges/{charge}
            expand:[s]

        POST /v1/charges/{charge}
            customer:s description:s expand:[s] fraud_details:{user_report:fraudulent|safe?!} metadata:m? receipt_email:s
            shipping:{address:{city:s country:s line1:s line2:s postal_code:s state:s}! carrier:s name:s! phone:s tracking_number:s}
            transfer_group:s

        POST /v1/charges/{charge}/capture
            amount:i application_fee:i application_fee_amount:i expand:[s] receipt_email:s statement_descriptor:s
            statement_descriptor_suffix:s transfer_data:{amount:i} transfer_group:s

        GET /v1/balance
            expand:[s]

        GET /v1/balance_transactions
            created:range currency:s ending_before:s expand:[s] limit:i payout:s source:s starting_after:s type:s

        GET /v1/balance_transactions/{id}
            expand:[s]

        POST /v1/payouts
            amount:i! currency:s! description:s destination:s expand:[s] metadata:m method:instant|standard payout_method:s
            source_type:bank_account|card|fpx statement_descriptor:s

        GET /v1/payouts
            arrival_date:range created:range destination:s ending_before:s expand:[s] limit:i starting_after:s status:s

        GET /v1/payouts/{payout}
            expand:[s]

        POST /v1/payouts/{payout}
            expand:[s] metadata:m?

        POST /v1/payouts/{payout}/cancel
            expand:[s]

        POST /v1/payouts/{payout}/reverse
            expand:[s] metadata:m

        GET /v1/topups/{topup}
            expand:[s]

        GET /v1/transfers/{transfer}
            expand:[s]

        GET /v1/disputes
            charge:s created:range ending_before:s expand:[s] limit:i payment_intent:s starting_after:s

        GET /v1/disputes/{dispute}
            expand:[s]

        POST /v1/disputes/{dispute}
            evidence:{access_activity_log:s billing_address:s cancellation_policy:s cancellation_policy_disclosure:s cancellation_rebuttal:s
            customer_communication:s customer_email_address:s customer_name:s customer_purchase_ip:s customer_signature:s
            duplicate_charge_documentation:s duplicate_charge_explanation:s duplicate_charge_id:s
            enhanced_evidence:{mastercard_compliance:{fee_acknowledged:b}
            visa_compelling_evidence_3:{disputed_transaction:{customer_account_id:s? customer_device_fingerprint:s? customer_device_id:s?
            customer_email_address:s? customer_purchase_ip:s? merchandise_or_services:merchandise|services product_description:s?
            shipping_address:{city:s? country:s? line1:s? line2:s? postal_code:s? state:s?}} prior_undisputed_transactions:[{charge:s!
            customer_account_id:s? customer_device_fingerprint:s? customer_device_id:s? customer_email_address:s? customer_purchase_ip:s?
            product_description:s? shipping_address:{city:s? country:s? line1:s? line2:s? postal_code:s? state:s?}}]}
            visa_compliance:{fee_acknowledged:b}}? product_description:s receipt:s refund_policy:s refund_policy_disclosure:s
            refund_refusal_explanation:s service_date:s service_documentation:s shipping_address:s shipping_carrier:s shipping_date:s
            shipping_documentation:s shipping_tracking_number:s uncategorized_file:s uncategorized_text:s} expand:[s] metadata:m? submit:b

        POST /v1/disputes/{dispute}/close
            expand:[s]

        GET /v1/events
            created:range delivery_success:b ending_before:s expand:[s] limit:i starting_after:s type:s types:[s]

        GET /v1/events/{id}
            expand:[s]

        POST /v1/webhook_endpoints
            api_version:s connect:b description:s? enabled_events:[s]! expand:[s] metadata:m? url:s!

        GET /v1/webhook_endpoints
            ending_before:s expand:[s] limit:i starting_after:s

        GET /v1/webhook_endpoints/{webhook_endpoint}
            expand:[s]

        POST /v1/webhook_endpoints/{webhook_endpoint}
            description:s? disabled:b enabled_events:[s] expand:[s] metadata:m? url:s

        DELETE /v1/webhook_endpoints/{webhook_endpoint}

        GET /v1/account
            expand:[s]
        """
}
