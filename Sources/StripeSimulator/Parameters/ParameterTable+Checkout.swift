extension ParameterTable {
    /// Parameters of checkout sessions, in the notation of `ParameterTable`.
    ///
    /// - Source: Stripe's request schema of `2026-08-26.dahlia`; parts that no card, Klarna, Sofort or giropay payment needs are `*`.
    static let checkout = """
        POST /v1/checkout/sessions
            adaptive_pricing:{enabled:b} after_expiration:{recovery:{allow_promotion_codes:b enabled:b!}} allow_promotion_codes:b
            automatic_tax:{enabled:b! liability:{account:s type:account|self!}} billing_address_collection:auto|required
            branding_settings:* cancel_url:s client_reference_id:s
            consent_collection:{payment_method_reuse_agreement:{position:auto|hidden!} promotions:auto|none
            terms_of_service:none|required} currency:s custom_fields:* custom_text:{after_submit:{message:s!}?
            shipping_address:{message:s!}? submit:{message:s!}? terms_of_service_acceptance:{message:s!}?} customer:s customer_account:s
            customer_creation:always|if_required customer_email:s customer_update:{address:auto|never name:auto|never shipping:auto|never}
            discounts:[{coupon:s promotion_code:s}] excluded_payment_method_types:[s] expand:[s] expires_at:i integration_identifier:s
            invoice_creation:* line_items:[{adjustable_quantity:{enabled:b! maximum:i minimum:i} metadata:m price:s
            price_data:{currency:s! product:s product_data:{description:s images:[s] metadata:m name:s! tax_code:s unit_label:s}
            recurring:{interval:day|month|week|year! interval_count:i} tax_behavior:exclusive|inclusive|unspecified unit_amount:i
            unit_amount_decimal:n} quantity:i tax_rates:[s]}] locale:s managed_payments:{enabled:b} metadata:m
            mode:payment|setup|subscription name_collection:{business:{enabled:b! optional:b} individual:{enabled:b! optional:b}}
            optional_items:[{adjustable_quantity:{enabled:b! maximum:i minimum:i} price:s! quantity:i!}] origin_context:mobile_app|web
            payment_intent_data:{application_fee_amount:i capture_method:automatic|automatic_async|manual description:s metadata:m
            on_behalf_of:s receipt_email:s setup_future_usage:off_session|on_session shipping:{address:{city:s country:s line1:s! line2:s
            postal_code:s state:s}! carrier:s name:s! phone:s tracking_number:s} statement_descriptor:s statement_descriptor_suffix:s
            transfer_data:* transfer_group:s} payment_method_collection:always|if_required payment_method_configuration:s
            payment_method_data:{allow_redisplay:always|limited|unspecified} payment_method_options:{acss_debit:* affirm:*
            afterpay_clearpay:* alipay:* alma:* amazon_pay:* au_becs_debit:* bacs_debit:* bancontact:* billie:* boleto:*
            card:{capture_method:manual installments:* request_extended_authorization:if_available|never
            request_incremental_authorization:if_available|never request_multicapture:if_available|never
            request_overcapture:if_available|never request_three_d_secure:any|automatic|challenge
            restrictions:{brands_blocked:[american_express|discover_global_network|mastercard|visa]
            funding_types_blocked:[credit|debit|prepaid]} setup_future_usage:off_session|on_session statement_descriptor_suffix_kana:s
            statement_descriptor_suffix_kanji:s} cashapp:* crypto:* customer_balance:* demo_pay:* eps:* fpx:*
            giropay:{setup_future_usage:none} grabpay:* ideal:* kakao_pay:* klarna:{capture_method:manual setup_future_usage:none
            subscriptions:[{interval:day|month|week|year! interval_count:i name:s next_billing:{amount:i! date:s!}! reference:s!}]?}
            konbini:* kr_card:* link:{capture_method:manual setup_future_usage:none|off_session} mobilepay:* multibanco:* naver_pay:*
            oxxo:* p24:* pay_by_bank:* payco:* paynow:* paypal:{capture_method:manual? preferred_locale:s reference:s
            risk_correlation_id:s setup_future_usage:none|off_session?} payto:* pix:* revolut_pay:* samsung_pay:* satispay:* scalapay:*
            sepa_debit:* sofort:{setup_future_usage:none} sunbit:* swish:* twint:* upi:* us_bank_account:* wechat_pay:*}
            payment_method_types:[s] permissions:* phone_number_collection:{enabled:b!} redirect_on_completion:always|if_required|never
            return_url:s saved_payment_method_options:{allow_redisplay_filters:[always|limited|unspecified]
            payment_method_remove:disabled|enabled payment_method_save:disabled|enabled} setup_intent_data:{description:s metadata:m
            on_behalf_of:s} shipping_address_collection:{allowed_countries:[s]!} shipping_options:*
            submit_type:auto|book|donate|pay|subscribe subscription_data:* success_url:s tax_id_collection:{enabled:b!
            required:if_supported|never} ui_mode:elements|embedded_page|form|hosted_page wallet_options:{link:{display:auto|never}}

        GET /v1/checkout/sessions
            created:range customer:s customer_account:s customer_details:{email:s!} ending_before:s expand:[s] limit:i payment_intent:s
            payment_link:s starting_after:s status:complete|expired|open subscription:s

        GET /v1/checkout/sessions/{session}
            expand:[s]

        POST /v1/checkout/sessions/{session}
            collected_information:{shipping_details:{address:{city:s country:s! line1:s! line2:s postal_code:s state:s}! name:s!}}
            expand:[s] line_items:[{adjustable_quantity:{enabled:b! maximum:i minimum:i} id:s metadata:m? price:s price_data:{currency:s!
            product:s product_data:{description:s images:[s] metadata:m name:s! tax_code:s unit_label:s}
            recurring:{interval:day|month|week|year! interval_count:i} tax_behavior:exclusive|inclusive|unspecified unit_amount:i
            unit_amount_decimal:n} quantity:i tax_rates:[s]?}] metadata:m? shipping_options:*

        POST /v1/checkout/sessions/{session}/expire
            expand:[s]

        GET /v1/checkout/sessions/{session}/line_items
            ending_before:s expand:[s] limit:i starting_after:s
        """
}
