extension ParameterTable {
    /// Parameters of payment intents, in the notation of `ParameterTable`.
    ///
    /// - Source: Stripe's request schema of `2026-08-26.dahlia`; parts that no card, Klarna, Sofort or giropay payment needs are `*`.
    static let paymentIntents = """
        POST /v1/payment_intents
            allowed_payment_method_types:[s] amount:i! amount_details:* application_fee_amount:i
            automatic_payment_methods:{allow_redirects:always|never enabled:b!} capture_method:automatic|automatic_async|manual confirm:b
            confirmation_method:automatic|manual confirmation_token:s currency:s! customer:s customer_account:s description:s
            error_on_requires_action:b excluded_payment_method_types:[s] expand:[s] hooks:* mandate:s
            mandate_data:{customer_acceptance:{accepted_at:i offline:{} online:{ip_address:s! user_agent:s!} type:offline|online!}!}?
            metadata:m off_session:* on_behalf_of:s payment_details:* payment_method:s payment_method_configuration:s
            payment_method_data:{card:{cvc:s exp_month:i exp_year:i number:s token:s} acss_debit:* affirm:* afterpay_clearpay:* alipay:*
            allow_redisplay:always|limited|unspecified alma:* amazon_pay:* au_becs_debit:* bacs_debit:* bancontact:* billie:*
            billing_details:{address:{city:s country:s line1:s line2:s postal_code:s state:s}? email:s? name:s? phone:s? tax_id:s} bizum:*
            blik:* boleto:* cashapp:* crypto:* customer_balance:* eps:* fpx:* giropay:{} grabpay:* ideal:* interac_present:* kakao_pay:*
            klarna:{dob:{day:i! month:i! year:i!}} konbini:* kr_card:* link:{} mb_way:* metadata:m mobilepay:* multibanco:* naver_pay:*
            nz_bank_account:* oxxo:* p24:* pay_by_bank:* payco:* paynow:* paypal:{} payto:* pix:* promptpay:* radar_options:{session:s}
            revolut_pay:* samsung_pay:* satispay:* scalapay:* sepa_debit:* sofort:{country:AT|BE|DE|ES|IT|NL!} sunbit:* swish:* twint:*
            type:s! upi:* us_bank_account:* wechat_pay:* zip:*} payment_method_options:{acss_debit:* affirm:* afterpay_clearpay:* alipay:*
            alma:* amazon_pay:* au_becs_debit:* bacs_debit:* bancontact:* billie:* bizum:* blik:* boleto:* card:{capture_method:manual?
            cvc_token:s installments:* mandate_options:{amount:i! amount_type:fixed|maximum! description:s end_date:i
            interval:day|month|sporadic|week|year! interval_count:i reference:s! start_date:i! supported_types:[india]} moto:b
            network:amex|cartes_bancaires|diners|discover|eftpos_au|girocard|interac|jcb|link|mastercard|unionpay|unknown|visa
            request_extended_authorization:if_available|never request_incremental_authorization:if_available|never
            request_multicapture:if_available|never request_overcapture:if_available|never request_three_d_secure:any|automatic|challenge
            require_cvc_recollection:b setup_future_usage:none|off_session|on_session? statement_descriptor_suffix_kana:s?
            statement_descriptor_suffix_kanji:s? three_d_secure:{ares_trans_status:A|C|I|N|R|U|Y cryptogram:s!
            electronic_commerce_indicator:01|02|05|06|07 exemption_indicator:low_risk|none
            network_options:{cartes_bancaires:{cb_avalgo:0|1|2|3|4|A! cb_exemption:s cb_score:i}} requestor_challenge_indicator:s
            transaction_id:s! version:1.0.2|2.1.0|2.2.0|2.3.0|2.3.1!}}? card_present:* cashapp:* crypto:* customer_balance:* eps:* fpx:*
            giropay:{setup_future_usage:none}? grabpay:* ideal:* interac_present:* kakao_pay:* klarna:{capture_method:manual?
            on_demand:{average_amount:i maximum_amount:i minimum_amount:i purchase_interval:day|month|week|year purchase_interval_count:i}
            preferred_locale:s setup_future_usage:none|off_session|on_session subscriptions:[{interval:day|month|week|year!
            interval_count:i name:s next_billing:{amount:i! date:s!} reference:s!}]?}? konbini:* kr_card:* link:{capture_method:manual?
            persistent_token:s setup_future_usage:none|off_session?}? mb_way:* mobilepay:* multibanco:* naver_pay:* nz_bank_account:*
            oxxo:* p24:* pay_by_bank:* payco:* paynow:* paypal:{capture_method:manual? preferred_locale:s reference:s
            risk_correlation_id:s setup_future_usage:none|off_session?}? payto:* pix:* promptpay:* revolut_pay:* samsung_pay:* satispay:*
            scalapay:* sepa_debit:* sofort:{preferred_language:de|en|es|fr|it|nl|pl? setup_future_usage:none|off_session?}? sunbit:*
            swish:* twint:* upi:* us_bank_account:* wechat_pay:* zip:*} payment_method_types:[s] radar_options:{referrer:s? session:s}
            receipt_email:s return_url:s setup_future_usage:off_session|on_session shipping:{address:{city:s country:s line1:s line2:s
            postal_code:s state:s}! carrier:s name:s! phone:s tracking_number:s} statement_descriptor:s statement_descriptor_suffix:s
            transfer_data:* transfer_group:s use_stripe_sdk:b

        GET /v1/payment_intents
            created:range customer:s customer_account:s ending_before:s expand:[s] limit:i starting_after:s

        GET /v1/payment_intents/{intent}
            client_secret:s expand:[s]

        POST /v1/payment_intents/{intent}
            allowed_payment_method_types:[s] amount:i amount_details:* application_fee_amount:i?
            capture_method:automatic|automatic_async|manual currency:s customer:s customer_account:s description:s
            excluded_payment_method_types:[s] expand:[s] hooks:* metadata:m? payment_details:* payment_method:s
            payment_method_configuration:s payment_method_data:{card:{cvc:s exp_month:i exp_year:i number:s token:s} acss_debit:* affirm:*
            afterpay_clearpay:* alipay:* allow_redisplay:always|limited|unspecified alma:* amazon_pay:* au_becs_debit:* bacs_debit:*
            bancontact:* billie:* billing_details:{address:{city:s country:s line1:s line2:s postal_code:s state:s}? email:s? name:s?
            phone:s? tax_id:s} bizum:* blik:* boleto:* cashapp:* crypto:* customer_balance:* eps:* fpx:* giropay:{} grabpay:* ideal:*
            interac_present:* kakao_pay:* klarna:{dob:{day:i! month:i! year:i!}} konbini:* kr_card:* link:{} mb_way:* metadata:m
            mobilepay:* multibanco:* naver_pay:* nz_bank_account:* oxxo:* p24:* pay_by_bank:* payco:* paynow:* paypal:{} payto:* pix:*
            promptpay:* radar_options:{session:s} revolut_pay:* samsung_pay:* satispay:* scalapay:* sepa_debit:*
            sofort:{country:AT|BE|DE|ES|IT|NL!} sunbit:* swish:* twint:* type:s! upi:* us_bank_account:* wechat_pay:* zip:*}
            payment_method_options:{acss_debit:* affirm:* afterpay_clearpay:* alipay:* alma:* amazon_pay:* au_becs_debit:* bacs_debit:*
            bancontact:* billie:* bizum:* blik:* boleto:* card:{capture_method:manual? cvc_token:s installments:*
            mandate_options:{amount:i! amount_type:fixed|maximum! description:s end_date:i interval:day|month|sporadic|week|year!
            interval_count:i reference:s! start_date:i! supported_types:[india]} moto:b
            network:amex|cartes_bancaires|diners|discover|eftpos_au|girocard|interac|jcb|link|mastercard|unionpay|unknown|visa
            request_extended_authorization:if_available|never request_incremental_authorization:if_available|never
            request_multicapture:if_available|never request_overcapture:if_available|never request_three_d_secure:any|automatic|challenge
            require_cvc_recollection:b setup_future_usage:none|off_session|on_session? statement_descriptor_suffix_kana:s?
            statement_descriptor_suffix_kanji:s? three_d_secure:{ares_trans_status:A|C|I|N|R|U|Y cryptogram:s!
            electronic_commerce_indicator:01|02|05|06|07 exemption_indicator:low_risk|none
            network_options:{cartes_bancaires:{cb_avalgo:0|1|2|3|4|A! cb_exemption:s cb_score:i}} requestor_challenge_indicator:s
            transaction_id:s! version:1.0.2|2.1.0|2.2.0|2.3.0|2.3.1!}}? card_present:* cashapp:* crypto:* customer_balance:* eps:* fpx:*
            giropay:{setup_future_usage:none}? grabpay:* ideal:* interac_present:* kakao_pay:* klarna:{capture_method:manual?
            on_demand:{average_amount:i maximum_amount:i minimum_amount:i purchase_interval:day|month|week|year purchase_interval_count:i}
            preferred_locale:s setup_future_usage:none|off_session|on_session subscriptions:[{interval:day|month|week|year!
            interval_count:i name:s next_billing:{amount:i! date:s!} reference:s!}]?}? konbini:* kr_card:* link:{capture_method:manual?
            persistent_token:s setup_future_usage:none|off_session?}? mb_way:* mobilepay:* multibanco:* naver_pay:* nz_bank_account:*
            oxxo:* p24:* pay_by_bank:* payco:* paynow:* paypal:{capture_method:manual? preferred_locale:s reference:s
            risk_correlation_id:s setup_future_usage:none|off_session?}? payto:* pix:* promptpay:* revolut_pay:* samsung_pay:* satispay:*
            scalapay:* sepa_debit:* sofort:{preferred_language:de|en|es|fr|it|nl|pl? setup_future_usage:none|off_session?}? sunbit:*
            swish:* twint:* upi:* us_bank_account:* wechat_pay:* zip:*} payment_method_types:[s] receipt_email:s?
            setup_future_usage:off_session|on_session? shipping:{address:{city:s country:s line1:s line2:s postal_code:s state:s}!
            carrier:s name:s! phone:s tracking_number:s}? statement_descriptor:s statement_descriptor_suffix:s transfer_data:*
            transfer_group:s

        POST /v1/payment_intents/{intent}/confirm
            allowed_payment_method_types:[s] amount_details:* amount_to_confirm:i capture_method:automatic|automatic_async|manual
            confirmation_token:s error_on_requires_action:b excluded_payment_method_types:[s] expand:[s] hooks:* mandate:s
            mandate_data:{customer_acceptance:{accepted_at:i offline:{} online:{ip_address:s user_agent:s} type:offline|online!}}?
            off_session:* payment_details:* payment_method:s payment_method_data:{card:{cvc:s exp_month:i exp_year:i number:s token:s}
            acss_debit:* affirm:* afterpay_clearpay:* alipay:* allow_redisplay:always|limited|unspecified alma:* amazon_pay:*
            au_becs_debit:* bacs_debit:* bancontact:* billie:* billing_details:{address:{city:s country:s line1:s line2:s postal_code:s
            state:s}? email:s? name:s? phone:s? tax_id:s} bizum:* blik:* boleto:* cashapp:* crypto:* customer_balance:* eps:* fpx:*
            giropay:{} grabpay:* ideal:* interac_present:* kakao_pay:* klarna:{dob:{day:i! month:i! year:i!}} konbini:* kr_card:* link:{}
            mb_way:* metadata:m mobilepay:* multibanco:* naver_pay:* nz_bank_account:* oxxo:* p24:* pay_by_bank:* payco:* paynow:*
            paypal:{} payto:* pix:* promptpay:* radar_options:{session:s} revolut_pay:* samsung_pay:* satispay:* scalapay:* sepa_debit:*
            sofort:{country:AT|BE|DE|ES|IT|NL!} sunbit:* swish:* twint:* type:s! upi:* us_bank_account:* wechat_pay:* zip:*}
            payment_method_options:{acss_debit:* affirm:* afterpay_clearpay:* alipay:* alma:* amazon_pay:* au_becs_debit:* bacs_debit:*
            bancontact:* billie:* bizum:* blik:* boleto:* card:{capture_method:manual? cvc_token:s installments:*
            mandate_options:{amount:i! amount_type:fixed|maximum! description:s end_date:i interval:day|month|sporadic|week|year!
            interval_count:i reference:s! start_date:i! supported_types:[india]} moto:b
            network:amex|cartes_bancaires|diners|discover|eftpos_au|girocard|interac|jcb|link|mastercard|unionpay|unknown|visa
            request_extended_authorization:if_available|never request_incremental_authorization:if_available|never
            request_multicapture:if_available|never request_overcapture:if_available|never request_three_d_secure:any|automatic|challenge
            require_cvc_recollection:b setup_future_usage:none|off_session|on_session? statement_descriptor_suffix_kana:s?
            statement_descriptor_suffix_kanji:s? three_d_secure:{ares_trans_status:A|C|I|N|R|U|Y cryptogram:s!
            electronic_commerce_indicator:01|02|05|06|07 exemption_indicator:low_risk|none
            network_options:{cartes_bancaires:{cb_avalgo:0|1|2|3|4|A! cb_exemption:s cb_score:i}} requestor_challenge_indicator:s
            transaction_id:s! version:1.0.2|2.1.0|2.2.0|2.3.0|2.3.1!}}? card_present:* cashapp:* crypto:* customer_balance:* eps:* fpx:*
            giropay:{setup_future_usage:none}? grabpay:* ideal:* interac_present:* kakao_pay:* klarna:{capture_method:manual?
            on_demand:{average_amount:i maximum_amount:i minimum_amount:i purchase_interval:day|month|week|year purchase_interval_count:i}
            preferred_locale:s setup_future_usage:none|off_session|on_session subscriptions:[{interval:day|month|week|year!
            interval_count:i name:s next_billing:{amount:i! date:s!} reference:s!}]?}? konbini:* kr_card:* link:{capture_method:manual?
            persistent_token:s setup_future_usage:none|off_session?}? mb_way:* mobilepay:* multibanco:* naver_pay:* nz_bank_account:*
            oxxo:* p24:* pay_by_bank:* payco:* paynow:* paypal:{capture_method:manual? preferred_locale:s reference:s
            risk_correlation_id:s setup_future_usage:none|off_session?}? payto:* pix:* promptpay:* revolut_pay:* samsung_pay:* satispay:*
            scalapay:* sepa_debit:* sofort:{preferred_language:de|en|es|fr|it|nl|pl? setup_future_usage:none|off_session?}? sunbit:*
            swish:* twint:* upi:* us_bank_account:* wechat_pay:* zip:*} payment_method_types:[s] radar_options:{referrer:s? session:s}
            receipt_email:s? return_url:s setup_future_usage:off_session|on_session? shipping:{address:{city:s country:s line1:s line2:s
            postal_code:s state:s}! carrier:s name:s! phone:s tracking_number:s}? use_stripe_sdk:b

        POST /v1/payment_intents/{intent}/capture
            amount_details:* amount_to_capture:i application_fee_amount:i expand:[s] final_capture:b hooks:* metadata:m? payment_details:*
            statement_descriptor:s statement_descriptor_suffix:s transfer_data:*

        POST /v1/payment_intents/{intent}/cancel
            cancellation_reason:abandoned|duplicate|fraudulent|requested_by_customer expand:[s]

        POST /v1/payment_intents/{intent}/increment_authorization
            amount:i! amount_details:* application_fee_amount:i description:s expand:[s] hooks:* metadata:m payment_details:*
            statement_descriptor:s transfer_data:*
        """
}
