import Ledger

extension ServiceRefusal {
    package var german: RefusalWords { RefusalWords(germanMessage, hint: germanHint) }

    private var germanMessage: String {
        switch self {
        case .tenantExists(let id): "Es gibt bereits einen Mandanten „\(id)“."
        case .tenantIDInvalid(let id): "„\(id)“ kann nicht die Kennung eines Mandanten sein."
        case .booksTaken(let tenant): "Die Bücher mit dieser Kennung gehören dem Mandanten „\(tenant)“."
        case .refundLimitInvalid(let most):
            "Eine Grenze für Erstattungen liegt nicht unter null und nicht über \(most.text(in: .german))."
        case .extrasInvalid(let most):
            "Die erwarteten Zusatzleistungen einer Nacht liegen nicht unter null und nicht über \(most.text(in: .german))."
        case .taxRateSet(let category, let day):
            "Für „\(category.phrase.german)“ gibt es ab dem \(day.text(in: .german)) schon einen Steuersatz."
        case .eventNotTroubled(let id): "Kein Ereignis \(id) wartet auf eine Entscheidung."
        case .operationParked(let number, let what):
            "Das Ergebnis von Vorgang \(number) (\(what.german)) ist nicht bekannt; er wartet auf den Betreiber."
        case .operationNotOpen(let number): "Kein Vorgang \(number) wartet auf eine Antwort."
        case .operationNotParked(let number): "Kein Vorgang \(number) wartet auf eine Entscheidung."
        case .operationOfNewerProgram(let number):
            "Vorgang \(number) stammt von einem neueren Programm, und dieses kennt seinen Zweck nicht."
        case .operationTookEffect(let number, let what):
            "Vorgang \(number) (\(what.german)) wurde bei Stripe ausgeführt und ist jetzt gebucht."
        case .timeZoneUnknown(let name): "Eine Zeitzone „\(name)“ gibt es nicht."
        case .tenantNameMissing: "Ein Mandant braucht einen Namen."
        case .feeInvalid(let most): "Ein Monatspreis liegt nicht unter null und nicht über \(most.text(in: .german))."
        case .folioNotFound(let reference, let tenant): "Der Mandant „\(tenant)“ hat kein Gästekonto „\(reference)“."
        case .referenceTaken(let reference): "Es gibt bereits ein Gästekonto „\(reference)“."
        case .referenceInvalid:
            "Ein Gästekonto braucht eine einzeilige Nummer von 1 bis \(TextRule.folioReference.length.upperBound) Zeichen."
        case .guestNameMissing: "Ein Gästekonto braucht den Namen des Gastes."
        case .languageInvalid(let language): "„\(language)“ ist keine Sprache."
        case .textTooLong(let what, _): "\(what.german) ist zu lang."
        case .textInvalid(let what): "\(what.german) muss lesbar in einer Zeile stehen."
        case .emailInvalid(let email): "„\(email)“ ist keine E-Mail-Adresse."
        case .departureBeforeArrival: "Die Abreise liegt vor der Anreise."
        case .stayEnded(let day): "Der Aufenthalt endete am \(day.text(in: .german))."
        case .amountNotPositive: "Der Betrag muss größer als null sein."
        case .amountBelowMinimum(let minimum): "Stripe nimmt keine Zahlung unter \(minimum.text(in: .german)) an."
        case .amountTooLarge(let most): "Stripe nimmt keine Zahlung über \(most.text(in: .german)) an."
        case .ceilingWithoutCard: "Nur ein Aufenthalt mit Karte hat eine Obergrenze für Vormerkungen ohne den Gast."
        case .ceilingTooLow(let amount):
            "Die Obergrenze für Vormerkungen liegt unter den \(amount.text(in: .german)), die vorgemerkt werden sollen."
        case .methodUnknown(let name): "„\(name)“ ist keine Zahlart."
        case .methodEnded(let method, let day): "Stripe hat \(method.phrase.german) zum \(day.text(in: .german)) eingestellt."
        case .methodNotActive(let method):
            "Die Zahlart \(method.phrase.german) ist am Konto bei Stripe nicht aktiv; deshalb wurde nichts gebucht oder angefragt."
        case .methodCannotHold(let method): "Mit der Zahlart \(method.phrase.german) lässt sich kein Betrag vormerken."
        case .methodCannotBeSaved(let method):
            "Ohne Betrag lässt sich nur eine Karte hinterlegen, die Zahlart \(method.phrase.german) nicht."
        case .tooFarAheadForMethod(let method, let days):
            "Die Zahlart \(method.phrase.german) merkt Beträge höchstens \(days) Tage lang vor, und die Abreise ist später."
        case .pageOpen: "Der Gast hat bereits eine Zahlungsseite."
        case .pageUsed(let reference): "Der Gast hat die Zahlungsseite des Gästekontos „\(reference)“ inzwischen benutzt."
        case .cardSavedAlready: "Die Karte des Gastes ist hinterlegt; kurz vor der Anreise wird der Betrag darauf vorgemerkt."
        case .reservedOnlyForReservations: "Eine Bestellung im Shop wird sofort bezahlt."
        case .skuNotFound(let sku): "Die Preisliste enthält kein „\(sku)“."
        case .linesMissing: "Es gibt keine Position zu buchen."
        case .tooManyLines(let most): "Mehr als \(most) Positionen lassen sich nicht auf einmal buchen."
        case .folioClosed(let reference, let state): "Das Gästekonto „\(reference)“ ist abgeschlossen (\(state.phrase.german))."
        case .notAwaitingGuest(let reference): "Kein Check-out des Gästekontos „\(reference)“ wartet auf den Gast."
        case .paymentProcessing(let reference): "Der Gast des Gästekontos „\(reference)“ hat gezahlt, und das Geld ist unterwegs."
        case .folioAwaitingGuest(let reference, _): "Das Gästekonto „\(reference)“ wartet auf die Zahlung des Gastes."
        case .checkOutInProgress(let reference): "Der Check-out des Gästekontos „\(reference)“ läuft gerade."
        case .operationInProgress(let reference):
            "Stripe hat eine frühere Anfrage zum Gästekonto „\(reference)“ noch nicht beantwortet."
        case .planChanged: "Seit der Plan angezeigt wurde, hat sich etwas geändert; deshalb wurde nichts eingezogen."
        case .nothingCharged(let reference):
            "Auf dem Gästekonto „\(reference)“ ist keine Leistung gebucht; deshalb wurde es nicht abgeschlossen."
        case .holdNotFound(let number): "Auf dem Gästekonto gibt es keine Vormerkung \(number)."
        case .holdNotLive(let number, let state): "Die Vormerkung \(number) ist \(state.phrase.german)."
        case .paymentNotFound(let number): "Auf dem Gästekonto gibt es keine Zahlung \(number)."
        case .paymentNotSucceeded(let number): "Die Zahlung \(number) ist nicht eingegangen."
        case .paymentNotRefundable(let number, let why): "Die Zahlung \(number) lässt sich nicht erstatten: \(why.words(in: .german))."
        case .refundNotFound(let number): "Auf dem Gästekonto gibt es keine Erstattung \(number)."
        case .billMissing:
            "Zu einer Erstattung auf einem offenen Gästekonto gehört, was aus der Forderung wird: lowered (gesenkt) oder unchanged (unverändert)."
        case .billFixed(let reference, .awaitingGuest):
            "Die Forderung des Gästekontos „\(reference)“ lässt sich nicht senken, solange der Gast sie bezahlen soll."
        case .billFixed(let reference, let state):
            "Die Forderung des Gästekontos „\(reference)“ steht fest (\(state.phrase.german)) und lässt sich nicht mehr senken."
        case .billDecided(let number, let bill): "Über die Erstattung \(number) ist schon entschieden: \(bill.phrase.german)."
        case .nothingToDecide(let number): "Bei der Erstattung \(number) ist über die Forderung nichts zu entscheiden."
        case .lineUnwanted: "Eine Position wird nur genannt, wenn die Forderung gesenkt wird."
        case .refundRefusedBillLowered(let why):
            "Stripe hat die Rückerstattung abgelehnt: \(why.words(in: .german)). Die Forderung ist trotzdem gesenkt."
        case .refundTooLarge(let most): "Von dieser Zahlung lassen sich höchstens \(most.text(in: .german)) zurückerstatten."
        case .refundFinished(let number, let amount):
            "Rückerstattung \(number) (\(amount.text(in: .german))), die Stripe nicht gleich beantwortet hatte, ist erfolgt; eine weitere wurde nicht ausgeführt."
        case .documentNotFound(let reference, isClosed: false): "Das Gästekonto „\(reference)“ hat noch keinen Beleg."
        case .documentNotFound(let reference, isClosed: true): "Das Gästekonto „\(reference)“ wurde ohne Beleg abgeschlossen."
        case .reasonMissing: "Hierfür wird ein Grund benötigt."
        case .noStripeAccount(let tenant): "Für den Mandanten „\(tenant)“ ist noch kein Stripe-Konto hinterlegt."
        case .stripeKeyInvalid: "Das ist kein Schlüssel von Stripe."
        case .stripeKeyUnknown: "Stripe nimmt diesen Schlüssel nicht an."
        case .stripePermissionsMissing(let rights):
            "Diesem Schlüssel fehlen Berechtigungen, um Geld einzuziehen, zu erstatten und zu buchen: \(rights.map(\.phrase.german).joined(separator: ", "))."
        case .syncRequired(let tenant):
            "Die Bücher des Mandanten „\(tenant)“ sind eine Kopie oder stammen aus einer Sicherung, und Stripe wurde seitdem nicht gelesen."
        case .foundObject(let reference, let id):
            "Bei Stripe liegt etwas für das Gästekonto „\(reference)“, das nach der Sicherung entstand und hier nicht zählt: \(id)."
        case .foundRefund(let reference, let number):
            "Erstattung \(number) des Gästekontos „\(reference)“ entstand nach der Sicherung, und niemand hat darüber entschieden."
        case .checkOutBlocked(let reference, let why):
            "Der Check-out des Gästekontos „\(reference)“ wartet auf den Betreiber: \(why.german)."
        case .accountTaken(nil): "Dieses Stripe-Konto gehört schon einem anderen Mandanten."
        case .accountTaken(let other?): "Dieses Stripe-Konto gehört schon dem Mandanten „\(other)“."
        case .accountShared(let tenant):
            "Der Mandant „\(tenant)“ hat das Stripe-Konto eines anderen Mandanten; deshalb wird nichts eingezogen."
        case .accountMismatch(let tenant):
            "Dieser Schlüssel öffnet ein anderes Stripe-Konto als das, in dem die laufenden Beträge des Mandanten „\(tenant)“ liegen."
        case .settlesElsewhere(let codes, let books):
            "Dieses Stripe-Konto rechnet in \(codes.map { $0.uppercased() }.joined(separator: ", ")) ab; die Bücher werden in \(books) geführt."
        case .movementNotFound(let id): "Eine Bewegung \(id) war in diesen Büchern nie ungeklärt."
        case .movementNotAssignable(let id, .waiting): "Woher die Bewegung \(id) kommt, hat Stripe noch nicht gezeigt."
        case .movementNotAssignable(let id, _): "Die Bewegung \(id) gehört zu einer Zahlung oder Rückerstattung dieser Bücher."
        case .accountNotAssignable(let name): "„\(name)“ ist kein Konto, dem eine Bewegung zugeordnet werden kann."
        case .movementTypeInvalid(let type): "„\(type)“ ist keine Art von Bewegung."
        case .typeNotInSuspense(let type): "Keine solche Bewegung der Art „\(type)“ ist ungeklärt."
        case .ruleNotFound(let number): "Die Regel \(number) gibt es nicht."
        case .ruleExists(let number, let type): "Wohin Bewegungen der Art „\(type)“ gehören, sagt schon die Regel \(number)."
        case .ruleEnded(let number): "Die Regel \(number) ist schon beendet."
        case .movementNotDismissible(let id, .waiting): "Es ist noch kein Versuch gescheitert, die Herkunft der Bewegung \(id) zu lesen."
        case .movementNotDismissible(let id, .suspense), .movementNotDismissible(let id, .assigned):
            "Die Bewegung \(id) wartet nicht mehr: Ihr Betrag ist gebucht."
        case .movementNotDismissible(let id, .ours): "Die Bewegung \(id) gehört zu einer Zahlung oder Rückerstattung dieser Bücher."
        case .unreadableNotFound(let id): "Das Objekt \(id) ist in diesen Büchern nicht als unlesbar vermerkt."
        case .unreadableDismissed(let id): "\(id) ist schon beiseitegelegt."
        case .payoutNotFound(let id): "Eine Auszahlung \(id) steht nicht in diesen Büchern."
        case .disputeNotFound(let id): "Eine Zahlungsanfechtung \(id) steht nicht in diesen Büchern."
        case .disputeNotLost(let id, _): "Die Zahlungsanfechtung \(id) ist nicht verloren: Ihr Betrag kann noch zurückkommen."
        case .nothingToWriteOff(let id): "Von der Zahlungsanfechtung \(id) ist nichts offen."
        case .dayNotBegun(let day): "Der \(day.text(in: .german)) hat noch nicht begonnen."
        case .modeMismatch(isLive: true): "Das ist ein echter Schlüssel, und die Bücher des Mandanten enthalten Testobjekte."
        case .modeMismatch(isLive: false): "Das ist ein Testschlüssel, und die Bücher des Mandanten enthalten echte Objekte."
        case .stripeKeyRefused(let tenant): "Stripe nimmt den Schlüssel des Mandanten „\(tenant)“ nicht an."
        case .stripeUnreachable: "Stripe ist nicht erreichbar; es wurde nichts geändert."
        case .stripeReadForbidden(let what, _): "Dem Stripe-Schlüssel fehlt die Berechtigung für \(what.german)."
        case .stripeUnanswered(let what):
            "Stripe hat keine eindeutige Antwort gegeben (\(what.german)); nichts ist verloren, und nichts wird doppelt ausgeführt."
        case .stripeRefused(let what, let why): "Von Stripe abgelehnt: \(what.german). Grund: \(why.words(in: .german))."
        case .monthNotBegun(let month): "Der \(month.text(in: .german)) hat noch nicht begonnen."
        case .monthNotOver(let month): "Der \(month.text(in: .german)) ist noch nicht vorbei."
        case .monthClosed(let month): "Der \(month.text(in: .german)) ist bereits abgeschlossen."
        case .monthBeforeTenant(let month): "Im \(month.text(in: .german)) gab es den Mandanten noch nicht."
        case .earlierMonthOpen(let month): "Der \(month.text(in: .german)) ist noch nicht abgeschlossen."
        case .monthNotSynced(let month): "Seit dem Ende des Monats \(month.text(in: .german)) wurde Stripe nicht abgefragt."
        case .monthUnsettled(let month, let obstacles):
            "Der \(month.text(in: .german)) kann noch nicht abgeschlossen werden: \(obstacles.phrase.german)."
        case .clearingDiffers(let month, let why):
            "Der \(month.text(in: .german)) kann noch nicht abgeschlossen werden: \(why.german)."
        case .closingReasonMissing(let month, let odd):
            "Der \(month.text(in: .german)) wird nur mit einem Grund abgeschlossen: \(odd.phrase.german)."
        case .monthFailed(let month, let tenant, let why):
            "Der \(month.text(in: .german)) konnte für den Mandanten „\(tenant)“ nicht abgeschlossen werden (\(why))."
        // Only verbs of the command line meet these.
        case .booksInvalid, .foundObjectNotWaiting, .foundObjectStuck: message
        }
    }

    /// `nil` also where the hint names a verb or an option of the command line.
    private var germanHint: String? {
        switch self {
        case .tenantExists: "Wählen Sie eine andere Kennung oder verwenden Sie den vorhandenen Mandanten."
        case .tenantIDInvalid:
            "Verwenden Sie 1 bis \(TextRule.tenantID.length.upperBound) Kleinbuchstaben, Ziffern und Bindestriche, zum Beispiel „seeblick“."
        case .refundLimitInvalid: "Mit 0 wird bei jeder Erstattung nach dem Passwort gefragt."
        case .extrasInvalid: "Geben Sie an, was die Gäste einer Buchung in einer Nacht üblicherweise verbrauchen, oder 0."
        case .taxRateSet: "Geben Sie einen späteren Tag an: Ein einmal gesetzter Satz bleibt, wie er war."
        case .operationOfNewerProgram: "Entscheiden Sie darüber mit dem Programm, das ihn angelegt hat."
        case .operationTookEffect: "Sehen Sie sich das Gästekonto an: Es ist nichts mehr beiseitezulegen."
        case .timeZoneUnknown: "Geben Sie einen Namen wie Europe/Berlin an."
        case .tenantNameMissing: "Geben Sie den Namen des Betriebs so an, wie die Gäste ihn lesen."
        case .feeInvalid: "Geben Sie den Nettopreis eines Monats an, etwa 19,00, oder 0 für keinen."
        case .referenceTaken: "Verwenden Sie für jeden Aufenthalt und jede Bestellung eine eigene Nummer."
        case .referenceInvalid: "Geben Sie die Nummer der Reservierung oder Bestellung ohne Leerzeichen am Anfang und Ende an."
        case .guestNameMissing: "Geben Sie den Namen so an, wie der Gast ihn genannt hat."
        case .languageInvalid: "Schreiben Sie sie mit zwei Kleinbuchstaben, zum Beispiel de oder en."
        case .textInvalid: "Verwenden Sie sichtbare Zeichen, keine Zeilenumbrüche und keine Steuerzeichen."
        case .textTooLong(_, let most): "Verwenden Sie höchstens \(most) Zeichen; ein Emoji kann als mehrere zählen."
        case .emailInvalid: "Schreiben Sie sie wie guest@example.com oder lassen Sie sie weg."
        case .departureBeforeArrival: "Prüfen Sie die beiden Daten."
        case .stayEnded: "Prüfen Sie die Daten oder öffnen Sie das Gästekonto mit direkter Bezahlung."
        case .amountNotPositive: "Geben Sie einen Betrag wie 300,00 an."
        case .amountBelowMinimum(let minimum):
            "Fordern Sie mindestens \(minimum.text(in: .german)) an oder nehmen Sie den Betrag beim Check-out ein."
        case .amountTooLarge: "Prüfen Sie den Betrag auf einen Tippfehler."
        case .ceilingWithoutCard: "Lassen Sie die Obergrenze weg."
        case .ceilingTooLow(let amount): "Geben Sie mindestens \(amount.text(in: .german)) an, oder lassen Sie die Obergrenze weg."
        case .methodUnknown: "Verwenden Sie card (Karte) oder klarna (Klarna)."
        case .methodEnded: "Verwenden Sie stattdessen den Nachfolger klarna oder card (Karte)."
        case .methodNotActive:
            "Verwenden Sie eine andere Zahlart, etwa card (Karte), oder lassen Sie sie im Dashboard des Stripe-Kontos aktivieren "
                + "(Einstellungen, Zahlungsmethoden)."
        case .methodCannotHold:
            "Verwenden Sie für eine vorgemerkte Bezahlung card (Karte) oder klarna, oder wählen Sie die direkte Bezahlung."
        case .methodCannotBeSaved: "Verwenden Sie card (Karte), oder merken Sie einen Betrag vor."
        case .tooFarAheadForMethod:
            "Verwenden Sie card: Die Karte wird jetzt hinterlegt, und kurz vor der Anreise wird der Betrag darauf vorgemerkt."
        case .pageOpen(let url):
            "Senden Sie dem Gast die Seite \(url) noch einmal, oder nennen Sie eine andere Zahlart: Dann ersetzt eine neue Seite sie."
        case .pageUsed: "Prüfen Sie das Gästekonto, und fragen Sie noch einmal an, falls etwas fehlt."
        case .cardSavedAlready: "Vorher ist nichts zu tun."
        case .reservedOnlyForReservations: "Öffnen Sie das Gästekonto mit direkter Bezahlung."
        case .linesMissing: "Geben Sie mindestens eine an."
        case .tooManyLines(let most):
            "Teilen Sie sie in Teile von höchstens \(most) auf: Es wurde nichts gebucht, und von jedem Teil werden alle Positionen gebucht "
                + "oder keine."
        case .folioClosed(let reference, .checkedOut):
            "`soferu-ledger late-charge` belastet, was nach dem Aufenthalt „\(reference)“ auffiel."
        case .folioClosed: "Legen Sie dafür ein neues Gästekonto an."
        case .folioAwaitingGuest(_, let url):
            url.map { "Der Gast kann auf der Seite \($0) bezahlen." }
        case .paymentProcessing: "Warten Sie darauf: Das Gästekonto schließt sich von selbst, sobald das Geld da ist."
        case .planChanged(let plan): "Sehen Sie sich den neuen Plan an und führen Sie ihn als \(plan.id) aus."
        case .holdNotLive: "Nur eine aktive oder angefragte Vormerkung lässt sich freigeben."
        case .paymentNotSucceeded: "Nur eingegangenes Geld lässt sich zurückerstatten; eine Vormerkung wird stattdessen freigegeben."
        case .paymentNotRefundable:
            "Erstatten Sie aus einer anderen Zahlung des Gästekontos oder zahlen Sie außerhalb aus; das Gästekonto zeigt das Guthaben."
        case .refundNotFound: "Das Gästekonto zeigt seine Erstattungen mit ihren Nummern."
        case .billMissing:
            "Mit „lowered“ entsteht zugleich ein Nachlass über denselben Betrag. Mit „unchanged“ bleibt die Forderung, und der Betrag ist zurückgestellt, "
                + "bis entschieden ist."
        case .billFixed(_, .awaitingGuest):
            "Wählen Sie „unchanged“ und entscheiden Sie später, oder ziehen Sie zuerst die Zahlungsseite zurück: Dann ist das Gästekonto wieder offen."
        case .billFixed: "Erstatten Sie das Geld ohne Angabe zur Forderung; eine Berichtigung kommt auf ein eigenes Gästekonto."
        case .billDecided:
            "Sehen Sie das Gästekonto an: Die Entscheidung bleibt. Positionen lassen sich weiterhin buchen, mindern und stornieren."
        case .nothingToDecide: "Entschieden wird nur über Geld, das bei unveränderter Forderung erstattet wurde."
        case .lineUnwanted: "Lassen Sie die Position weg oder wählen Sie „lowered“."
        case .refundRefusedBillLowered:
            "Senken Sie sie nicht noch einmal: Der Check-out gibt das Guthaben auf anderem Weg zurück oder lässt es als offenes Guthaben stehen."
        case .refundTooLarge(let most): "Erstatten Sie höchstens \(most.text(in: .german))."
        case .documentNotFound(_, isClosed: false): "Er wird ausgestellt, wenn das Gästekonto abgeschlossen wird."
        case .documentNotFound(_, isClosed: true): "Ist nichts berechnet, gibt es keinen, und auch später wird keiner ausgestellt."
        case .reasonMissing: "Geben Sie den Grund an; er wird aufbewahrt."
        case .stripeKeyInvalid:
            "Ein Schlüssel ist ein einzelnes Wort wie sk_test_…, ein Webhook-Geheimnis eines wie whsec_… ohne Leerzeichen."
        case .stripeKeyUnknown:
            "Kopieren Sie den geheimen Schlüssel noch einmal aus Stripes Dashboard; was bisher hinterlegt war, bleibt."
        case .stripePermissionsMissing:
            "Geben Sie dem eingeschränkten Schlüssel bei Stripe diese Berechtigungen und hinterlegen Sie ihn dann erneut; was bisher hinterlegt war, bleibt."
        case .accountMismatch:
            "Hinterlegen Sie einen Schlüssel desselben Kontos, oder wechseln Sie das Konto, wenn kein Gästekonto offen und nichts unterwegs ist."
        case .settlesElsewhere(_, let books):
            "Hinterlegen Sie bei Stripe ein Bankkonto in \(books), damit in dieser Währung abgerechnet wird, oder legen Sie einen Mandanten in der anderen an."
        case .movementNotAssignable(_, .waiting), .movementNotDismissible(_, .waiting), .movementNotDismissible(_, .suspense),
            .movementNotDismissible(_, .assigned):
            hintElsewhere?.german
        case .movementNotAssignable: "Es gibt nichts zuzuordnen."
        case .movementNotDismissible: "Es gibt nichts beiseitezulegen."
        case .accountNotAssignable:
            "Erlaubt sind \(Account.assignable.map(\.name).joined(separator: ", ")) oder external: mit einem eigenen Namen, etwa external:shop."
        case .movementTypeInvalid:
            "Schreiben Sie sie wie Stripe, in Kleinbuchstaben, Ziffern und _: \(TextRule.balanceType.expected.german)."
        case .modeMismatch:
            "Legen Sie für den anderen Modus einen eigenen Mandanten an: Echte Objekte und Testobjekte stehen nie in denselben Büchern."
        case .stripeUnreachable(let why): "Prüfen Sie Adresse und Netzwerk (\(why.words(in: .german))) und versuchen Sie es noch einmal."
        case .stripeRefused:
            "Was vorher entschieden war, gilt. Sehen Sie sich das Gästekonto an, beheben Sie den genannten Grund und fordern Sie es erneut an."
        case .monthNotBegun: "Wählen Sie diesen Monat oder einen früheren."
        case .disputeNotLost: "Warten Sie, bis die Bank entschieden hat, oder nehmen Sie die Anfechtung in Stripes Dashboard an."
        case .nothingToWriteOff:
            "Das Geld kam zurück, wurde erneut gezahlt oder ausgebucht, oder der Rückzug ist noch nicht gebucht: Ein Abgleich bucht ihn."
        case .dayNotBegun: "Wählen Sie heute oder einen früheren Tag."
        case .monthNotOver: "Schließen Sie ihn ab, wenn sein letzter Tag vorüber ist."
        case .monthClosed: "Abgeschlossene Monate bleiben, wie sie sind; spätere Bewegungen erscheinen im nächsten."
        case .monthBeforeTenant: "Wählen Sie den Monat, in dem der Mandant angelegt wurde, oder einen späteren."
        case .monthNotSynced:
            "Starten Sie `soferu-ledger sync`, wenn er auch in UTC zu Ende ist, und schließen Sie ihn dann ab; der Dienst fragt Stripe "
                + "innerhalb von Minuten von selbst ab."
        case .monthUnsettled, .monthFailed, .clearingDiffers, .closingReasonMissing: hintElsewhere?.german
        case .earlierMonthOpen(let month):
            "Schließen Sie zuerst den \(month.text(in: .german)) ab: Monate werden der Reihe nach abgeschlossen."
        // What to do about these is the command line's business, and its hints are for nobody else: see `words(in:hints:)`.
        case .booksInvalid, .booksTaken, .eventNotTroubled, .operationParked, .operationNotOpen, .operationNotParked,
            .folioNotFound, .skuNotFound, .notAwaitingGuest, .checkOutInProgress, .operationInProgress, .nothingCharged, .holdNotFound,
            .paymentNotFound, .refundFinished, .noStripeAccount, .stripeKeyRefused, .stripeReadForbidden, .syncRequired, .checkOutBlocked,
            .foundObject,
            .foundRefund, .foundObjectNotWaiting, .foundObjectStuck, .accountTaken, .accountShared, .stripeUnanswered,
            .movementNotFound, .disputeNotFound, .payoutNotFound, .typeNotInSuspense, .ruleNotFound, .ruleExists, .ruleEnded,
            .unreadableNotFound,
            .unreadableDismissed:
            nil
        }
    }
}
