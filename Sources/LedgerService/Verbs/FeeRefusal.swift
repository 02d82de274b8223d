import Ledger

/// Why a contract was not changed, or a month's fees were not run.
package enum FeeRefusal: Refusal {
    case countryUnknown(String)
    /// The country, and what its VAT ids begin with.
    case vatIDElsewhere(String, country: String, prefix: String)
    case vatCheckWithoutID
    case vatCheckWithoutDay
    case vatCheckInFuture(Day)
    /// The first month of the contract.
    case priceBeforeContract(Month)
    /// The first of the months that would have another price, and what it is billed at; then the month that was to have one.
    case priceBilled(ContractPrice, from: Month)
    /// The first billed month.
    case beginBilled(Month)
    case beginTooEarly(Day)
    /// The contract's first day.
    case endBeforeBegin(Day)
    /// The tenant, and the last day of its contract.
    case ended(String, Day)
    case keysAreRemoved(String)
    case keysNeeded(String, [KeyNeed])
    /// What has to be given.
    case notConfirmed(String)
    case monthNotOver(Month)
    case previewChanged(Month, hash: String)
    case nothingToBill(Month)
    case notBilled(String, Month)
    case runNotFound(Int64)
    /// The tenant, and the run.
    case rowNotFound(String, run: Int64)
    /// The run, and the month that it has.
    case rowOfOtherMonth(Int64, Month)
    /// The tenant, the run, and the number that the row has.
    case invoiceKnown(String, run: Int64, number: String)
    /// The number, and a row of another recipient that has it.
    case invoiceOfOther(String, tenant: String, run: Int64)
    case invoicesMissing

    package var code: String {
        switch self {
        case .countryUnknown: "country_unknown"
        case .vatIDElsewhere: "vat_id_elsewhere"
        case .vatCheckWithoutID: "vat_check_without_id"
        case .vatCheckWithoutDay: "vat_check_without_day"
        case .vatCheckInFuture: "vat_check_in_future"
        case .priceBeforeContract: "price_before_contract"
        case .priceBilled: "price_billed"
        case .beginBilled: "contract_billed"
        case .beginTooEarly: "contract_too_early"
        case .endBeforeBegin: "contract_end_invalid"
        case .ended: "tenant_ended"
        case .keysAreRemoved: "keys_removed"
        case .keysNeeded: "keys_needed"
        case .notConfirmed: "not_confirmed"
        case .monthNotOver: "fee_month_not_over"
        case .previewChanged: "fee_preview_changed"
        case .nothingToBill: "nothing_to_bill"
        case .notBilled: "fee_not_found"
        case .runNotFound: "fee_run_not_found"
        case .rowNotFound: "fee_row_not_found"
        case .rowOfOtherMonth: "fee_row_of_other_month"
        case .invoiceKnown: "invoice_known"
        case .invoiceOfOther: "invoice_of_other"
        case .invoicesMissing: "invoices_missing"
        }
    }

    package var message: String {
        switch self {
        case .countryUnknown(let code): "\"\(code)\" is not the code of a country."
        case .vatIDElsewhere(let id, let country, let prefix): "The VAT id \(id) is not of \(country): those begin with \(prefix)."
        case .vatCheckWithoutID: "There is no VAT id that could have been checked."
        case .vatCheckWithoutDay: "The day on which the VAT id was checked is missing."
        case .vatCheckInFuture(let day): "\(day.text(in: .english)), the day of the VAT id's check, is not yet here."
        case .priceBeforeContract(let first): "The contract begins in \(first.text(in: .english)), and no price holds before that."
        case .priceBilled(let billed, _): "\(billed.from.text(in: .english)) is billed, so its price cannot change."
        case .beginBilled(let month): "\(month.text(in: .english)) is billed, so the contract's first day cannot change."
        case .beginTooEarly(let first): "A contract cannot begin before \(first.text(in: .english))."
        case .endBeforeBegin(let day): "The contract begins on \(day.text(in: .english)), and cannot end before that."
        case .ended(let tenant, let day):
            "The contract of tenant \"\(tenant)\" ended on \(day.text(in: .english)): nothing new is booked or held."
        case .keysAreRemoved(let tenant):
            "The keys of tenant \"\(tenant)\" are removed for good: neither its contract nor its Stripe account changes any more."
        case .keysNeeded(_, let needs): "The keys are still needed: \(needs.map(\.phrase.english).joined(separator: ", "))."
        case .notConfirmed(let id): "Removing the keys cannot be undone, and was not confirmed with \"\(id)\"."
        case .monthNotOver(let month): "\(month.text(in: .english)) is not over, and no tenant is billed for it in advance."
        case .previewChanged(let month, _): "The fees of \(month.text(in: .english)) are not as they were shown, so nothing was billed."
        case .nothingToBill(let month): "There is nobody to bill for \(month.text(in: .english))."
        case .notBilled(let tenant, let month): "Tenant \"\(tenant)\" is not billed for \(month.text(in: .english))."
        case .runNotFound(let number): "There is no fee run \(number)."
        case .rowNotFound(let tenant, let run): "Fee run \(run) bills nothing to tenant \"\(tenant)\"."
        case .rowOfOtherMonth(let run, let month): "Fee run \(run) is of \(month.text(in: .english))."
        case .invoiceKnown(let tenant, let run, let number): "Tenant \"\(tenant)\" has invoice \(number) for run \(run) already."
        case .invoiceOfOther(let number, let tenant, let run):
            "Invoice \(number) is of another recipient: tenant \"\(tenant)\" has it for run \(run)."
        case .invoicesMissing: "There are no invoice numbers."
        }
    }

    package var hint: String? {
        switch self {
        case .countryUnknown: "Use the two capital letters of ISO 3166, such as DE, AT or JP."
        case .vatIDElsewhere: "Correct the country or the VAT id."
        case .vatCheckWithoutID: "Give the VAT id with the day of its check."
        case .vatCheckWithoutDay: "Give the day of the check with the name of who asked."
        case .vatCheckInFuture: "Give the day on which the authority confirmed it."
        case .priceBeforeContract: "Give that month or a later one."
        case .priceBilled(let billed, let from) where from < billed.from:
            "If only months before \(billed.from) are to change, let that month keep its price first "
                + "(`--price \(billed.net.plain) --price-from \(billed.from)`); otherwise take it back first (`fees correct`)."
        case .priceBilled: "Let the price begin with a later month, or take the billed month back first (`fees correct`)."
        case .beginBilled: "Take the billed months back first (`fees correct`)."
        case .beginTooEarly: "Give that day or a later one."
        case .endBeforeBegin: "Give that day or a later one."
        case .ended: "What was booked before is held, charged and settled as always."
        case .keysAreRemoved: "The books stay readable; a new contract needs a new tenant."
        case .keysNeeded(_, let needs): needs.map(\.wayOut.english).joined(separator: " ")
        case .notConfirmed: "Give the tenant's id as the confirmation."
        case .monthNotOver: "Run it after the month's last day, or set a contract's billing to advance."
        case .previewChanged: "Look at the preview again, and give its new hash."
        case .nothingToBill: "`soferu-ledger fees list` shows who was billed, `fees preview` who is blocked."
        case .notBilled: "`soferu-ledger fees list` shows who was billed."
        case .runNotFound, .rowNotFound, .rowOfOtherMonth: "`soferu-ledger fees list` shows the runs with their rows."
        case .invoiceKnown:
            "To replace a wrong number, say why (`--replace-reason`). For another invoice, take the row back and bill it again."
        case .invoiceOfOther: "Correct the number."
        case .invoicesMissing: "Give at least one, with month, tenant and run."
        }
    }

    package var hintElsewhere: Phrase? {
        switch self {
        case .invoiceKnown:
            Phrase(
                "To replace a wrong number, give the reason (`replace_reason`). For another invoice, take the row back and bill it again.",
                "Eine falsche Nummer lässt sich mit Angabe des Grundes ersetzen (`replace_reason`). Für eine andere Rechnung nehmen Sie die "
                    + "Zeile zurück und berechnen sie erneut.")
        case .priceBilled(let billed, let from) where from < billed.from:
            Phrase(
                "If only months before are to change, first set \(billed.net.text(in: .english)) from \(billed.from.text(in: .english)); "
                    + "otherwise take the billed month back first.",
                "Sollen sich nur frühere Monate ändern, setzen Sie zuerst \(billed.net.text(in: .german)) ab "
                    + "\(billed.from.text(in: .german)); sonst nehmen Sie den berechneten Monat zuerst zurück.")
        case .priceBilled:
            Phrase(
                "Let the price begin with a later month, or take the billed month back first.",
                "Lassen Sie den Preis mit einem späteren Monat beginnen, oder nehmen Sie den berechneten Monat zuerst zurück.")
        case .beginBilled:
            Phrase("Take the billed months back first.", "Nehmen Sie die berechneten Monate zuerst zurück.")
        case .nothingToBill:
            Phrase(
                "The month's runs show who was billed, its preview who is blocked.",
                "Die Läufe des Monats zeigen, wer berechnet ist, die Vorschau, wer gesperrt ist.")
        case .notBilled, .runNotFound, .rowNotFound, .rowOfOtherMonth:
            Phrase("The runs of the month show their rows.", "Die Läufe des Monats zeigen ihre Zeilen.")
        default: nil
        }
    }

    package var german: RefusalWords { RefusalWords(germanMessage, hint: germanHint) }

    private var germanMessage: String {
        switch self {
        case .countryUnknown(let code): "„\(code)“ ist keine Landeskennung."
        case .vatIDElsewhere(let id, let country, let prefix):
            "Die USt-IdNr. \(id) gehört nicht zu \(country): Solche beginnen mit \(prefix)."
        case .vatCheckWithoutID: "Es gibt keine USt-IdNr., die geprüft sein könnte."
        case .vatCheckWithoutDay: "Der Tag, an dem die USt-IdNr. geprüft wurde, fehlt."
        case .vatCheckInFuture(let day): "Der \(day.text(in: .german)), der Tag der Prüfung der USt-IdNr., liegt in der Zukunft."
        case .priceBeforeContract(let first): "Der Vertrag beginnt im \(first.text(in: .german)); vorher gilt kein Preis."
        case .priceBilled(let billed, _): "Der \(billed.from.text(in: .german)) ist berechnet; sein Preis lässt sich nicht mehr ändern."
        case .beginBilled(let month):
            "Der \(month.text(in: .german)) ist berechnet; der erste Tag des Vertrags lässt sich nicht mehr ändern."
        case .beginTooEarly(let first): "Ein Vertrag kann nicht vor dem \(first.text(in: .german)) beginnen."
        case .endBeforeBegin(let day): "Der Vertrag beginnt am \(day.text(in: .german)) und kann nicht vorher enden."
        case .ended(let tenant, let day):
            "Der Vertrag des Mandanten „\(tenant)“ endete am \(day.text(in: .german)): Neues wird weder gebucht noch vorgemerkt."
        case .keysAreRemoved(let tenant):
            "Die Schlüssel des Mandanten „\(tenant)“ sind endgültig entfernt; Vertrag und Stripe-Konto ändern sich nicht mehr."
        case .keysNeeded(_, let needs): "Die Schlüssel werden noch gebraucht: \(needs.map(\.phrase.german).joined(separator: ", "))."
        case .notConfirmed(let id): "Das Entfernen der Schlüssel ist endgültig und wurde nicht mit „\(id)“ bestätigt."
        case .monthNotOver(let month): "Der \(month.text(in: .german)) ist noch nicht vorbei, und niemand wird im Voraus berechnet."
        case .previewChanged(let month, _):
            "Die Gebühren für \(month.text(in: .german)) sind nicht mehr wie gezeigt; deshalb wurde nichts berechnet."
        case .nothingToBill(let month): "Für \(month.text(in: .german)) ist niemandem etwas zu berechnen."
        case .notBilled(let tenant, let month): "Dem Mandanten „\(tenant)“ ist für \(month.text(in: .german)) nichts berechnet."
        case .runNotFound(let number): "Es gibt keinen Gebührenlauf \(number)."
        case .rowNotFound(let tenant, let run): "Gebührenlauf \(run) berechnet dem Mandanten „\(tenant)“ nichts."
        case .rowOfOtherMonth(let run, let month): "Gebührenlauf \(run) gehört zum \(month.text(in: .german))."
        case .invoiceKnown(let tenant, let run, let number):
            "Der Mandant „\(tenant)“ hat für Lauf \(run) schon die Rechnung \(number)."
        case .invoiceOfOther(let number, let tenant, let run):
            "Die Rechnung \(number) gehört einem anderen Empfänger: Der Mandant „\(tenant)“ hat sie für Lauf \(run)."
        case .invoicesMissing: "Es sind keine Rechnungsnummern angegeben."
        }
    }

    private var germanHint: String? {
        switch self {
        case .countryUnknown: "Verwenden Sie die zwei Großbuchstaben nach ISO 3166, etwa DE, AT oder JP."
        case .vatIDElsewhere: "Berichtigen Sie das Land oder die USt-IdNr."
        case .vatCheckWithoutID: "Geben Sie die USt-IdNr. mit dem Tag ihrer Prüfung an."
        case .vatCheckWithoutDay: "Geben Sie mit dem Namen auch den Tag der Prüfung an."
        case .vatCheckInFuture: "Geben Sie den Tag an, an dem die Behörde sie bestätigt hat."
        case .priceBeforeContract: "Geben Sie diesen Monat oder einen späteren an."
        case .beginTooEarly, .endBeforeBegin: "Geben Sie diesen Tag oder einen späteren an."
        case .ended: "Was vorher gebucht war, wird wie immer vorgemerkt, eingenommen und abgerechnet."
        case .keysAreRemoved: "Die Bücher bleiben lesbar; ein neuer Vertrag braucht einen neuen Mandanten."
        case .keysNeeded(_, let needs): needs.map(\.wayOut.german).joined(separator: " ")
        case .notConfirmed: "Geben Sie zur Bestätigung die Kennung des Mandanten an."
        case .monthNotOver: "Starten Sie ihn nach dem letzten Tag, oder stellen Sie einen Vertrag auf Berechnung im Voraus."
        case .previewChanged: "Sehen Sie sich die Vorschau noch einmal an."
        case .invoiceOfOther: "Berichtigen Sie die Nummer."
        case .invoicesMissing: "Geben Sie mindestens eine an, mit Monat, Mandant und Lauf."
        // These name a verb of the command line: see `hintElsewhere`.
        case .invoiceKnown, .priceBilled, .beginBilled, .nothingToBill, .notBilled, .runNotFound, .rowNotFound, .rowOfOtherMonth: nil
        }
    }
}

/// Why the keys of a tenant's Stripe account are still needed.
package enum KeyNeed: Hashable, Sendable {
    /// The contract's last day, or nil while none is agreed.
    case contract(until: Day?)
    /// How many.
    case holds(Int)
    /// How many that a guest can still make, or whose money is on its way.
    case payments(Int)
    /// How many that have not arrived.
    case refunds(Int)
    /// How many that are not closed and do not balance.
    case folios(Int)
    /// How many calls whose outcome nobody knows.
    case operations(Int)
    /// How many that are not worked off.
    case events(Int)
    /// How many that are kept at Stripe, or are asked for.
    case cards(Int)
    /// What is left on the clearing account.
    case balance(Money)
    /// How many.
    case disputes(Int)
    /// The first day on which nobody can contest the last payment any more.
    case recentPayment(until: Day)
    /// Of a tenant to whom nobody has paid: the last day of the same wait, counted from the contract's end.
    case recentEnd(until: Day)

    /// So many days after the last payment a bank may still contest it.
    package static let days = 180

    /// What is in the way.
    package var phrase: Phrase {
        switch self {
        case .contract(nil): Phrase("the contract has no end", "der Vertrag hat kein Ende")
        case .contract(let day?):
            Phrase(
                "the contract lasts until \(day.text(in: .english))", "der Vertrag läuft bis zum \(day.text(in: .german))")
        case .holds(let count):
            count == 1
                ? Phrase("1 hold is not over", "1 Vormerkung ist nicht beendet")
                : Phrase("\(count) holds are not over", "\(count) Vormerkungen sind nicht beendet")
        case .payments(let count):
            count == 1
                ? Phrase("1 payment is not over", "1 Zahlung ist nicht abgeschlossen")
                : Phrase("\(count) payments are not over", "\(count) Zahlungen sind nicht abgeschlossen")
        case .refunds(let count):
            count == 1
                ? Phrase("1 refund has not arrived", "1 Rückerstattung ist nicht angekommen")
                : Phrase("\(count) refunds have not arrived", "\(count) Rückerstattungen sind nicht angekommen")
        case .folios(let count):
            count == 1
                ? Phrase("1 folio with an open amount is not closed", "1 Gästekonto mit offenem Betrag ist nicht abgeschlossen")
                : Phrase(
                    "\(count) folios with an open amount are not closed", "\(count) Gästekonten mit offenem Betrag sind nicht abgeschlossen"
                )
        case .operations(let count):
            count == 1
                ? Phrase("1 call to Stripe has no outcome", "1 Aufruf bei Stripe hat kein Ergebnis")
                : Phrase("\(count) calls to Stripe have no outcome", "\(count) Aufrufe bei Stripe haben kein Ergebnis")
        case .events(let count):
            count == 1
                ? Phrase("1 event of Stripe's is not worked off", "1 Ereignis von Stripe ist nicht verarbeitet")
                : Phrase("\(count) events of Stripe's are not worked off", "\(count) Ereignisse von Stripe sind nicht verarbeitet")
        case .cards(let count):
            count == 1
                ? Phrase("1 guest's card is kept at Stripe", "1 Karte eines Gastes ist bei Stripe gespeichert")
                : Phrase("\(count) guests' cards are kept at Stripe", "\(count) Karten von Gästen sind bei Stripe gespeichert")
        case .balance(let rest):
            Phrase(
                "\(rest.text(in: .english)) are left on the balance at Stripe",
                "\(rest.text(in: .german)) stehen noch auf dem Saldo bei Stripe")
        case .disputes(let count):
            count == 1
                ? Phrase("1 dispute is open", "1 Zahlungsanfechtung ist offen")
                : Phrase("\(count) disputes are open", "\(count) Zahlungsanfechtungen sind offen")
        case .recentPayment(let day):
            Phrase(
                "the last payment can be contested until \(day.text(in: .english))",
                "die letzte Zahlung ist bis zum \(day.text(in: .german)) anfechtbar")
        case .recentEnd(let day):
            Phrase(
                "\(Self.days) days after the contract's end are over on \(day.text(in: .english))",
                "die \(Self.days) Tage nach dem Vertragsende laufen bis zum \(day.text(in: .german))")
        }
    }

    /// What to do about it, in one sentence.
    package var wayOut: Phrase {
        switch self {
        case .contract: Phrase("End the contract, and wait for that day.", "Beenden Sie den Vertrag, und warten Sie diesen Tag ab.")
        case .holds: Phrase("Release or capture the holds.", "Geben Sie die Vormerkungen frei, oder ziehen Sie sie ein.")
        case .payments:
            Phrase(
                "Withdraw the payment pages, or wait until they are paid or over.",
                "Ziehen Sie die Zahlungsseiten zurück, oder warten Sie, bis sie bezahlt oder abgelaufen sind.")
        case .refunds: Phrase("Wait until the refunds have arrived.", "Warten Sie, bis die Rückerstattungen angekommen sind.")
        case .folios: Phrase("Check the guests out, or write the rest off.", "Checken Sie die Gäste aus, oder buchen Sie den Rest aus.")
        case .operations, .events:
            Phrase(
                "Let `sync` finish them, and decide about those that are parked.",
                "Lassen Sie sie durch einen Abgleich abschließen, und entscheiden Sie über die zurückgestellten.")
        case .cards:
            Phrase(
                "They are detached when the days of the guests' consent are over: wait, and synchronise.",
                "Sie werden gelöst, sobald die Tage der Einwilligung vorbei sind: Warten Sie, und gleichen Sie ab.")
        case .balance: Phrase("Have Stripe pay the balance out.", "Lassen Sie Stripe den Saldo auszahlen.")
        case .disputes: Phrase("Wait for the banks' decisions.", "Warten Sie die Entscheidungen der Banken ab.")
        case .recentPayment, .recentEnd: Phrase("Wait until that day is over.", "Warten Sie diesen Tag ab.")
        }
    }
}
