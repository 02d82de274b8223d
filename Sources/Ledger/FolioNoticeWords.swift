import Foundation

extension FolioNotice.Page {
    /// Within a sentence, with its article.
    package var phrase: Phrase {
        switch self {
        case .hold: Phrase("the page to reserve money", "die Seite für die Vormerkung")
        case .payment: Phrase("the payment page", "die Zahlungsseite")
        case .card: Phrase("the page to save the card", "die Seite zum Hinterlegen der Karte")
        }
    }
}

extension FolioNotice {
    /// What has happened and what to do, in one or two sentences. What is known only in Stripe's words stays in them.
    ///
    /// - Parameters:
    ///   - zone: The tenant's, for hours.
    ///   - hasPage: Whether the guest has an open page; see `Folio.noticeSentence`.
    package func sentence(in language: Language, zone: TimeZone, hasPage: Bool = true) -> String {
        if case .unknown(let text) = self { return text }
        return words(language, zone, hasPage: hasPage).text(in: language)
    }

    private func words(_ language: Language, _ zone: TimeZone, hasPage: Bool) -> Phrase {
        func money(_ amount: Money) -> String { amount.text(in: language) }
        func because(_ why: Failure?) -> Phrase {
            func after(_ language: Language) -> String {
                guard let words = why?.words(in: language), !words.isEmpty else { return "" }
                return ": \(words)"
            }
            return Phrase(after(.english), after(.german))
        }
        switch self {
        case .holdExpiresSoon(let amount, let end):
            let time = language.moment(end, in: zone)
            return Phrase(
                "The hold of \(money(amount)) expires on \(time) and then covers nothing. Check out before, or ask for another hold.",
                "Die Vormerkung über \(money(amount)) gilt bis \(time); danach deckt sie nichts mehr. Vorher auschecken oder eine neue "
                    + "anfragen.")
        case .holdExpired(let amount):
            return Phrase(
                "The hold of \(money(amount)) has expired and covers nothing any more. At check-out, the amount due that no other hold covers is taken "
                    + "from the saved card or on a payment page.",
                "Die Vormerkung über \(money(amount)) ist verfallen und deckt nichts mehr. Was beim Check-out offen und nicht anders gedeckt ist, "
                    + "kommt von der hinterlegten Karte oder über eine Zahlungsseite.")
        case .holdReleasedAtStripe(let amount):
            return Phrase(
                "Somebody released the hold of \(money(amount)) at Stripe; it covers nothing any more. Ask the guest for a new one, or check out: "
                    + "the amount due is then taken from the saved card or on a payment page.",
                "Jemand hat die Vormerkung über \(money(amount)) bei Stripe freigegeben; sie deckt nichts mehr. Den Gast um eine neue bitten oder "
                    + "auschecken: Was offen ist, kommt dann von der hinterlegten Karte oder über eine Zahlungsseite.")
        case .holdRefused(let amount, let why):
            let (english, german) =
                why.isOfTheBank
                ? ("The bank refused to hold \(money(amount))", "Die Bank hat \(money(amount)) nicht vorgemerkt")
                : ("\(money(amount)) could not be held", "\(money(amount)) ließen sich nicht vormerken")
            let advice =
                hasPage
                ? Phrase(
                    "Send the guest the page to authorise it with another card.",
                    "Dem Gast die Seite senden, um den Betrag mit einer anderen Karte vorzumerken.")
                : Phrase(
                    "Ask the guest for another hold, or take the payment at check-out.",
                    "Den Gast um eine neue Vormerkung bitten oder beim Check-out bezahlen lassen.")
            return Phrase(
                "\(english)\(because(why).english). \(advice.english)", "\(german)\(because(why).german). \(advice.german)")
        case .holdNotRenewed(let amount, let end, let obstacle, let why):
            let time = language.moment(end, in: zone)
            let reason = why.map { Phrase($0.words(in: .english), $0.words(in: .german)) } ?? obstacle.phrase
            let what = Phrase(
                "\(money(amount)) of what is held is not renewed: \(reason.english). It covers until \(time), then nothing.",
                "Von dem, was vorgemerkt ist, werden \(money(amount)) nicht erneuert: \(reason.german). Sie decken bis \(time), danach nichts mehr."
            )
            return obstacle == .refusedForNow
                ? Phrase("\(what.english) The bank is asked again before that.", "\(what.german) Die Bank wird vorher noch einmal gefragt.")
                : Phrase(
                    "\(what.english) Send the guest a page for a new hold, or check out before.",
                    "\(what.german) Dem Gast eine Seite für eine neue Vormerkung senden oder vorher auschecken.")
        case .lateChargeByLink(let amount, let obstacle, let why):
            let reason = why.map { Phrase($0.words(in: .english), $0.words(in: .german)) } ?? obstacle.phrase
            return Phrase(
                "\(money(amount)) were not taken from the saved card: \(reason.english). Send the guest the payment page.",
                "\(money(amount)) ließen sich nicht von der hinterlegten Karte einziehen: \(reason.german). Dem Gast die Zahlungsseite senden."
            )
        case .holdsOverlap(let amount):
            return Phrase(
                "\(money(amount)) are held twice on the guest's card: the new hold is in place, and Stripe has not confirmed yet that the old one is "
                    + "released. It is repeated until then; nothing is taken twice.",
                "Auf der Karte des Gastes sind \(money(amount)) doppelt vorgemerkt: Die neue Vormerkung steht, die Freigabe der alten hat Stripe noch "
                    + "nicht bestätigt. Sie wird wiederholt, bis es so weit ist; eingezogen wird nichts doppelt.")
        case .pageRefused(let page, let why):
            let (english, german) =
                why.isOfStripe
                ? ("Stripe refused \(page.phrase.english)", "Stripe hat \(page.phrase.german) abgelehnt")
                : ("\(page.phrase.capitalised.english) could not be created", "\(page.phrase.capitalised.german) ließ sich nicht anlegen")
            return Phrase(
                "\(english)\(because(why).english). Ask for it again, or take the payment at check-out.",
                "\(german)\(because(why).german). Noch einmal anfragen oder beim Check-out einziehen.")
        case .cardNotSaved:
            return Phrase(
                "The guest did not save a card in time. Send a new page, or take the payment at check-out.",
                "Der Gast hat nicht rechtzeitig eine Karte hinterlegt. Eine neue Seite senden oder beim Check-out bezahlen lassen.")
        case .cardRemoved(.detached):
            return Phrase(
                "The saved card was removed at Stripe and cannot be charged any more. Existing holds stay valid; what they do not cover is "
                    + "paid on a payment page. Ask the guest for another hold to save a new card.",
                "Die hinterlegte Karte wurde bei Stripe entfernt und lässt sich nicht mehr belasten. Vormerkungen bleiben bestehen; was sie "
                    + "nicht decken, läuft über eine Zahlungsseite. Mit einer neuen Vormerkung kann der Gast eine andere Karte hinterlegen."
            )
        case .cardRemoved(.customerDeleted):
            return Phrase(
                "The guest was deleted at Stripe together with the saved card, which cannot be charged any more. Existing holds stay valid; what "
                    + "they do not cover is paid on a payment page. Ask the guest for another hold to save a new card.",
                "Der Gast wurde bei Stripe gelöscht und mit ihm die hinterlegte Karte; sie lässt sich nicht mehr belasten. Vormerkungen "
                    + "bleiben bestehen; was sie nicht decken, läuft über eine Zahlungsseite. Mit einer neuen Vormerkung kann der Gast eine "
                    + "andere Karte hinterlegen.")
        case .paymentPageUnpaid:
            return Phrase(
                "The guest did not pay on the page in time. Check out again to take the amount due.",
                "Der Gast hat auf der Zahlungsseite nicht rechtzeitig bezahlt. Ein neuer Check-out zieht ein, was offen ist.")
        case .paymentFailed(let amount, let method, let why, let onClosed):
            return Phrase(
                "The \(method.phrase.english) payment of \(money(amount)) counted as paid and failed\(because(why).english). "
                    + (onClosed
                        ? "The folio is closed, and this amount is not paid: ask the guest for another payment."
                        : "Check out to take it another way."),
                "Die Zahlung über \(money(amount)) mit \(method.phrase.german) galt als bezahlt und ist gescheitert\(because(why).german). "
                    + (onClosed
                        ? "Das Gästekonto ist abgeschlossen und um diesen Betrag nicht bezahlt. Bitte beim Gast eine andere Zahlung anfordern."
                        : "Beim Check-out lässt sie sich anders einziehen."))
        case .overpaid(let credit):
            return Phrase(
                "A payment arrived after the folio was closed: the guest has overpaid \(money(credit)). Ask accounting for a "
                    + "refund.",
                "Nach dem Abschluss kam noch eine Zahlung: Der Gast hat \(money(credit)) zu viel bezahlt. Bitte die Buchhaltung um "
                    + "Rückerstattung bitten.")
        case .refundFailed(let amount):
            return Phrase(
                "The refund of \(money(amount)) failed: the money is back, and the guest did not get it. Check what the folio still owes the "
                    + "guest, and pay it in another way.",
                "Die Rückerstattung über \(money(amount)) ist gescheitert: Das Geld ist wieder da, der Gast hat es nicht bekommen. Bitte "
                    + "prüfen, was das Gästekonto dem Gast noch schuldet, und das auf anderem Weg erstatten.")
        case .disputed(let amount, let why):
            let reason = why.isEmpty ? nil : DisputeReason.phrase(why)
            return Phrase(
                "The guest's bank contests the payment of \(money(amount))\(reason.map { ": \($0.english)" } ?? ""). Respond at Stripe in "
                    + "time.",
                "Die Bank des Gastes ficht die Zahlung über \(money(amount)) an\(reason.map { ": \($0.german)" } ?? ""). Bitte rechtzeitig "
                    + "bei Stripe antworten.")
        case .inquiry(let amount, let why):
            let reason = why.isEmpty ? nil : DisputeReason.phrase(why)
            return Phrase(
                "The guest's bank asks about the payment of \(money(amount))\(reason.map { ": \($0.english)" } ?? ""). No money has moved. Respond "
                    + "at Stripe in time.",
                "Die Bank des Gastes fragt wegen der Zahlung über \(money(amount)) nach\(reason.map { ": \($0.german)" } ?? ""). Es ist kein Geld "
                    + "geflossen. Bitte rechtzeitig bei Stripe antworten.")
        case .disputeAnswered(let amount):
            return Phrase(
                "The guest's bank has the answer about the payment of \(money(amount)) and will decide. There is nothing to do.",
                "Zur Zahlung über \(money(amount)) liegt der Bank des Gastes die Antwort vor; sie entscheidet. Es ist nichts zu tun.")
        case .disputeClosed(let amount):
            return Phrase(
                "The guest's bank has closed its inquiry about the payment of \(money(amount)).",
                "Die Bank des Gastes verfolgt ihre Frage zur Zahlung über \(money(amount)) nicht weiter.")
        case .disputeWon(let amount):
            return Phrase(
                "The dispute about \(money(amount)) is won: the money is back.",
                "Die Anfechtung über \(money(amount)) ist gewonnen: Das Geld ist wieder da.")
        case .disputeLost(let amount):
            return Phrase(
                "The dispute about \(money(amount)) is lost: the money stays with the guest's bank.",
                "Die Anfechtung über \(money(amount)) ist verloren: Das Geld bleibt bei der Bank des Gastes.")
        case .operationParked(let kind):
            let blocks = kind != .detachCard
            return Phrase(
                "Waiting for the operator: the outcome of \(kind.phrase.english) at Stripe is unknown. "
                    + (blocks ? "Until that is decided, nothing else is taken or refunded here. " : "") + "Please tell the operator.",
                "Beim Betreiber: Der Auftrag „\(kind.phrase.german)“ ist bei Stripe zu keinem Ende gekommen. "
                    + (blocks ? "Bis das entschieden ist, wird hier nichts weiter eingezogen oder erstattet. " : "")
                    + "Bitte dem Betreiber Bescheid geben.")
        case .operationDismissed(let kind, let why, let instant):
            let time = language.moment(instant, in: zone)
            // The name follows the word operator and is not repeated in the reason.
            let (name, reason): (String, Phrase) =
                if case .dismissed(let text, let actor) = why {
                    (" (\(Failure.name(of: actor)))", because(.said(text)))
                } else {
                    ("", because(why))
                }
            return Phrase(
                "The operator\(name) dismissed \(kind.phrase.english) on \(time)\(reason.english). It had no effect at Stripe.",
                "Der Betreiber\(name) hat den Auftrag „\(kind.phrase.german)“ am \(time) aufgegeben\(reason.german). Stripe hatte nichts "
                    + "davon ausgeführt.")
        case .paymentPageWithdrawn:
            return Phrase(
                "The payment page was withdrawn. Check out again to take the amount due.",
                "Die Zahlungsseite wurde zurückgezogen. Ein neuer Check-out zieht ein, was offen ist.")
        case .checkOutIncomplete(let rest, let why):
            // A minus sign would mean nothing to the person who has to refund it.
            let back = rest.isNegative ? try? rest.negated() : nil
            return Phrase(
                "The check-out was not completed\(because(why).english). "
                    + (back.map { "\(money($0)) still have to be refunded to the guest." } ?? "\(money(rest)) are still due.")
                    + " Please check out again.",
                "Der Check-out kam nicht zum Ende\(because(why).german). "
                    + (back.map { "\(money($0)) sind dem Gast noch zu erstatten." } ?? "\(money(rest)) sind noch offen.")
                    + " Bitte erneut auschecken.")
        case .checkOutOvertaken:
            return Phrase(
                "The check-out was not completed: something was changed in Stripe's Dashboard while it ran. Nothing was taken beyond what "
                    + "was shown. Check the amount due, and check out again.",
                "Der Check-out kam nicht zum Ende: Währenddessen wurde auf Stripes Seiten etwas geändert. Über das Gezeigte hinaus wurde nichts "
                    + "eingezogen. Bitte ansehen, was jetzt fällig ist, und erneut auschecken.")
        case .foundAtStripe(let amount):
            return Phrase(
                "Stripe has \(money(amount)) for this folio that was taken, held or requested after the backup and is not in these books. Until it is "
                    + "taken in, nothing else is taken here. Please tell the operator.",
                "Bei Stripe liegen für dieses Gästekonto \(money(amount)), die nach der Sicherung eingezogen, vorgemerkt oder angefordert wurden und hier "
                    + "fehlen. Bis sie übernommen sind, wird hier nichts weiter eingezogen. Bitte dem Betreiber Bescheid geben.")
        case .paymentRisk(let amount, let concern, let remedy):
            let (finding, advice) = (concern.finding(remedy.object(amount)), remedy.advice)
            return Phrase(
                "\(finding.english) \(advice.english) Do not tell the guest the reason.",
                "\(finding.german) \(advice.german) Dem Gast den Grund nicht nennen.")
        case .fraudWarning(let amount, let type, let remedy):
            let (object, kind, advice) = (remedy.object(amount), Risk.fraudPhrase(type), remedy.advice)
            return Phrase(
                "The card's bank suspects fraud behind \(object.english): \(kind.english). Most such payments are contested later. "
                    + "\(advice.english) Do not tell the guest the reason.",
                "Die Bank der Karte meldet Betrugsverdacht bei \(object.german): \(kind.german). Die meisten solchen Zahlungen werden "
                    + "später angefochten. \(advice.german) Dem Gast den Grund nicht nennen.")
        case .unknown(let text): return Phrase(text, text)
        }
    }
}

extension Folio {
    /// Its notice in words, as things are now: what stands there was said when something failed, and the guest's page may be over since.
    ///
    /// - Parameter zone: The tenant's.
    /// - Returns: `nil` without a notice.
    package func noticeSentence(in language: Language, zone: TimeZone) -> String? {
        notice?.sentence(in: language, zone: zone, hasPage: paymentURL != nil)
    }
}
