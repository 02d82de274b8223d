/// Every text that somebody gives, by what it is. A test holds these against the CHECKs in the schema.
extension TextRule {
    // MARK: - Folios

    /// Without blanks around it, so that no two look alike.
    package static let folioReference = line(Phrase("The folio's reference", "Die Nummer des Gästekontos"), most: 64) {
        $0.first?.isWhitespace == false && $0.last?.isWhitespace == false
    }
    /// 1 to 200 characters.
    package static let guestName = line(Phrase("The guest's name", "Der Name des Gastes"), most: 200)
    /// Parts that are too long are no pattern's business.
    package static let email = TextRule(
        Phrase("The e-mail address", "Die E-Mail-Adresse"), 5...EmailAddress.longest, pattern: EmailAddress.pattern,
        Phrase("an e-mail address", "eine E-Mail-Adresse"), matches: EmailAddress.isWrittenRight, further: { EmailAddress($0) != nil })
    /// ISO 639-1.
    package static let languageCode = word(
        Phrase("The language", "Die Sprache"), first: "a-z", 2...2,
        Phrase("two lower-case letters, such as de", "zwei Kleinbuchstaben, etwa de")
    )
    /// 1 to 40 characters: `204`, `Seeblick Suite`.
    package static let roomName = line(Phrase("The room", "Das Zimmer"), most: 40)
    /// As Stripe names it.
    package static let paymentMethod = word(
        Phrase("The payment method", "Die Zahlart"), first: "a-z_", 1...30,
        Phrase("a payment method such as card", "eine Zahlart wie card"))
    /// Why somebody lowered, cancelled, refunded or dismissed something: 1 to 500 characters.
    package static let reason = line(Phrase("The reason", "Der Grund"), most: 500)
    /// What a guest agrees to on Stripe's page, which shows no longer text there.
    ///
    /// - Source: Stripe API, `custom_text.submit.message` of a Checkout session.
    package static let consent = line(Phrase("The consent", "Die Einwilligung"), most: 1200)
    /// Words that are looked for.
    package static let search = line(Phrase("The search text", "Der Suchtext"), most: 300)

    // MARK: - Lines and the price list

    /// 1 to 200 characters; printed on the guest's document.
    package static let lineDescription = line(Phrase("The description", "Die Bezeichnung"), most: 200)
    /// An item's name on the price list, its SKU.
    package static let itemName = line(Phrase("The item's name", "Die Kurzbezeichnung des Eintrags"), most: 64)
    /// It becomes part of an account's name.
    package static let category = word(
        Phrase("The category", "Die Kategorie"), first: "a-z", rest: "a-z0-9_", 1...32,
        Phrase("a category such as minibar", "eine Kategorie wie minibar"))
    /// What `TaxRate(_:)` reads: percent with up to two decimals, or `none`.
    package static let taxRate = TextRule(
        Phrase("The tax rate", "Der Steuersatz"), 1...5, pattern: TaxRate.pattern,
        Phrase("a tax rate in percent, such as \"19\" or \"none\"", "ein Steuersatz in Prozent, etwa \"19\" oder \"none\""),
        isASCII: true, matches: { TaxRate($0) != nil })

    // MARK: - Tenants

    /// It is used in URLs.
    package static let tenantID = word(
        Phrase("The tenant's id", "Die Kennung des Mandanten"), first: "a-z0-9", rest: "a-z0-9-", 1...40,
        Phrase("1 to 40 lower-case letters, digits and hyphens", "1 bis 40 Kleinbuchstaben, Ziffern und Bindestriche"))
    /// 1 to 200 characters; guests see it.
    package static let tenantName = line(Phrase("The tenant's name", "Der Name des Mandanten"), most: 200)
    /// 32 hexadecimal digits: 128 random bits.
    package static let booksID = word(
        Phrase("The books' id", "Die Kennung der Bücher"), first: "0-9a-f", 32...32,
        Phrase("32 hexadecimal digits", "32 hexadezimale Ziffern"))
    /// ISO 4217 in lower case, as Stripe writes it.
    package static let currencyCode = word(
        Phrase("The currency", "Die Währung"), first: "a-z", 3...3,
        Phrase("three lower-case letters such as eur", "drei Kleinbuchstaben wie eur"))
    /// IANA's name.
    package static let timeZone = TextRule(
        Phrase("The time zone", "Die Zeitzone"), 1...64, pattern: "^[A-Za-z_+-]+(/[A-Za-z0-9_+-]+)*$",
        Phrase("a time zone such as Europe/Berlin", "eine Zeitzone wie Europe/Berlin"),
        isASCII: true, matches: isZoneName)
    private static func isZoneName(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let (ofFirst, ofRest) = (ASCIIClass("A-Za-z_+-"), ASCIIClass("A-Za-z0-9_+-"))
        return parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(ofRest.contains) } && parts[0].allSatisfy(ofFirst.contains)
    }
    /// Of several lines, and it may be empty: only the length holds for all of it, the rest for each line.
    package static let address = line(Phrase("The address", "Die Anschrift"), most: 400)
    /// A tax number or VAT id: 1 to 40 characters.
    package static let taxNumber = line(Phrase("The tax number", "Die Steuernummer"), most: 40)
    /// Whom the operator's invoice goes to: 1 to 200 characters.
    package static let recipient = line(Phrase("The recipient", "Der Rechnungsempfänger"), most: 200)
    /// ISO 3166 in capitals.
    package static let countryCode = word(
        Phrase("The country", "Das Land"), first: "A-Z", 2...2,
        Phrase("two capital letters such as DE", "zwei Großbuchstaben wie DE"))
    /// It begins with the country, without blanks.
    ///
    /// - Source: VIES, the formats of VAT identification numbers.
    package static let vatID = word(
        Phrase("The VAT id", "Die USt-IdNr."), first: "A-Z", rest: "A-Z0-9+*", 4...14,
        Phrase("a VAT id such as ATU12345678", "eine USt-IdNr. wie ATU12345678"))
    /// The ERP's: 1 to 60 characters.
    package static let invoiceNumber = line(Phrase("The invoice number", "Die Rechnungsnummer"), most: 60)
    /// What a fee run is asked for with: 32 hexadecimal digits.
    package static let previewHash = word(
        Phrase("The preview's hash", "Der Prüfwert der Vorschau"), first: "0-9a-f", 32...32,
        Phrase("the 32 hexadecimal digits of the preview", "die 32 hexadezimalen Ziffern der Vorschau"))
    /// The name that tells one endpoint's secret from another's.
    package static let webhookName = word(
        Phrase("The endpoint's name", "Der Name des Endpunkts"), first: "a-z0-9", rest: "a-z0-9-", 1...40,
        Phrase("1 to 40 lower-case letters, digits and hyphens", "1 bis 40 Kleinbuchstaben, Ziffern und Bindestriche"))

    // MARK: - Movements at Stripe

    /// Stripe's word for the type of a balance transaction, as part of an account's name.
    package static let balanceType = word(
        Phrase("The type of the movement", "Die Art der Bewegung"), first: "a-z", rest: "a-z0-9_", 1...60,
        Phrase("a type such as topup", "eine Art wie topup"))
    /// A word of Stripe's own, such as a reason or a level. Nobody else gives one.
    package static let stripeWord = word(
        Phrase("Stripe's word", "Stripes Wort"), first: "a-z", rest: "a-z0-9_", 1...60,
        Phrase("a word such as elevated", "ein Wort wie elevated"))
    /// The name of an account that other books keep, such as `shop`.
    package static let externalAccount = word(
        Phrase("The account's name", "Der Name des Kontos"), first: "a-z", rest: "a-z0-9_", 1...40,
        Phrase("1 to 40 lower-case letters, digits and _, such as shop", "1 bis 40 Kleinbuchstaben, Ziffern und _, etwa shop"))

    /// The account that a movement is assigned to; which ones there are, `Account.init(assignable:)` says.
    package static let accountName = line(Phrase("The account", "Das Konto"), most: 60)

    // MARK: - Who does it

    /// Of a user or a token, in lower case. Enough for e-mail addresses, and nothing that looks like something else.
    package static let accessName = word(
        Phrase("The name", "Der Name"), first: "a-z0-9", rest: "a-z0-9._@+-", 1...64,
        Phrase("1 to 64 letters (a to z), digits and . _ - @ +", "1 bis 64 Buchstaben (a bis z), Ziffern und . _ - @ +"))
    /// Who is named at the command line as the one who does it.
    package static let actor = line(Phrase("The actor", "Der Handelnde"), most: 100)

    // MARK: - Time

    /// The year 0 was none.
    package static let month = TextRule(
        Phrase("The month", "Der Monat"), 7...7,
        pattern: "^([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)-(0[1-9]|1[0-2])$",
        Phrase("a month such as 2026-11", "ein Monat wie 2026-11"), isASCII: true, matches: { Month($0) != nil })
}
