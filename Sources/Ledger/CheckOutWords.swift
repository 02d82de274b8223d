extension CheckOutStep {
    /// What will happen, or happened, in one sentence with its amount.
    ///
    /// - Parameters:
    ///   - holds: The folio's, as they are before the step or after it.
    ///   - isOver: Whether it has happened: then alternatives are not mentioned.
    package func sentence(in language: Language, _ currency: Currency, holds: [Hold], isOver: Bool = false) -> String {
        func money(_ units: Int64) -> String { Money(minorUnits: units, currency: currency).text(in: language) }
        let german = language == .german
        switch self {
        case .increment(let hold, let from, let to):
            return german
                ? "Die Vormerkung \(hold) wird von \(money(from)) auf \(money(to)) erhöht."
                : "Hold \(hold) is raised from \(money(from)) to \(money(to))."
        case .capture(let hold, let amount):
            let rest = holds.first { $0.number == hold }?.rest(after: amount)?.minorUnits
            return german
                ? "\(money(amount)) werden aus der Vormerkung \(hold) eingezogen\(rest.map { "; \(money($0)) gibt die Bank frei" } ?? "")."
                : "\(money(amount)) are captured from hold \(hold)\(rest.map { "; the bank releases \(money($0))" } ?? "")."
        case .chargeSavedCard(let amount):
            return german
                ? "\(money(amount)) werden von der hinterlegten Karte eingezogen\(isOver ? "" : "; lehnt sie ab, erhält der Gast eine Zahlungsseite")."
                : "\(money(amount)) are charged to the saved card\(isOver ? "" : "; if it is declined, the guest gets a payment page")."
        case .paymentPage(let amount):
            return german
                ? "Der Gast bezahlt \(money(amount)) auf der Zahlungsseite von Stripe."
                : "The guest pays \(money(amount)) on the payment page."
        case .release(let hold, let amount):
            return german
                ? "Die Vormerkung \(hold) über \(money(amount)) wird freigegeben." : "Hold \(hold) of \(money(amount)) is released."
        case .refund(let payment, let amount):
            return german
                ? "\(money(amount)) der Zahlung \(payment) werden zurückerstattet."
                : "\(money(amount)) of payment \(payment) are refunded."
        }
    }
}

extension CheckOutWarning {
    /// What it is about and what follows of it, in one sentence.
    package func sentence(in language: Language, _ currency: Currency) -> String {
        func money(_ units: Int64) -> String { Money(minorUnits: units, currency: currency).text(in: language) }
        let german = language == .german
        switch self {
        case .belowMinimum(let rest):
            return german
                ? "\(money(rest)) bleiben offen: So kleine Zahlungen nimmt Stripe nicht an."
                : "\(money(rest)) stay open: the amount is below Stripe's minimum."
        case .paymentProcessing(let amount):
            return german
                ? "\(money(amount)) sind unterwegs und zählen als bezahlt." : "\(money(amount)) are processing and count as paid."
        case .notRefundable(let credit, let why):
            let because = why.map { ": \($0.words(in: language))" } ?? ""
            return german
                ? "\(money(credit)) lassen sich nicht zurückerstatten\(because). Der Betrag bleibt als Guthaben stehen und wird außerhalb ausgezahlt."
                : "\(money(credit)) cannot be refunded\(because). The amount stays as an open credit, to be paid outside Stripe."
        case .refundSetAside(let amount):
            return german
                ? "\(money(amount)) sind zurückgestellt: Sie wurden erstattet, die Forderung blieb unverändert. Bis jemand entscheidet, werden sie nicht "
                    + "wieder eingezogen."
                : "\(money(amount)) are set aside: they were refunded while the bill stayed unchanged. Until somebody decides, they are not charged "
                    + "again."
        case .holdExpired(let hold):
            return german
                ? "Die Vormerkung \(hold) ist verfallen und deckt nichts mehr." : "Hold \(hold) has expired and covers nothing."
        case .nothingCharged:
            return german
                ? "Es ist keine Leistung gebucht. Wird das Gästekonto so abgeschlossen, gibt es keinen Beleg."
                : "Nothing has been charged. If the folio is closed so, there is no document."
        }
    }
}
