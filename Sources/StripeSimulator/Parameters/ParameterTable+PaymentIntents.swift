extension ParameterTable {
    /// Parameters of payment intents, in the notation of `ParameterTable`.
    ///
    /// - Source: Stripe's request schema of `2026-08-26.dahlia`. A choice of more than a dozen words is a text.
    static let paymentIntents = """
        POST /v1/payment_intents
            allowed_payment_method_types:[s] amount:i! amount_details:{discount_amount:i? enforce_arithmetic_validation:b
            line_items:[{discount_amount:i payment_method_options:{card:{commodity_code:s} card_present:{commodity_code:s}
            klarna:{image_url:s product_url:s reference:s subscription_reference:s} paypal:{category:digital_goods|donation|physical_goods
            description:s sold_by:s}} product_code:s product_name:s! quantity:i! tax:{total_tax_amount:i!} unit_cost:i! unit_of_measure:s}]?
            shipping:{amount:i? from_postal_code:s? to_postal_code:s?}? tax:{total_tax_amount:i!}?} application_fee_amount:i
            automatic_payment_methods:{allow_redirects:always|never enabled:b!} capture_method:automatic|automatic_async|manual confirm:b
            confirmation_method:automatic|manual confirmation_token:s currency:s! customer:s customer_account:s description:s
            error_on_requires_action:b excluded_payment_method_types:[s] expand:[s] hooks:{inputs:{tax:{calculation:s?!}}} mandate:s
            mandate_data:{customer_acceptance:{accepted_at:i offline:{} online:{ip_address:s! user_agent:s!} type:offline|online!}!}?
            metadata:m off_session:bs on_behalf_of:s payment_details:{customer_reference:s? order_reference:s?} payment_method:s
            payment_method_configuration:s payment_method_data:{card:{cvc:s exp_month:i exp_year:i number:s token:s}
            acss_debit:{account_number:s! institution_number:s! transit_number:s!} affirm:{} afterpay_clearpay:{} alipay:{}
            allow_redisplay:always|limited|unspecified alma:{} amazon_pay:{} au_becs_debit:{account_number:s! bsb_number:s!}
            bacs_debit:{account_number:s sort_code:s} bancontact:{} billie:{} billing_details:{address:{city:s country:s line1:s line2:s
            postal_code:s state:s}? email:s? name:s? phone:s? tax_id:s} bizum:{} blik:{} boleto:{tax_id:s!} cashapp:{} crypto:{}
            customer_balance:{} eps:{bank:s} fpx:{account_holder_type:company|individual bank:s!} giropay:{} grabpay:{} ideal:{bank:s}
            interac_present:{} kakao_pay:{} klarna:{dob:{day:i! month:i! year:i!}} konbini:{} kr_card:{} link:{} mb_way:{} metadata:m
            mobilepay:{} multibanco:{} naver_pay:{funding:card|points} nz_bank_account:{account_holder_name:s account_number:s! bank_code:s!
            branch_code:s! reference:s suffix:s!} oxxo:{} p24:{bank:s} pay_by_bank:{} payco:{} paynow:{} paypal:{} payto:{account_number:s
            bsb_number:s pay_id:s} pix:{} promptpay:{} radar_options:{session:s} revolut_pay:{} samsung_pay:{} satispay:{} scalapay:{}
            sepa_debit:{iban:s!} sofort:{country:AT|BE|DE|ES|IT|NL!} sunbit:{} swish:{} twint:{} type:s! upi:{mandate_options:{amount:i
            amount_type:fixed|maximum description:s end_date:i}} us_bank_account:{account_holder_type:company|individual account_number:s
            account_type:checking|savings financial_connections_account:s routing_number:s} wechat_pay:{} zip:{}}
            payment_method_options:{acss_debit:{mandate_options:{custom_mandate_url:s? interval_description:s
            payment_schedule:combined|interval|sporadic transaction_type:business|personal} setup_future_usage:none|off_session|on_session?
            target_date:s verification_method:automatic|instant|microdeposits}? affirm:{capture_method:manual? preferred_locale:s
            setup_future_usage:none}? afterpay_clearpay:{capture_method:manual? reference:s setup_future_usage:none}?
            alipay:{setup_future_usage:none|off_session?}? alma:{capture_method:manual?}? amazon_pay:{capture_method:manual?
            setup_future_usage:none|off_session?}? au_becs_debit:{setup_future_usage:none|off_session|on_session? target_date:s}?
            bacs_debit:{mandate_options:{reference_prefix:s?} setup_future_usage:none|off_session|on_session? target_date:s}?
            bancontact:{preferred_language:de|en|fr|nl setup_future_usage:none|off_session?}? billie:{capture_method:manual?}? bizum:{}?
            blik:{code:s setup_future_usage:none?}? boleto:{expires_after_days:i setup_future_usage:none|off_session|on_session?}?
            card:{capture_method:manual? cvc_token:s installments:{enabled:b plan:{count:i interval:month
            type:bonus|fixed_count|revolving!}?} mandate_options:{amount:i! amount_type:fixed|maximum! description:s end_date:i
            interval:day|month|sporadic|week|year! interval_count:i reference:s! start_date:i! supported_types:[india]} moto:b
            network:amex|cartes_bancaires|diners|discover|eftpos_au|girocard|interac|jcb|link|mastercard|unionpay|unknown|visa
            request_extended_authorization:if_available|never request_incremental_authorization:if_available|never
            request_multicapture:if_available|never request_overcapture:if_available|never request_three_d_secure:any|automatic|challenge
            require_cvc_recollection:b setup_future_usage:none|off_session|on_session? statement_descriptor_suffix_kana:s?
            statement_descriptor_suffix_kanji:s? three_d_secure:{ares_trans_status:A|C|I|N|R|U|Y cryptogram:s!
            electronic_commerce_indicator:01|02|05|06|07 exemption_indicator:low_risk|none
            network_options:{cartes_bancaires:{cb_avalgo:0|1|2|3|4|A! cb_exemption:s cb_score:i}} requestor_challenge_indicator:s
            transaction_id:s! version:1.0.2|2.1.0|2.2.0|2.3.0|2.3.1!}}? card_present:{capture_method:manual|manual_preferred
            request_extended_authorization:b request_incremental_authorization_support:b
            routing:{requested_priority:domestic|international}}? cashapp:{capture_method:manual?
            setup_future_usage:none|off_session|on_session?}? crypto:{setup_future_usage:none}?
            customer_balance:{bank_transfer:{eu_bank_transfer:{country:s!}
            requested_address_types:[aba|iban|sepa|sort_code|spei|swift|zengin]
            type:eu_bank_transfer|gb_bank_transfer|jp_bank_transfer|mx_bank_transfer|us_bank_transfer!} funding_type:bank_transfer
            setup_future_usage:none}? eps:{setup_future_usage:none}? fpx:{setup_future_usage:none}? giropay:{setup_future_usage:none}?
            grabpay:{setup_future_usage:none}? ideal:{setup_future_usage:none|off_session?}? interac_present:{}?
            kakao_pay:{capture_method:manual? setup_future_usage:none|off_session?}? klarna:{capture_method:manual?
            on_demand:{average_amount:i maximum_amount:i minimum_amount:i purchase_interval:day|month|week|year purchase_interval_count:i}
            preferred_locale:s setup_future_usage:none|off_session|on_session subscriptions:[{interval:day|month|week|year! interval_count:i
            name:s next_billing:{amount:i! date:s!} reference:s!}]?}? konbini:{confirmation_number:s? expires_after_days:i? expires_at:i?
            product_description:s? setup_future_usage:none}? kr_card:{capture_method:manual? setup_future_usage:none|off_session?}?
            link:{capture_method:manual? persistent_token:s setup_future_usage:none|off_session?}? mb_way:{setup_future_usage:none}?
            mobilepay:{capture_method:manual? setup_future_usage:none}? multibanco:{setup_future_usage:none}?
            naver_pay:{capture_method:manual? setup_future_usage:none|off_session?}?
            nz_bank_account:{setup_future_usage:none|off_session|on_session? target_date:s}? oxxo:{expires_after_days:i
            setup_future_usage:none}? p24:{setup_future_usage:none tos_shown_and_accepted:b}? pay_by_bank:{}? payco:{capture_method:manual?
            setup_future_usage:none}? paynow:{setup_future_usage:none}? paypal:{capture_method:manual? preferred_locale:s reference:s
            risk_correlation_id:s setup_future_usage:none|off_session?}? payto:{mandate_options:{amount:i? amount_type:fixed|maximum?
            end_date:s? payment_schedule:adhoc|annual|daily|fortnightly|monthly|quarterly|semi_annual|weekly? payments_per_period:i?
            purpose:dependant_support|government|loan|mortgage|other|pension|personal|retail|salary|tax|utility?}
            setup_future_usage:none|off_session?}? pix:{amount_includes_iof:always|never expires_after_seconds:i expires_at:i
            mandate_options:{amount:i amount_includes_iof:always|never amount_type:fixed|maximum currency:s end_date:s
            payment_schedule:halfyearly|monthly|quarterly|weekly|yearly reference:s start_date:s} setup_future_usage:none|off_session}?
            promptpay:{setup_future_usage:none}? revolut_pay:{capture_method:manual? setup_future_usage:none|off_session?}?
            samsung_pay:{capture_method:manual? setup_future_usage:none}? satispay:{capture_method:manual?
            setup_future_usage:none|off_session|on_session?}? scalapay:{capture_method:manual?}?
            sepa_debit:{mandate_options:{reference_prefix:s?} setup_future_usage:none|off_session|on_session? target_date:s}?
            sofort:{preferred_language:de|en|es|fr|it|nl|pl? setup_future_usage:none|off_session?}? sunbit:{capture_method:manual?
            setup_future_usage:none}? swish:{reference:s? setup_future_usage:none}? twint:{setup_future_usage:none|off_session}?
            upi:{mandate_options:{amount:i amount_type:fixed|maximum description:s end_date:i}
            setup_future_usage:none|off_session|on_session?}?
            us_bank_account:{financial_connections:{filters:{account_subcategories:[checking|savings]}
            permissions:[balances|ownership|payment_method|transactions] prefetch:[balances|ownership|transactions] return_url:s}
            mandate_options:{collection_method:paper?} networks:{requested:[ach|us_domestic_wire]}
            setup_future_usage:none|off_session|on_session? target_date:s transaction_purpose:goods|other|services|unspecified?
            verification_method:automatic|instant|microdeposits}? wechat_pay:{app_id:s client:android|ios|web setup_future_usage:none}?
            zip:{setup_future_usage:none}?} payment_method_types:[s] radar_options:{referrer:s? session:s} receipt_email:s return_url:s
            setup_future_usage:off_session|on_session shipping:{address:{city:s country:s line1:s line2:s postal_code:s state:s}! carrier:s
            name:s! phone:s tracking_number:s} statement_descriptor:s statement_descriptor_suffix:s transfer_data:{amount:i description:s
            destination:s! metadata:m? payment_data:{description:s metadata:m?}} transfer_group:s use_stripe_sdk:b

        GET /v1/payment_intents
            created:range customer:s customer_account:s ending_before:s expand:[s] limit:i starting_after:s

        GET /v1/payment_intents/{intent}
            client_secret:s expand:[s]

        POST /v1/payment_intents/{intent}
            allowed_payment_method_types:[s] amount:i amount_details:{discount_amount:i? enforce_arithmetic_validation:b
            line_items:[{discount_amount:i payment_method_options:{card:{commodity_code:s} card_present:{commodity_code:s}
            klarna:{image_url:s product_url:s reference:s subscription_reference:s} paypal:{category:digital_goods|donation|physical_goods
            description:s sold_by:s}} product_code:s product_name:s! quantity:i! tax:{total_tax_amount:i!} unit_cost:i! unit_of_measure:s}]?
            shipping:{amount:i? from_postal_code:s? to_postal_code:s?}? tax:{total_tax_amount:i!}?}? application_fee_amount:i?
            capture_method:automatic|automatic_async|manual currency:s customer:s customer_account:s description:s
            excluded_payment_method_types:[s] expand:[s] hooks:{inputs:{tax:{calculation:s?!}}} metadata:m?
            payment_details:{customer_reference:s? order_reference:s?}? payment_method:s payment_method_configuration:s
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
            payment_method_options:{acss_debit:{mandate_options:{custom_mandate_url:s? interval_description:s
            payment_schedule:combined|interval|sporadic transaction_type:business|personal} setup_future_usage:none|off_session|on_session?
            target_date:s verification_method:automatic|instant|microdeposits}? affirm:{capture_method:manual? preferred_locale:s
            setup_future_usage:none}? afterpay_clearpay:{capture_method:manual? reference:s setup_future_usage:none}?
            alipay:{setup_future_usage:none|off_session?}? alma:{capture_method:manual?}? amazon_pay:{capture_method:manual?
            setup_future_usage:none|off_session?}? au_becs_debit:{setup_future_usage:none|off_session|on_session? target_date:s}?
            bacs_debit:{mandate_options:{reference_prefix:s?} setup_future_usage:none|off_session|on_session? target_date:s}?
            bancontact:{preferred_language:de|en|fr|nl setup_future_usage:none|off_session?}? billie:{capture_method:manual?}? bizum:{}?
            blik:{code:s setup_future_usage:none?}? boleto:{expires_after_days:i setup_future_usage:none|off_session|on_session?}?
            card:{capture_method:manual? cvc_token:s installments:{enabled:b plan:{count:i interval:month
            type:bonus|fixed_count|revolving!}?} mandate_options:{amount:i! amount_type:fixed|maximum! description:s end_date:i
            interval:day|month|sporadic|week|year! interval_count:i reference:s! start_date:i! supported_types:[india]} moto:b
            network:amex|cartes_bancaires|diners|discover|eftpos_au|girocard|interac|jcb|link|mastercard|unionpay|unknown|visa
            request_extended_authorization:if_available|never request_incremental_authorization:if_available|never
            request_multicapture:if_available|never request_overcapture:if_available|never request_three_d_secure:any|automatic|challenge
            require_cvc_recollection:b setup_future_usage:none|off_session|on_session? statement_descriptor_suffix_kana:s?
            statement_descriptor_suffix_kanji:s? three_d_secure:{ares_trans_status:A|C|I|N|R|U|Y cryptogram:s!
            electronic_commerce_indicator:01|02|05|06|07 exemption_indicator:low_risk|none
            network_options:{cartes_bancaires:{cb_avalgo:0|1|2|3|4|A! cb_exemption:s cb_score:i}} requestor_challenge_indicator:s
            transaction_id:s! version:1.0.2|2.1.0|2.2.0|2.3.0|2.3.1!}}? card_present:{capture_method:manual|manual_preferred
            request_extended_authorization:b request_incremental_authorization_support:b
            routing:{requested_priority:domestic|international}}? cashapp:{capture_method:manual?
            setup_future_usage:none|off_session|on_session?}? crypto:{setup_future_usage:none}?
            customer_balance:{bank_transfer:{eu_bank_transfer:{country:s!}
            requested_address_types:[aba|iban|sepa|sort_code|spei|swift|zengin]
            type:eu_bank_transfer|gb_bank_transfer|jp_bank_transfer|mx_bank_transfer|us_bank_transfer!} funding_type:bank_transfer
            setup_future_usage:none}? eps:{setup_future_usage:none}? fpx:{setup_future_usage:none}? giropay:{setup_future_usage:none}?
            grabpay:{setup_future_usage:none}? ideal:{setup_future_usage:none|off_session?}? interac_present:{}?
            kakao_pay:{capture_method:manual? setup_future_usage:none|off_session?}? klarna:{capture_method:manual?
            on_demand:{average_amount:i maximum_amount:i minimum_amount:i purchase_interval:day|month|week|year purchase_interval_count:i}
            preferred_locale:s setup_future_usage:none|off_session|on_session subscriptions:[{interval:day|month|week|year! interval_count:i
            name:s next_billing:{amount:i! date:s!} reference:s!}]?}? konbini:{confirmation_number:s? expires_after_days:i? expires_at:i?
            product_description:s? setup_future_usage:none}? kr_card:{capture_method:manual? setup_future_usage:none|off_session?}?
            link:{capture_method:manual? persistent_token:s setup_future_usage:none|off_session?}? mb_way:{setup_future_usage:none}?
            mobilepay:{capture_method:manual? setup_future_usage:none}? multibanco:{setup_future_usage:none}?
            naver_pay:{capture_method:manual? setup_future_usage:none|off_session?}?
            nz_bank_account:{setup_future_usage:none|off_session|on_session? target_date:s}? oxxo:{expires_after_days:i
            setup_future_usage:none}? p24:{setup_future_usage:none tos_shown_and_accepted:b}? pay_by_bank:{}? payco:{capture_method:manual?
            setup_future_usage:none}? paynow:{setup_future_usage:none}? paypal:{capture_method:manual? preferred_locale:s reference:s
            risk_correlation_id:s setup_future_usage:none|off_session?}? payto:{mandate_options:{amount:i? amount_type:fixed|maximum?
            end_date:s? payment_schedule:adhoc|annual|daily|fortnightly|monthly|quarterly|semi_annual|weekly? payments_per_period:i?
            purpose:dependant_support|government|loan|mortgage|other|pension|personal|retail|salary|tax|utility?}
            setup_future_usage:none|off_session?}? pix:{amount_includes_iof:always|never expires_after_seconds:i expires_at:i
            mandate_options:{amount:i amount_includes_iof:always|never amount_type:fixed|maximum currency:s end_date:s
            payment_schedule:halfyearly|monthly|quarterly|weekly|yearly reference:s start_date:s} setup_future_usage:none|off_session}?
            promptpay:{setup_future_usage:none}? revolut_pay:{capture_method:manual? setup_future_usage:none|off_session?}?
            samsung_pay:{capture_method:manual? setup_future_usage:none}? satispay:{capture_method:manual?
            setup_future_usage:none|off_session|on_session?}? scalapay:{capture_method:manual?}?
            sepa_debit:{mandate_options:{reference_prefix:s?} setup_future_usage:none|off_session|on_session? target_date:s}?
            sofort:{preferred_language:de|en|es|fr|it|nl|pl? setup_future_usage:none|off_session?}? sunbit:{capture_method:manual?
            setup_future_usage:none}? swish:{reference:s? setup_future_usage:none}? twint:{setup_future_usage:none|off_session}?
            upi:{mandate_options:{amount:i amount_type:fixed|maximum description:s end_date:i}
            setup_future_usage:none|off_session|on_session?}?
            us_bank_account:{financial_connections:{filters:{account_subcategories:[checking|savings]}
            permissions:[balances|ownership|payment_method|transactions] prefetch:[balances|ownership|transactions] return_url:s}
            mandate_options:{collection_method:paper?} networks:{requested:[ach|us_domestic_wire]}
            setup_future_usage:none|off_session|on_session? target_date:s transaction_purpose:goods|other|services|unspecified?
            verification_method:automatic|instant|microdeposits}? wechat_pay:{app_id:s client:android|ios|web setup_future_usage:none}?
            zip:{setup_future_usage:none}?} payment_method_types:[s] receipt_email:s? setup_future_usage:off_session|on_session?
            shipping:{address:{city:s country:s line1:s line2:s postal_code:s state:s}! carrier:s name:s! phone:s tracking_number:s}?
            statement_descriptor:s statement_descriptor_suffix:s transfer_data:{amount:i description:s metadata:m?
            payment_data:{description:s metadata:m?}} transfer_group:s

        POST /v1/payment_intents/{intent}/confirm
            allowed_payment_method_types:[s] amount_details:{discount_amount:i? enforce_arithmetic_validation:b
            line_items:[{discount_amount:i payment_method_options:{card:{commodity_code:s} card_present:{commodity_code:s}
            klarna:{image_url:s product_url:s reference:s subscription_reference:s} paypal:{category:digital_goods|donation|physical_goods
            description:s sold_by:s}} product_code:s product_name:s! quantity:i! tax:{total_tax_amount:i!} unit_cost:i! unit_of_measure:s}]?
            shipping:{amount:i? from_postal_code:s? to_postal_code:s?}? tax:{total_tax_amount:i!}?}? amount_to_confirm:i
            capture_method:automatic|automatic_async|manual confirmation_token:s error_on_requires_action:b
            excluded_payment_method_types:[s] expand:[s] hooks:{inputs:{tax:{calculation:s?!}}} mandate:s
            mandate_data:{customer_acceptance:{accepted_at:i offline:{} online:{ip_address:s user_agent:s} type:offline|online!}}?
            off_session:bs payment_details:{customer_reference:s? order_reference:s?}? payment_method:s payment_method_data:{card:{cvc:s
            exp_month:i exp_year:i number:s token:s} acss_debit:{account_number:s! institution_number:s! transit_number:s!} affirm:{}
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
            financial_connections_account:s routing_number:s} wechat_pay:{} zip:{}}
            payment_method_options:{acss_debit:{mandate_options:{custom_mandate_url:s? interval_description:s
            payment_schedule:combined|interval|sporadic transaction_type:business|personal} setup_future_usage:none|off_session|on_session?
            target_date:s verification_method:automatic|instant|microdeposits}? affirm:{capture_method:manual? preferred_locale:s
            setup_future_usage:none}? afterpay_clearpay:{capture_method:manual? reference:s setup_future_usage:none}?
            alipay:{setup_future_usage:none|off_session?}? alma:{capture_method:manual?}? amazon_pay:{capture_method:manual?
            setup_future_usage:none|off_session?}? au_becs_debit:{setup_future_usage:none|off_session|on_session? target_date:s}?
            bacs_debit:{mandate_options:{reference_prefix:s?} setup_future_usage:none|off_session|on_session? target_date:s}?
            bancontact:{preferred_language:de|en|fr|nl setup_future_usage:none|off_session?}? billie:{capture_method:manual?}? bizum:{}?
            blik:{code:s setup_future_usage:none?}? boleto:{expires_after_days:i setup_future_usage:none|off_session|on_session?}?
            card:{capture_method:manual? cvc_token:s installments:{enabled:b plan:{count:i interval:month
            type:bonus|fixed_count|revolving!}?} mandate_options:{amount:i! amount_type:fixed|maximum! description:s end_date:i
            interval:day|month|sporadic|week|year! interval_count:i reference:s! start_date:i! supported_types:[india]} moto:b
            network:amex|cartes_bancaires|diners|discover|eftpos_au|girocard|interac|jcb|link|mastercard|unionpay|unknown|visa
            request_extended_authorization:if_available|never request_incremental_authorization:if_available|never
            request_multicapture:if_available|never request_overcapture:if_available|never request_three_d_secure:any|automatic|challenge
            require_cvc_recollection:b setup_future_usage:none|off_session|on_session? statement_descriptor_suffix_kana:s?
            statement_descriptor_suffix_kanji:s? three_d_secure:{ares_trans_status:A|C|I|N|R|U|Y cryptogram:s!
            electronic_commerce_indicator:01|02|05|06|07 exemption_indicator:low_risk|none
            network_options:{cartes_bancaires:{cb_avalgo:0|1|2|3|4|A! cb_exemption:s cb_score:i}} requestor_challenge_indicator:s
            transaction_id:s! version:1.0.2|2.1.0|2.2.0|2.3.0|2.3.1!}}? card_present:{capture_method:manual|manual_preferred
            request_extended_authorization:b request_incremental_authorization_support:b
            routing:{requested_priority:domestic|international}}? cashapp:{capture_method:manual?
            setup_future_usage:none|off_session|on_session?}? crypto:{setup_future_usage:none}?
            customer_balance:{bank_transfer:{eu_bank_transfer:{country:s!}
            requested_address_types:[aba|iban|sepa|sort_code|spei|swift|zengin]
            type:eu_bank_transfer|gb_bank_transfer|jp_bank_transfer|mx_bank_transfer|us_bank_transfer!} funding_type:bank_transfer
            setup_future_usage:none}? eps:{setup_future_usage:none}? fpx:{setup_future_usage:none}? giropay:{setup_future_usage:none}?
            grabpay:{setup_future_usage:none}? ideal:{setup_future_usage:none|off_session?}? interac_present:{}?
            kakao_pay:{capture_method:manual? setup_future_usage:none|off_session?}? klarna:{capture_method:manual?
            on_demand:{average_amount:i maximum_amount:i minimum_amount:i purchase_interval:day|month|week|year purchase_interval_count:i}
            preferred_locale:s setup_future_usage:none|off_session|on_session subscriptions:[{interval:day|month|week|year! interval_count:i
            name:s next_billing:{amount:i! date:s!} reference:s!}]?}? konbini:{confirmation_number:s? expires_after_days:i? expires_at:i?
            product_description:s? setup_future_usage:none}? kr_card:{capture_method:manual? setup_future_usage:none|off_session?}?
            link:{capture_method:manual? persistent_token:s setup_future_usage:none|off_session?}? mb_way:{setup_future_usage:none}?
            mobilepay:{capture_method:manual? setup_future_usage:none}? multibanco:{setup_future_usage:none}?
            naver_pay:{capture_method:manual? setup_future_usage:none|off_session?}?
            nz_bank_account:{setup_future_usage:none|off_session|on_session? target_date:s}? oxxo:{expires_after_days:i
            setup_future_usage:none}? p24:{setup_future_usage:none tos_shown_and_accepted:b}? pay_by_bank:{}? payco:{capture_method:manual?
            setup_future_usage:none}? paynow:{setup_future_usage:none}? paypal:{capture_method:manual? preferred_locale:s reference:s
            risk_correlation_id:s setup_future_usage:none|off_session?}? payto:{mandate_options:{amount:i? amount_type:fixed|maximum?
            end_date:s? payment_schedule:adhoc|annual|daily|fortnightly|monthly|quarterly|semi_annual|weekly? payments_per_period:i?
            purpose:dependant_support|government|loan|mortgage|other|pension|personal|retail|salary|tax|utility?}
            setup_future_usage:none|off_session?}? pix:{amount_includes_iof:always|never expires_after_seconds:i expires_at:i
            mandate_options:{amount:i amount_includes_iof:always|never amount_type:fixed|maximum currency:s end_date:s
            payment_schedule:halfyearly|monthly|quarterly|weekly|yearly reference:s start_date:s} setup_future_usage:none|off_session}?
            promptpay:{setup_future_usage:none}? revolut_pay:{capture_method:manual? setup_future_usage:none|off_session?}?
            samsung_pay:{capture_method:manual? setup_future_usage:none}? satispay:{capture_method:manual?
            setup_future_usage:none|off_session|on_session?}? scalapay:{capture_method:manual?}?
            sepa_debit:{mandate_options:{reference_prefix:s?} setup_future_usage:none|off_session|on_session? target_date:s}?
            sofort:{preferred_language:de|en|es|fr|it|nl|pl? setup_future_usage:none|off_session?}? sunbit:{capture_method:manual?
            setup_future_usage:none}? swish:{reference:s? setup_future_usage:none}? twint:{setup_future_usage:none|off_session}?
            upi:{mandate_options:{amount:i amount_type:fixed|maximum description:s end_date:i}
            setup_future_usage:none|off_session|on_session?}?
            us_bank_account:{financial_connections:{filters:{account_subcategories:[checking|savings]}
            permissions:[balances|ownership|payment_method|transactions] prefetch:[balances|ownership|transactions] return_url:s}
            mandate_options:{collection_method:paper?} networks:{requested:[ach|us_domestic_wire]}
            setup_future_usage:none|off_session|on_session? target_date:s transaction_purpose:goods|other|services|unspecified?
            verification_method:automatic|instant|microdeposits}? wechat_pay:{app_id:s client:android|ios|web setup_future_usage:none}?
            zip:{setup_future_usage:none}?} payment_method_types:[s] radar_options:{referrer:s? session:s} receipt_email:s? return_url:s
            setup_future_usage:off_session|on_session? shipping:{address:{city:s country:s line1:s line2:s postal_code:s state:s}! carrier:s
            name:s! phone:s tracking_number:s}? use_stripe_sdk:b

        POST /v1/payment_intents/{intent}/capture
            amount_details:{discount_amount:i? enforce_arithmetic_validation:b line_items:[{discount_amount:i
            payment_method_options:{card:{commodity_code:s} card_present:{commodity_code:s} klarna:{image_url:s product_url:s reference:s
            subscription_reference:s} paypal:{category:digital_goods|donation|physical_goods description:s sold_by:s}} product_code:s
            product_name:s! quantity:i! tax:{total_tax_amount:i!} unit_cost:i! unit_of_measure:s}]? shipping:{amount:i? from_postal_code:s?
            to_postal_code:s?}? tax:{total_tax_amount:i!}?} amount_to_capture:i application_fee_amount:i expand:[s] final_capture:b
            hooks:{inputs:{tax:{calculation:s?!}}} metadata:m? payment_details:{customer_reference:s? order_reference:s?}?
            statement_descriptor:s statement_descriptor_suffix:s transfer_data:{amount:i}

        POST /v1/payment_intents/{intent}/cancel
            cancellation_reason:abandoned|duplicate|fraudulent|requested_by_customer expand:[s]

        POST /v1/payment_intents/{intent}/increment_authorization
            amount:i! amount_details:{discount_amount:i? enforce_arithmetic_validation:b line_items:[{discount_amount:i
            payment_method_options:{card:{commodity_code:s} card_present:{commodity_code:s} klarna:{image_url:s product_url:s reference:s
            subscription_reference:s} paypal:{category:digital_goods|donation|physical_goods description:s sold_by:s}} product_code:s
            product_name:s! quantity:i! tax:{total_tax_amount:i!} unit_cost:i! unit_of_measure:s}]? shipping:{amount:i? from_postal_code:s?
            to_postal_code:s?}? tax:{total_tax_amount:i!}?} application_fee_amount:i description:s expand:[s]
            hooks:{inputs:{tax:{calculation:s?!}}} metadata:m payment_details:{customer_reference:s? order_reference:s?}
            statement_descriptor:s transfer_data:{amount:i}
        """
}
