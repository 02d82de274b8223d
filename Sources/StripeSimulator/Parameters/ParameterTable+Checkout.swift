extension ParameterTable {
    /// Parameters of checkout sessions, in the notation of `ParameterTable`.
    ///
    /// - Source: Stripe's request schema of `2026-08-26.dahlia`. A choice of more than a dozen words is a text.
    static let checkout = """
        POST /v1/checkout/sessions
            adaptive_pricing:{enabled:b} after_expiration:{recovery:{allow_promotion_codes:b enabled:b!}} allow_promotion_codes:b
            automatic_tax:{enabled:b! liability:{account:s type:account|self!}} billing_address_collection:auto|required
            branding_settings:{background_color:s? border_style:pill|rectangular|rounded? button_color:s? display_name:s font_family:s?
            icon:{file:s type:file|url! url:s} logo:{file:s type:file|url! url:s}} cancel_url:s client_reference_id:s
            consent_collection:{payment_method_reuse_agreement:{position:auto|hidden!} promotions:auto|none terms_of_service:none|required}
            currency:s custom_fields:[{dropdown:{default_value:s options:[{label:s! value:s!}]!} key:s! label:{custom:s! type:custom!}!
            numeric:{default_value:s maximum_length:i minimum_length:i} optional:b text:{default_value:s maximum_length:i minimum_length:i}
            type:dropdown|numeric|text!}] custom_text:{after_submit:{message:s!}? shipping_address:{message:s!}? submit:{message:s!}?
            terms_of_service_acceptance:{message:s!}?} customer:s customer_account:s customer_creation:always|if_required customer_email:s
            customer_update:{address:auto|never name:auto|never shipping:auto|never} discounts:[{coupon:s promotion_code:s}]
            excluded_payment_method_types:[s] expand:[s] expires_at:i integration_identifier:s invoice_creation:{enabled:b!
            invoice_data:{account_tax_ids:[s]? custom_fields:[{name:s! value:s!}]? description:s footer:s issuer:{account:s
            type:account|self!} metadata:m rendering_options:{amount_tax_display:exclude_tax|include_inclusive_tax? template:s}?}}
            line_items:[{adjustable_quantity:{enabled:b! maximum:i minimum:i} metadata:m price:s price_data:{currency:s! product:s
            product_data:{description:s images:[s] metadata:m name:s! tax_code:s unit_label:s} recurring:{interval:day|month|week|year!
            interval_count:i} tax_behavior:exclusive|inclusive|unspecified unit_amount:i unit_amount_decimal:n} quantity:i tax_rates:[s]}]
            locale:s managed_payments:{enabled:b} metadata:m mode:payment|setup|subscription name_collection:{business:{enabled:b!
            optional:b} individual:{enabled:b! optional:b}} optional_items:[{adjustable_quantity:{enabled:b! maximum:i minimum:i} price:s!
            quantity:i!}] origin_context:mobile_app|web payment_intent_data:{application_fee_amount:i
            capture_method:automatic|automatic_async|manual description:s metadata:m on_behalf_of:s receipt_email:s
            setup_future_usage:off_session|on_session shipping:{address:{city:s country:s line1:s! line2:s postal_code:s state:s}! carrier:s
            name:s! phone:s tracking_number:s} statement_descriptor:s statement_descriptor_suffix:s transfer_data:{amount:i destination:s!}
            transfer_group:s} payment_method_collection:always|if_required payment_method_configuration:s
            payment_method_data:{allow_redisplay:always|limited|unspecified} payment_method_options:{acss_debit:{currency:cad|usd
            mandate_options:{custom_mandate_url:s? default_for:[invoice|subscription] interval_description:s
            payment_schedule:combined|interval|sporadic transaction_type:business|personal} setup_future_usage:none|off_session|on_session
            target_date:s verification_method:automatic|instant|microdeposits} affirm:{capture_method:manual setup_future_usage:none}
            afterpay_clearpay:{capture_method:manual setup_future_usage:none} alipay:{setup_future_usage:none} alma:{capture_method:manual}
            amazon_pay:{capture_method:manual setup_future_usage:none|off_session} au_becs_debit:{setup_future_usage:none target_date:s}
            bacs_debit:{mandate_options:{reference_prefix:s?} setup_future_usage:none|off_session|on_session target_date:s}
            bancontact:{setup_future_usage:none} billie:{capture_method:manual} boleto:{expires_after_days:i
            setup_future_usage:none|off_session|on_session} card:{capture_method:manual installments:{enabled:b}
            request_extended_authorization:if_available|never request_incremental_authorization:if_available|never
            request_multicapture:if_available|never request_overcapture:if_available|never request_three_d_secure:any|automatic|challenge
            restrictions:{brands_blocked:[american_express|discover_global_network|mastercard|visa]
            funding_types_blocked:[credit|debit|prepaid]} setup_future_usage:off_session|on_session statement_descriptor_suffix_kana:s
            statement_descriptor_suffix_kanji:s} cashapp:{capture_method:manual setup_future_usage:none|off_session|on_session}
            crypto:{setup_future_usage:none} customer_balance:{bank_transfer:{eu_bank_transfer:{country:s!}
            requested_address_types:[aba|iban|sepa|sort_code|spei|swift|zengin]
            type:eu_bank_transfer|gb_bank_transfer|jp_bank_transfer|mx_bank_transfer|us_bank_transfer!} funding_type:bank_transfer
            setup_future_usage:none} demo_pay:{setup_future_usage:none|off_session} eps:{setup_future_usage:none}
            fpx:{setup_future_usage:none} giropay:{setup_future_usage:none} grabpay:{setup_future_usage:none}
            ideal:{setup_future_usage:none} kakao_pay:{capture_method:manual setup_future_usage:none|off_session}
            klarna:{capture_method:manual setup_future_usage:none subscriptions:[{interval:day|month|week|year! interval_count:i name:s
            next_billing:{amount:i! date:s!}! reference:s!}]?} konbini:{expires_after_days:i setup_future_usage:none}
            kr_card:{capture_method:manual setup_future_usage:none|off_session} link:{capture_method:manual
            setup_future_usage:none|off_session} mobilepay:{capture_method:manual setup_future_usage:none}
            multibanco:{setup_future_usage:none} naver_pay:{capture_method:manual setup_future_usage:none|off_session}
            oxxo:{expires_after_days:i setup_future_usage:none} p24:{setup_future_usage:none tos_shown_and_accepted:b} pay_by_bank:{}
            payco:{capture_method:manual setup_future_usage:none} paynow:{setup_future_usage:none} paypal:{capture_method:manual?
            preferred_locale:s reference:s risk_correlation_id:s setup_future_usage:none|off_session?} payto:{mandate_options:{amount:i?
            amount_type:fixed|maximum? end_date:s? payment_schedule:adhoc|annual|daily|fortnightly|monthly|quarterly|semi_annual|weekly?
            payments_per_period:i? purpose:dependant_support|government|loan|mortgage|other|pension|personal|retail|salary|tax|utility?
            start_date:s?} setup_future_usage:none|off_session} pix:{amount_includes_iof:always|never expires_after_seconds:i
            mandate_options:{amount:i amount_includes_iof:always|never amount_type:fixed|maximum currency:s end_date:s
            payment_schedule:halfyearly|monthly|quarterly|weekly|yearly reference:s start_date:s} setup_future_usage:none|off_session}
            revolut_pay:{capture_method:manual setup_future_usage:none|off_session} samsung_pay:{capture_method:manual
            setup_future_usage:none} satispay:{capture_method:manual} scalapay:{capture_method:manual}
            sepa_debit:{mandate_options:{reference_prefix:s?} setup_future_usage:none|off_session|on_session target_date:s}
            sofort:{setup_future_usage:none} sunbit:{capture_method:manual setup_future_usage:none} swish:{reference:s}
            twint:{setup_future_usage:none|off_session} upi:{mandate_options:{amount:i amount_type:fixed|maximum description:s end_date:i}
            setup_future_usage:none|off_session|on_session?}
            us_bank_account:{financial_connections:{permissions:[balances|ownership|payment_method|transactions]
            prefetch:[balances|ownership|transactions]} setup_future_usage:none|off_session|on_session target_date:s
            verification_method:automatic|instant} wechat_pay:{app_id:s client:android|ios|web! setup_future_usage:none}}
            payment_method_types:[s] permissions:{update_shipping_details:client_only|server_only} phone_number_collection:{enabled:b!}
            redirect_on_completion:always|if_required|never return_url:s
            saved_payment_method_options:{allow_redisplay_filters:[always|limited|unspecified] payment_method_remove:disabled|enabled
            payment_method_save:disabled|enabled} setup_intent_data:{description:s metadata:m on_behalf_of:s}
            shipping_address_collection:{allowed_countries:[s]!} shipping_options:[{shipping_rate:s
            shipping_rate_data:{delivery_estimate:{maximum:{unit:business_day|day|hour|month|week! value:i!}
            minimum:{unit:business_day|day|hour|month|week! value:i!}} display_name:s! fixed_amount:{amount:i! currency:s!
            currency_options:*} metadata:m tax_behavior:exclusive|inclusive|unspecified tax_code:s type:fixed_amount}}]
            submit_type:auto|book|donate|pay|subscribe subscription_data:{application_fee_percent:n billing_cycle_anchor:i
            billing_cycle_anchor_config:{day_of_month:i! hour:i minute:i month:i second:i}
            billing_mode:{flexible:{proration_discounts:included|itemized} type:classic|flexible!} default_tax_rates:[s] description:s
            invoice_settings:{issuer:{account:s type:account|self!}} metadata:m on_behalf_of:s
            pending_invoice_item_interval:{interval:day|month|week|year! interval_count:i} proration_behavior:create_prorations|none
            transfer_data:{amount_percent:n destination:s!} trial_end:i trial_period_days:i
            trial_settings:{end_behavior:{missing_payment_method:cancel|create_invoice|pause!}!}} success_url:s
            tax_id_collection:{enabled:b! required:if_supported|never} ui_mode:elements|embedded_page|form|hosted_page
            wallet_options:{link:{display:auto|never}}

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
            unit_amount_decimal:n} quantity:i tax_rates:[s]?}] metadata:m? shipping_options:[{shipping_rate:s
            shipping_rate_data:{delivery_estimate:{maximum:{unit:business_day|day|hour|month|week! value:i!}
            minimum:{unit:business_day|day|hour|month|week! value:i!}} display_name:s! fixed_amount:{amount:i! currency:s!
            currency_options:*} metadata:m tax_behavior:exclusive|inclusive|unspecified tax_code:s type:fixed_amount}}]?

        POST /v1/checkout/sessions/{session}/expire
            expand:[s]

        GET /v1/checkout/sessions/{session}/line_items
            ending_before:s expand:[s] limit:i starting_after:s
        """
}
