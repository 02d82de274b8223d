extension ParameterTable {
    /// Parameters of customers, payment methods and setup intents, in the notation of `ParameterTable`.
    ///
    /// - Source: Stripe's request schema of `2026-08-26.dahlia`. A choice of more than a dozen words is a text.
    static let cards = """
        POST /v1/customers
            address:{city:s country:s line1:s line2:s postal_code:s state:s}? balance:i business_name:s?
            cash_balance:{settings:{reconciliation_mode:automatic|manual|merchant_default}} description:s email:s expand:[s]
            individual_name:s? invoice_prefix:s invoice_settings:{custom_fields:[{name:s! value:s!}]? default_payment_method:s footer:s
            rendering_options:{amount_tax_display:exclude_tax|include_inclusive_tax? template:s}?} metadata:m? name:s
            next_invoice_sequence:i payment_method:s phone:s preferred_locales:[s] shipping:{address:{city:s country:s line1:s line2:s
            postal_code:s state:s}! name:s! phone:s}? source:s tax:{ip_address:s? validate_location:deferred|immediately}
            tax_exempt:exempt|none|reverse? tax_id_data:[{type:s! value:s!}] test_clock:s validate:b

        GET /v1/customers
            created:range email:s ending_before:s expand:[s] limit:i starting_after:s test_clock:s

        GET /v1/customers/{customer}
            expand:[s]

        POST /v1/customers/{customer}
            address:{city:s country:s line1:s line2:s postal_code:s state:s}? balance:i business_name:s?
            cash_balance:{settings:{reconciliation_mode:automatic|manual|merchant_default}} default_source:s description:s email:s
            expand:[s] individual_name:s? invoice_prefix:s invoice_settings:{custom_fields:[{name:s! value:s!}]? default_payment_method:s
            footer:s rendering_options:{amount_tax_display:exclude_tax|include_inclusive_tax? template:s}?} metadata:m? name:s
            next_invoice_sequence:i phone:s preferred_locales:[s] shipping:{address:{city:s country:s line1:s line2:s postal_code:s
            state:s}! name:s! phone:s}? source:s tax:{ip_address:s? validate_location:auto|deferred|immediately}
            tax_exempt:exempt|none|reverse? validate:b

        DELETE /v1/customers/{customer}

        GET /v1/customers/{customer}/payment_methods
            allow_redisplay:always|limited|unspecified ending_before:s expand:[s] limit:i starting_after:s type:s

        GET /v1/customers/{customer}/payment_methods/{payment_method}
            expand:[s]

        POST /v1/payment_methods
            acss_debit:{account_number:s! institution_number:s! transit_number:s!} affirm:{} afterpay_clearpay:{} alipay:{}
            allow_redisplay:always|limited|unspecified alma:{} amazon_pay:{} au_becs_debit:{account_number:s! bsb_number:s!}
            bacs_debit:{account_number:s sort_code:s} bancontact:{} billie:{} billing_details:{address:{city:s country:s line1:s line2:s
            postal_code:s state:s}? email:s? name:s? phone:s? tax_id:s} bizum:{} blik:{} boleto:{tax_id:s!} card:{cvc:s exp_month:i
            exp_year:i networks:{preferred:cartes_bancaires|mastercard|visa} number:s token:s} cashapp:{} crypto:{} custom:{type:s!}
            customer:s customer_balance:{} eps:{bank:s} expand:[s] fpx:{account_holder_type:company|individual bank:s!} giropay:{}
            grabpay:{} ideal:{bank:s} interac_present:{} kakao_pay:{} klarna:{dob:{day:i! month:i! year:i!}} konbini:{} kr_card:{} link:{}
            mb_way:{} metadata:m mobilepay:{} multibanco:{} naver_pay:{funding:card|points} nz_bank_account:{account_holder_name:s
            account_number:s! bank_code:s! branch_code:s! reference:s suffix:s!} oxxo:{} p24:{bank:s} pay_by_bank:{} payco:{}
            payment_method:s paynow:{} paypal:{} payto:{account_number:s bsb_number:s pay_id:s} pix:{} promptpay:{}
            radar_options:{session:s} revolut_pay:{} samsung_pay:{} satispay:{} scalapay:{} sepa_debit:{iban:s!}
            sofort:{country:AT|BE|DE|ES|IT|NL!} sunbit:{} swish:{} twint:{} type:s upi:{mandate_options:{amount:i amount_type:fixed|maximum
            description:s end_date:i}} us_bank_account:{account_holder_type:company|individual account_number:s
            account_type:checking|savings financial_connections_account:s routing_number:s} wechat_pay:{} zip:{}

        GET /v1/payment_methods
            allow_redisplay:always|limited|unspecified customer:s customer_account:s ending_before:s expand:[s] limit:i starting_after:s
            type:s

        GET /v1/payment_methods/{payment_method}
            expand:[s]

        POST /v1/payment_methods/{payment_method}
            allow_redisplay:always|limited|unspecified billing_details:{address:{city:s country:s line1:s line2:s postal_code:s state:s}?
            email:s? name:s? phone:s? tax_id:s} card:{exp_month:i exp_year:i networks:{preferred:cartes_bancaires|mastercard|visa?}}
            expand:[s] metadata:m? payto:{account_number:s bsb_number:s pay_id:s} us_bank_account:{account_holder_type:company|individual
            account_type:checking|savings}

        POST /v1/payment_methods/{payment_method}/attach
            customer:s customer_account:s expand:[s]

        POST /v1/payment_methods/{payment_method}/detach
            expand:[s]

        POST /v1/setup_intents
            allowed_payment_method_types:[s] attach_to_self:b automatic_payment_methods:{allow_redirects:always|never enabled:b!} confirm:b
            confirmation_token:s customer:s customer_account:s description:s excluded_payment_method_types:[s] expand:[s]
            flow_directions:[inbound|outbound] mandate_data:{customer_acceptance:{accepted_at:i offline:{} online:{ip_address:s!
            user_agent:s!} type:offline|online!}!}? metadata:m on_behalf_of:s payment_method:s payment_method_configuration:s
            payment_method_data:{card:{cvc:s exp_month:i exp_year:i number:s token:s} acss_debit:{account_number:s! institution_number:s!
            transit_number:s!} affirm:{} afterpay_clearpay:{} alipay:{} allow_redisplay:always|limited|unspecified alma:{} amazon_pay:{}
            au_becs_debit:{account_number:s! bsb_number:s!} bacs_debit:{account_number:s sort_code:s} bancontact:{} billie:{}
            billing_details:{address:{city:s country:s line1:s line2:s postal_code:s state:s}? email:s? name:s? phone:s? tax_id:s} bizum:{}
            blik:{} boleto:{tax_id:s!} cashapp:{} crypto:{} customer_balance:{} eps:{bank:s} fpx:{account_holder_type:company|individual
            bank:s!} giropay:{} grabpay:{} ideal:{bank:s} interac_present:{} kakao_pay:{} klarna:{dob:{day:i! month:i! year:i!}} konbini:{}
            kr_card:{} link:{} mb_way:{} metadata:m mobilepay:{} multibanco:{} naver_pay:{funding:card|points}
            nz_bank_account:{account_holder_name:s account_number:s! bank_code:s! branch_code:s! reference:s suffix:s!} oxxo:{} p24:{bank:s}
            pay_by_bank:{} payco:{} paynow:{} paypal:{} payto:{account_number:s bsb_number:s pay_id:s} pix:{} promptpay:{}
            radar_options:{session:s} revolut_pay:{} samsung_pay:{} satispay:{} scalapay:{} sepa_debit:{iban:s!}
            sofort:{country:AT|BE|DE|ES|IT|NL!} sunbit:{} swish:{} twint:{} type:s! upi:{mandate_options:{amount:i amount_type:fixed|maximum
            description:s end_date:i}} us_bank_account:{account_holder_type:company|individual account_number:s
            account_type:checking|savings financial_connections_account:s routing_number:s} wechat_pay:{} zip:{}}
            payment_method_options:{acss_debit:{currency:cad|usd mandate_options:{custom_mandate_url:s? default_for:[invoice|subscription]
            interval_description:s payment_schedule:combined|interval|sporadic transaction_type:business|personal}
            verification_method:automatic|instant|microdeposits} amazon_pay:{} bacs_debit:{mandate_options:{reference_prefix:s?}} bizum:{}
            card:{mandate_options:{amount:i! amount_type:fixed|maximum! currency:s! description:s end_date:i
            interval:day|month|sporadic|week|year! interval_count:i reference:s! start_date:i! supported_types:[india]} moto:b
            network:amex|cartes_bancaires|diners|discover|eftpos_au|girocard|interac|jcb|link|mastercard|unionpay|unknown|visa
            request_three_d_secure:any|automatic|challenge three_d_secure:{ares_trans_status:A|C|I|N|R|U|Y cryptogram:s
            electronic_commerce_indicator:01|02|05|06|07 network_options:{cartes_bancaires:{cb_avalgo:0|1|2|3|4|A! cb_exemption:s
            cb_score:i}} requestor_challenge_indicator:s transaction_id:s version:1.0.2|2.1.0|2.2.0|2.3.0|2.3.1}} card_present:{}
            klarna:{currency:s on_demand:{average_amount:i maximum_amount:i minimum_amount:i purchase_interval:day|month|week|year
            purchase_interval_count:i} preferred_locale:s subscriptions:[{interval:day|month|week|year! interval_count:i name:s
            next_billing:{amount:i! date:s!}! reference:s!}]?} link:{persistent_token:s} paypal:{billing_agreement_id:s}
            payto:{mandate_options:{amount:i? amount_type:fixed|maximum? end_date:s?
            payment_schedule:adhoc|annual|daily|fortnightly|monthly|quarterly|semi_annual|weekly? payments_per_period:i?
            purpose:dependant_support|government|loan|mortgage|other|pension|personal|retail|salary|tax|utility? start_date:s?}}
            pix:{mandate_options:{amount:i amount_includes_iof:always|never amount_type:fixed|maximum currency:s end_date:s
            payment_schedule:halfyearly|monthly|quarterly|weekly|yearly reference:s start_date:s}}
            sepa_debit:{mandate_options:{reference_prefix:s?}} upi:{mandate_options:{amount:i amount_type:fixed|maximum description:s
            end_date:i} setup_future_usage:none|off_session|on_session?}
            us_bank_account:{financial_connections:{filters:{account_subcategories:[checking|savings]}
            permissions:[balances|ownership|payment_method|transactions] prefetch:[balances|ownership|transactions] return_url:s}
            mandate_options:{collection_method:paper?} networks:{requested:[ach|us_domestic_wire]}
            verification_method:automatic|instant|microdeposits}} payment_method_types:[s] return_url:s single_use:{amount:i! currency:s!}
            usage:off_session|on_session use_stripe_sdk:b

        GET /v1/setup_intents
            attach_to_self:b created:range customer:s customer_account:s ending_before:s expand:[s] limit:i payment_method:s
            starting_after:s

        GET /v1/setup_intents/{intent}
            client_secret:s expand:[s]

        POST /v1/setup_intents/{intent}
            allowed_payment_method_types:[s] attach_to_self:b customer:s customer_account:s description:s excluded_payment_method_types:[s]
            expand:[s] flow_directions:[inbound|outbound] metadata:m? payment_method:s payment_method_configuration:s
            payment_method_data:{card:{cvc:s exp_month:i exp_year:i number:s token:s} acss_debit:{account_number:s! institution_number:s!
            transit_number:s!} affirm:{} afterpay_clearpay:{} alipay:{} allow_redisplay:always|limited|unspecified alma:{} amazon_pay:{}
            au_becs_debit:{account_number:s! bsb_number:s!} bacs_debit:{account_number:s sort_code:s} bancontact:{} billie:{}
            billing_details:{address:{city:s country:s line1:s line2:s postal_code:s state:s}? email:s? name:s? phone:s? tax_id:s} bizum:{}
            blik:{} boleto:{tax_id:s!} cashapp:{} crypto:{} customer_balance:{} eps:{bank:s} fpx:{account_holder_type:company|individual
            bank:s!} giropay:{} grabpay:{} ideal:{bank:s} interac_present:{} kakao_pay:{} klarna:{dob:{day:i! month:i! year:i!}} konbini:{}
            kr_card:{} link:{} mb_way:{} metadata:m mobilepay:{} multibanco:{} naver_pay:{funding:card|points}
            nz_bank_account:{account_holder_name:s account_number:s! bank_code:s! branch_code:s! reference:s suffix:s!} oxxo:{} p24:{bank:s}
            pay_by_bank:{} payco:{} paynow:{} paypal:{} payto:{account_number:s bsb_number:s pay_id:s} pix:{} promptpay:{}
            radar_options:{session:s} revolut_pay:{} samsung_pay:{} satispay:{} scalapay:{} sepa_debit:{iban:s!}
            sofort:{country:AT|BE|DE|ES|IT|NL!} sunbit:{} swish:{} twint:{} type:s! upi:{mandate_options:{amount:i amount_type:fixed|maximum
            description:s end_date:i}} us_bank_account:{account_holder_type:company|individual account_number:s
            account_type:checking|savings financial_connections_account:s routing_number:s} wechat_pay:{} zip:{}}
            payment_method_options:{acss_debit:{currency:cad|usd mandate_options:{custom_mandate_url:s? default_for:[invoice|subscription]
            interval_description:s payment_schedule:combined|interval|sporadic transaction_type:business|personal}
            verification_method:automatic|instant|microdeposits} amazon_pay:{} bacs_debit:{mandate_options:{reference_prefix:s?}} bizum:{}
            card:{mandate_options:{amount:i! amount_type:fixed|maximum! currency:s! description:s end_date:i
            interval:day|month|sporadic|week|year! interval_count:i reference:s! start_date:i! supported_types:[india]} moto:b
            network:amex|cartes_bancaires|diners|discover|eftpos_au|girocard|interac|jcb|link|mastercard|unionpay|unknown|visa
            request_three_d_secure:any|automatic|challenge three_d_secure:{ares_trans_status:A|C|I|N|R|U|Y cryptogram:s
            electronic_commerce_indicator:01|02|05|06|07 network_options:{cartes_bancaires:{cb_avalgo:0|1|2|3|4|A! cb_exemption:s
            cb_score:i}} requestor_challenge_indicator:s transaction_id:s version:1.0.2|2.1.0|2.2.0|2.3.0|2.3.1}} card_present:{}
            klarna:{currency:s on_demand:{average_amount:i maximum_amount:i minimum_amount:i purchase_interval:day|month|week|year
            purchase_interval_count:i} preferred_locale:s subscriptions:[{interval:day|month|week|year! interval_count:i name:s
            next_billing:{amount:i! date:s!}! reference:s!}]?} link:{persistent_token:s} paypal:{billing_agreement_id:s}
            payto:{mandate_options:{amount:i? amount_type:fixed|maximum? end_date:s?
            payment_schedule:adhoc|annual|daily|fortnightly|monthly|quarterly|semi_annual|weekly? payments_per_period:i?
            purpose:dependant_support|government|loan|mortgage|other|pension|personal|retail|salary|tax|utility? start_date:s?}}
            pix:{mandate_options:{amount:i amount_includes_iof:always|never amount_type:fixed|maximum currency:s end_date:s
            payment_schedule:halfyearly|monthly|quarterly|weekly|yearly reference:s start_date:s}}
            sepa_debit:{mandate_options:{reference_prefix:s?}} upi:{mandate_options:{amount:i amount_type:fixed|maximum description:s
            end_date:i} setup_future_usage:none|off_session|on_session?}
            us_bank_account:{financial_connections:{filters:{account_subcategories:[checking|savings]}
            permissions:[balances|ownership|payment_method|transactions] prefetch:[balances|ownership|transactions] return_url:s}
            mandate_options:{collection_method:paper?} networks:{requested:[ach|us_domestic_wire]}
            verification_method:automatic|instant|microdeposits}} payment_method_types:[s]

        POST /v1/setup_intents/{intent}/confirm
            allowed_payment_method_types:[s] confirmation_token:s expand:[s] mandate_data:{customer_acceptance:{accepted_at:i offline:{}
            online:{ip_address:s user_agent:s} type:offline|online!}}? payment_method:s payment_method_data:{card:{cvc:s exp_month:i
            exp_year:i number:s token:s} acss_debit:{account_number:s! institution_number:s! transit_number:s!} affirm:{}
            afterpay_clearpay:{} alipay:{} allow_redisplay:always|limited|unspecified alma:{} amazon_pay:{} au_becs_debit:{account_number:s!
            bsb_number:s!} bacs_debit:{account_number:s sort_code:s} bancontact:{} billie:{} billing_details:{address:{city:s country:s
            line1:s line2:s postal_code:s state:s}? email:s? name:s? phone:s? tax_id:s} bizum:{} blik:{} boleto:{tax_id:s!} cashapp:{}
            crypto:{} customer_balance:{} eps:{bank:s} fpx:{account_holder_type:company|individual bank:s!} giropay:{} grabpay:{}
            ideal:{bank:s} interac_present:{} kakao_pay:{} klarna:{dob:{day:i! month:i! year:i!}} konbini:{} kr_card:{} link:{} mb_way:{}
            metadata:m mobilepay:{} multibanco:{} naver_pay:{funding:card|points} nz_bank_account:{account_holder_name:s account_number:s!
            bank_code:s! branch_code:s! reference:s suffix:s!} oxxo:{} p24:{bank:s} pay_by_bank:{} payco:{} paynow:{} paypal:{}
            payto:{account_number:s bsb_number:s pay_id:s} pix:{} promptpay:{} radar_options:{session:s} revolut_pay:{} samsung_pay:{}
            satispay:{} scalapay:{} sepa_debit:{iban:s!} sofort:{country:AT|BE|DE|ES|IT|NL!} sunbit:{} swish:{} twint:{} type:s!
            upi:{mandate_options:{amount:i amount_type:fixed|maximum description:s end_date:i}}
            us_bank_account:{account_holder_type:company|individual account_number:s account_type:checking|savings
            financial_connections_account:s routing_number:s} wechat_pay:{} zip:{}} payment_method_options:{acss_debit:{currency:cad|usd
            mandate_options:{custom_mandate_url:s? default_for:[invoice|subscription] interval_description:s
            payment_schedule:combined|interval|sporadic transaction_type:business|personal}
            verification_method:automatic|instant|microdeposits} amazon_pay:{} bacs_debit:{mandate_options:{reference_prefix:s?}} bizum:{}
            card:{mandate_options:{amount:i! amount_type:fixed|maximum! currency:s! description:s end_date:i
            interval:day|month|sporadic|week|year! interval_count:i reference:s! start_date:i! supported_types:[india]} moto:b
            network:amex|cartes_bancaires|diners|discover|eftpos_au|girocard|interac|jcb|link|mastercard|unionpay|unknown|visa
            request_three_d_secure:any|automatic|challenge three_d_secure:{ares_trans_status:A|C|I|N|R|U|Y cryptogram:s
            electronic_commerce_indicator:01|02|05|06|07 network_options:{cartes_bancaires:{cb_avalgo:0|1|2|3|4|A! cb_exemption:s
            cb_score:i}} requestor_challenge_indicator:s transaction_id:s version:1.0.2|2.1.0|2.2.0|2.3.0|2.3.1}} card_present:{}
            klarna:{currency:s on_demand:{average_amount:i maximum_amount:i minimum_amount:i purchase_interval:day|month|week|year
            purchase_interval_count:i} preferred_locale:s subscriptions:[{interval:day|month|week|year! interval_count:i name:s
            next_billing:{amount:i! date:s!}! reference:s!}]?} link:{persistent_token:s} paypal:{billing_agreement_id:s}
            payto:{mandate_options:{amount:i? amount_type:fixed|maximum? end_date:s?
            payment_schedule:adhoc|annual|daily|fortnightly|monthly|quarterly|semi_annual|weekly? payments_per_period:i?
            purpose:dependant_support|government|loan|mortgage|other|pension|personal|retail|salary|tax|utility? start_date:s?}}
            pix:{mandate_options:{amount:i amount_includes_iof:always|never amount_type:fixed|maximum currency:s end_date:s
            payment_schedule:halfyearly|monthly|quarterly|weekly|yearly reference:s start_date:s}}
            sepa_debit:{mandate_options:{reference_prefix:s?}} upi:{mandate_options:{amount:i amount_type:fixed|maximum description:s
            end_date:i} setup_future_usage:none|off_session|on_session?}
            us_bank_account:{financial_connections:{filters:{account_subcategories:[checking|savings]}
            permissions:[balances|ownership|payment_method|transactions] prefetch:[balances|ownership|transactions] return_url:s}
            mandate_options:{collection_method:paper?} networks:{requested:[ach|us_domestic_wire]}
            verification_method:automatic|instant|microdeposits}} return_url:s use_stripe_sdk:b

        POST /v1/setup_intents/{intent}/cancel
            cancellation_reason:abandoned|duplicate|requested_by_customer expand:[s]
        """
}
