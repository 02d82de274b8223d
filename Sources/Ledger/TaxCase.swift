/// Which tax the platform fee has. It follows from who receives the invoice, and is no setting: see `ContractTerms.taxCase`.
package enum TaxCase: String, CaseIterable, Sendable {
    /// In Germany: the operator's own tax.
    case domestic
    /// Elsewhere in the EU, with a VAT id that was checked: the recipient owes the tax.
    case euReverseCharge = "eu_reverse_charge"
    /// Outside the EU.
    case thirdCountry = "third_country"
    /// None of these, as long as something is missing: listed, and not billed.
    case blocked

    /// The rate on a net amount; `none` where the operator owes no tax.
    ///
    /// - Parameter day: The last day of the month that is billed.
    /// - Source: § 12(1) UStG with its changes, as `TaxSchedule.germany` has it; § 3a(2) and § 13b UStG for recipients abroad.
    package func rate(on day: Day) -> TaxRate {
        self == .domestic ? TaxSchedule.germany.rate(of: .other, on: day) ?? .none : .none
    }

    /// As the pages and the files for people name it.
    package var phrase: Phrase {
        switch self {
        case .domestic: Phrase("domestic", "Inland")
        case .euReverseCharge: Phrase("EU, reverse charge", "EU, Steuerschuld des Empfängers")
        case .thirdCountry: Phrase("outside the EU", "Drittland")
        case .blocked: Phrase("blocked", "gesperrt")
        }
    }
}

/// Why a tenant is in no tax case.
package enum FeeBlock: String, CaseIterable, Sendable {
    case countryMissing = "country_missing"
    case vatIDMissing = "vat_id_missing"
    case vatIDUnchecked = "vat_id_unchecked"

    /// What is missing, as the end of a sentence.
    package var phrase: Phrase {
        switch self {
        case .countryMissing: Phrase("the recipient's country is not known", "das Land des Empfängers ist nicht bekannt")
        case .vatIDMissing: Phrase("the recipient in the EU has no VAT id", "dem Empfänger in der EU fehlt die USt-IdNr.")
        case .vatIDUnchecked: Phrase("the recipient's VAT id was not checked", "die USt-IdNr. des Empfängers ist nicht geprüft")
        }
    }
}

/// The states whose businesses are billed with reverse charge.
package enum EuropeanUnion {
    /// The operator's own country, by its code.
    package static let home = "DE"

    /// ISO 3166 codes, without Germany. Monaco is territory of France for VAT; Northern Ireland counts for goods only, and the Isle of Man goes
    /// with the United Kingdom.
    ///
    /// - Source: Articles 5 to 7 of Directive 2006/112/EC; § 1(2a) UStG.
    package static let others: Set<String> = [
        "AT", "BE", "BG", "CY", "CZ", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MC", "MT", "NL", "PL",
        "PT", "RO", "SE", "SI", "SK",
    ]

    /// What a VAT id of that country begins with: its code, EL for Greece, and FR for Monaco.
    package static func vatPrefix(of country: String) -> String {
        switch country {
        case "GR": "EL"
        case "MC": "FR"
        default: country
        }
    }

    /// Whether a VAT id that a recipient had elsewhere can be kept in that country: in the EU by its prefix. Outside of it ids have no common
    /// form, so there only one that begins with the country's code is taken for one of its own.
    package static func mayBe(_ vatID: String, of country: String) -> Bool { vatID.hasPrefix(vatPrefix(of: country)) }
}

/// The countries that a recipient may be in.
package enum Countries {
    /// Of the two letters, those that name a country: a typing error must not become a country outside the EU.
    ///
    /// - Source: ISO 3166-1 alpha-2.
    package static let codes: Set<String> = Set(
        """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI \
        CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ \
        GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS \
        LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG \
        PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK \
        TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
        """.split(separator: " ").map(String.init))
}
