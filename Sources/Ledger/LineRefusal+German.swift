extension LineRefusal {
    package var german: RefusalWords { RefusalWords(germanMessage, hint: germanHint) }

    private var germanMessage: String {
        switch self {
        case .quantityOutOfRange(let quantity): "Die Menge \(quantity) lässt sich nicht berechnen."
        case .amountNotPositive(let amount): "Eine Position über \(amount.text(in: .german)) lässt sich nicht berechnen."
        case .priceNotPositive(let price): "Ein Preis muss größer als null sein, und \(price.text(in: .german)) ist es nicht."
        case .amountTooLarge(let amount): "Der Betrag \(amount.text(in: .german)) ist für eine einzelne Position zu hoch."
        case .noTaxRate(let category, let day):
            "Für „\(category.phrase.german)“ ist am \(day.text(in: .german)) kein Steuersatz hinterlegt."
        case .emptyDescription: "Eine Position braucht eine Bezeichnung, die der Gast lesen kann."
        case .categoryMissing: "Eine Position braucht eine Art der Leistung: Von ihr hängt der Steuersatz ab."
        case .dayUnreadable(let text): "„\(text)“ ist kein Tag."
        case .outsideStay(let day, let arrival, let departure):
            "Der \(day.text(in: .german)) liegt außerhalb des Aufenthalts (\(arrival.text(in: .german)) bis \(departure.text(in: .german)))."
        case .reasonMissing: "Nachlass und Storno brauchen einen Grund."
        case .noSuchLine(let number): "Auf dem Gästekonto gibt es keine Position \(number)."
        case .alreadyReversed(let number): "Position \(number) ist bereits storniert."
        case .nothingLeft(let number): "Von Position \(number) ist nichts mehr übrig, das storniert werden könnte."
        case .notReversible(let number): "Position \(number) ist selbst ein Storno."
        case .notACharge(let number): "Position \(number) ist keine Belastung."
        case .allowanceTooLarge(let line, let left):
            "Der Nachlass ist höher als die \(left.text(in: .german)), die von Position \(line) noch übrig sind."
        case .billTooSmall(let left):
            "Die Forderung lässt sich um höchstens \(left.text(in: .german)) senken: Mehr ist nicht berechnet."
        }
    }

    private var germanHint: String? {
        switch self {
        case .quantityOutOfRange:
            "Geben Sie eine Menge von \(LineItem.quantities.lowerBound) bis \(Language.german.grouped(String(LineItem.quantities.upperBound))) an."
        case .amountNotPositive: "Mindern Sie eine frühere Position mit einem Nachlass oder heben Sie sie mit einem Storno auf."
        case .priceNotPositive(let price):
            "Geben Sie den Preis für ein Stück an, etwa \(Language.german.number(Money.example(3, price.currency)))."
        case .amountTooLarge: "Prüfen Sie den Preis auf einen Tippfehler oder teilen Sie die Position auf."
        case .noTaxRate: "Geben Sie den Steuersatz mit der Position an oder hinterlegen Sie einen für die Kategorie."
        case .emptyDescription: "Beschreiben Sie in wenigen Worten, was gekauft wurde."
        case .categoryMissing: "Wählen Sie die Art der Leistung."
        case .dayUnreadable: "Schreiben Sie den Tag der Leistung wie 2026-11-20."
        // Pages and API have their own.
        case .outsideStay: nil
        case .reasonMissing: "Geben Sie den Grund an; er wird mit der Position aufbewahrt."
        case .noSuchLine: "Sehen Sie die Nummern der Positionen auf dem Gästekonto nach."
        case .alreadyReversed, .nothingLeft: "Sehen Sie auf dem Gästekonto nach: Die Belastung zählt nicht mehr."
        case .notReversible: "Buchen Sie die Belastung stattdessen neu."
        case .notACharge: "Nur eine Belastung kann gemindert werden; einen Nachlass können Sie stornieren."
        case .allowanceTooLarge(_, let left):
            "Gewähren Sie höchstens \(left.text(in: .german)) Nachlass oder stornieren Sie die Position."
        case .billTooSmall:
            "Erstatten Sie so viel mit gesenkter Forderung und den Rest mit unveränderter Forderung."
        }
    }
}
