import Ledger

/// What the pages say of contracts and of the fees of a month.
extension Phrase {
    static let feeRuns = Phrase("Billed", "Berechnet")
    static let feeRunsHint = Phrase(
        "The files are for your ERP, which writes the invoices. A repeat has the same bytes.",
        "Die Dateien sind für Ihr ERP, das die Rechnungen schreibt. Ein erneuter Abruf hat dieselben Bytes.")
    static let billedIn = Phrase("Billed", "Berechnet")
    static let feeRun = Phrase("Run", "Lauf")
    static let madeAt = Phrase("Made", "Erstellt")
    static let files = Phrase("Files", "Dateien")
    static let feePreview = Phrase("To be billed", "Zu berechnen")
    static let feePreviewHint = Phrase(
        "Nothing is decided yet. Look at what is odd first.",
        "Noch ist nichts entschieden. Bitte zuerst die Auffälligkeiten ansehen.")
    static let feesOfTenants = Phrase("Months of the tenants", "Monate der Mandanten")
    static let nobodyToBill = Phrase("There is nobody to bill.", "Es ist niemandem etwas zu berechnen.")
    static let billAndExport = Phrase("Export", "Exportieren")
    static let oddities = Phrase("Odd", "Auffälligkeiten")
    static let recipientHead = Phrase("Recipient", "Empfänger")
    static let daysHead = Phrase("Days", "Tage")
    static let taxCaseHead = Phrase("Tax case", "Steuerfall")
    static let invoiceHead = Phrase("Invoice", "Rechnung")
    static let priceHead = Phrase("Price", "Preis")
    static let billedRows = Phrase("Rows", "Zeilen")
    static let takeBack = Phrase("Take back", "Zurücknehmen")
    static let takenBack = Phrase("taken back", "zurückgenommen")
    static let takeBackMeans = Phrase(
        "A run of its own gets a row with the opposite amounts. The month's next run bills the tenant again.",
        "Ein eigener Lauf bekommt eine Zeile mit den umgekehrten Beträgen. Der nächste Lauf berechnet erneut.")
    static let contract = Phrase("Contract", "Vertrag")
    static let contractHint = Phrase(
        "What the tenant is billed. The tax case follows from country and VAT id.",
        "Was dem Mandanten berechnet wird. Der Steuerfall folgt aus Land und USt-IdNr.")
    static let contractFrom = Phrase("First day", "Erster Tag")
    static let contractUntil = Phrase("Last day", "Letzter Tag")
    static let noEnd = Phrase("no end agreed", "kein Ende vereinbart")
    static let prices = Phrase("Prices", "Preise")
    static let pricesHint = Phrase(
        "Net, from a month's start on. The price of a billed month stays.",
        "Netto, ab Monatsbeginn. Der Preis eines berechneten Monats bleibt.")
    static let fromMonth = Phrase("From month", "Ab Monat")
    static let setPrice = Phrase("Set the price", "Preis setzen")
    static let countryField = Phrase("Country", "Land")
    static let countryHint = Phrase("Two capital letters, such as DE", "Zwei Großbuchstaben, etwa DE")
    static let vatIDField = Phrase("VAT id", "USt-IdNr.")
    static let vatCheckedOn = Phrase("VAT id checked on", "USt-IdNr. geprüft am")
    static let vatCheckedBy = Phrase("VAT id checked by", "USt-IdNr. geprüft von")
    static let prorationField = Phrase("A month that is not whole", "Angebrochener Monat")
    static let freeMonthsField = Phrase("Free months at the beginning", "Freimonate am Anfang")
    static let billingField = Phrase("Billed", "Berechnung")
    static let contractSaved = Phrase("The contract is saved.", "Der Vertrag ist gespeichert.")
    static let contractSavedWithoutVATID = Phrase(
        "The contract is saved. The VAT id of the old country is gone, with its check.",
        "Der Vertrag ist gespeichert. Die USt-IdNr. des alten Landes ist entfallen, mit ihrer Prüfung.")
    static let endContract = Phrase("End the contract", "Vertrag beenden")
    static let endContractHint = Phrase(
        "From that day on nothing new is booked or held. What was booked before is settled as always.",
        "Ab diesem Tag wird nichts Neues gebucht oder vorgemerkt. Bereits Gebuchtes läuft wie immer weiter.")
    static let billedBeyondEnd = Phrase(
        "Days after the last day are billed. Take these months back; the next run bills the days that are left.",
        "Es sind Tage nach dem letzten Tag berechnet. Nehmen Sie diese Monate zurück; "
            + "der nächste Lauf berechnet den Rest.")
    static let continueContract = Phrase("Take the end back", "Ende zurücknehmen")
    static let removeKeys = Phrase("Remove the keys", "Schlüssel entfernen")
    static let removeKeysHint = Phrase(
        "The last step, for good. The books stay readable.",
        "Der letzte Schritt, endgültig. Die Bücher bleiben lesbar.")
    static let keysAreRemoved = Phrase("The keys are removed.", "Die Schlüssel sind entfernt.")
    static let tenantIDAgain = Phrase("The tenant's short name, to confirm", "Kurzname des Mandanten, zur Bestätigung")
    static let monthNotOverYet = Phrase(
        "The month can be billed when it has ended.", "Der Monat lässt sich berechnen, sobald er vorbei ist.")

    static func feesAreRun(_ run: Int64) -> Phrase {
        Phrase("Run \(run) is made. Its files are below.", "Lauf \(run) ist erstellt. Die Dateien stehen unten.")
    }
    static func blockedCount(_ count: Int) -> Phrase {
        count == 1 ? Phrase("1 blocked", "1 gesperrt") : Phrase("\(count) blocked", "\(count) gesperrt")
    }
    static func daysOf(_ days: Int, _ all: Int) -> Phrase { Phrase("\(days) of \(all)", "\(days) von \(all)") }
    static func correctsRun(_ run: Int64) -> Phrase { Phrase("corrects run \(run)", "berichtigt Lauf \(run)") }
    static func takeBackTitle(_ month: String) -> Phrase {
        Phrase("Take \(month) back", "\(month) zurücknehmen")
    }
}
