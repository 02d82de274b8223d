import Ledger
import LedgerService

/// What the operator's pages say.
extension Phrase {
    static let tenant = Phrase("Tenant", "Mandant")
    static let name = Phrase("Name", "Name")
    static let addTenant = Phrase("Add a tenant", "Mandant anlegen")
    static let noTenants = Phrase("No tenants yet.", "Noch keine Mandanten.")
    static let lastWebhook = Phrase("Last webhook", "Letzter Webhook")
    static let noWebhookYet = Phrase("No webhook yet", "Noch kein Webhook")
    static let noWebhookYetHint = Phrase(
        "Stripe has not sent anything to this URL yet. Until it does, payments appear only with the next sync.",
        """
        Stripe hat an diese Adresse noch nichts gesendet. Bis dahin erscheinen Zahlungen erst mit dem nächsten \
        Abgleich.
        """
    )
    static let lastSync = Phrase("Last sync", "Letzter Abgleich")
    static let queue = Phrase("Queue", "Warteschlange")
    static let deadLetters = Phrase("Parked", "Zu klären")
    static let expiringHolds = Phrase("Holds ending within 24 h", "Vormerkungen, die in 24 h enden")
    static let expiringShort = Phrase("Expiring holds", "Ablauf in 24 h")
    static let setUpMissing = Phrase("Setup incomplete", "Einrichtung offen")
    static let tenantEnded = Phrase("Ended", "Beendet")
    static let needsAttention = Phrase("Needs attention", "Handlungsbedarf")
    static let healthy = Phrase("Healthy", "In Ordnung")
    static let never = Phrase("Never", "Noch nie")
    static let allFeesHint = Phrase(
        "All tenants' platform fees. Stripe bills its fees separately.",
        "Plattformgebühren aller Mandanten. Stripe rechnet getrennt ab.")
    static let stripeFees = Phrase("Stripe's fees", "Stripe-Gebühren")
    static let closed = Phrase("Closed", "Abgeschlossen")
    static let tenantName = Phrase("Name of the house", "Name des Hauses")
    static let tenantID = Phrase("Short name", "Kurzname")
    static let tenantIDHint = Phrase(
        "Lower-case letters, digits and hyphens. Used in URLs; cannot be changed.",
        "Kleinbuchstaben, Ziffern, Bindestrich; steht in Adressen und bleibt für immer.")
    static let feeNet = Phrase("Price per month, net (€)", "Monatspreis netto (€)")
    static let timeZone = Phrase("Time zone", "Zeitzone")
    static let nextStep = Phrase("Next", "Weiter")
    static let setUpStripe = Phrase("Connect Stripe", "Stripe verbinden")
    static let setUpCatalogue = Phrase("Fill the price list", "Preisliste füllen")
    static let setUpUsers = Phrase("Add users", "Benutzer anlegen")
    static let setUpUsersHint = Phrase(
        "Reception and accounting get a login each.", "Empfang und Buchhaltung bekommen je einen eigenen Zugang.")
    static let setUpTest = Phrase("First test payment", "Erste Testzahlung")
    static let webhookHint = Phrase(
        "Enter this URL as a webhook endpoint at Stripe:", "Bei Stripe diese Adresse als Webhook eintragen:")
    static let secretKey = Phrase("Secret key", "Geheimer Schlüssel")
    static let webhookSecret = Phrase("Webhook secret", "Webhook-Geheimnis")
    static let webhookKept = Phrase(
        "Leave it empty to keep the current one.", "Leer lassen, um das bisherige zu behalten.")
    static let saveKeys = Phrase("Connect", "Verbinden")
    static let replaceKeys = Phrase("Replace the keys", "Schlüssel ersetzen")
    static let accountUnknown = Phrase("Stripe account not checked yet", "Stripe-Konto noch nicht unterschieden")
    static let accountUnknownHint = Phrase(
        "Whether another tenant uses this account is not known yet. Each sync checks again.",
        """
        Ob ein anderer Mandant dieses Konto hat, ließ sich noch nicht feststellen. Jeder Abgleich versucht es \
        erneut.
        """)
    static let testNeedsStripe = Phrase(
        "Stripe has to be connected first.", "Dafür muss zuerst Stripe verbunden sein.")
    static let testHint = Phrase(
        "One euro on the payment page with a test card: tests the whole connection.",
        "Ein Euro auf Stripes Seite, mit einer Testkarte: der ganze Weg hin und zurück.")
    static let testStart = Phrase("Start a test payment", "Testzahlung beginnen")
    static let testOpen = Phrase(
        "The test payment is waiting. Press “Sync now” once it is paid.",
        "Die Testzahlung wartet. Nach dem Bezahlen auf „Jetzt abgleichen“ drücken.")
    static let testPay = Phrase("Pay the test payment", "Testzahlung bezahlen")
    static let testArrived = Phrase(
        "The test payment has arrived. The house can start.", "Die Testzahlung ist angekommen. Das Haus kann loslegen.")
    static let fetchNews = Phrase("Sync now", "Jetzt abgleichen")
    static let health = Phrase("Health", "Zustand")
    static let folios = Phrase("Folios", "Gästekonten")
    static let users = Phrase("Users and tokens", "Benutzer und Zugangsschlüssel")

    static let nobodyWorks = Phrase(
        "No process is doing the background work.", "Kein Prozess erledigt die Hintergrundarbeiten.")
    static let nobodyWorksHint = Phrase(
        "Webhooks are stored but not processed, and nothing is synced automatically. Is the service running?",
        """
        Webhooks werden aufbewahrt, aber nicht abgearbeitet, und nichts gleicht sich von selbst ab. Läuft der \
        Dienst?
        """)
    static let workFails = Phrase("Background work is failing.", "Hintergrundarbeiten schlagen fehl.")
    static let deadLettersHint = Phrase(
        """
        Events from Stripe that the ledger could not process. Try again once the cause is fixed, or dismiss them \
        with a reason, which is recorded.
        """,
        """
        Was Stripe gemeldet hat und das Ledger nicht verarbeiten konnte. Erneut versuchen, wenn die Ursache \
        behoben ist, oder mit Grund beiseitelegen.
        """
    )
    static let whyNotYet = Phrase("Problem", "Warum noch nicht")
    static let callsToDecide = Phrase("Calls to Stripe to decide", "Aufträge an Stripe, die zu entscheiden sind")
    static let callsToDecideHint = Phrase(
        """
        Their outcome is unknown, and their folios are waiting. Send them again or dismiss them: Stripe is asked \
        first what it did.
        """,
        """
        Niemand weiß, was daraus geworden ist, und ihre Gästekonten warten. Erneut versuchen oder beiseitelegen: \
        Stripe wird vorher gefragt, was geschehen ist.
        """
    )
    static let callSent = Phrase("Stripe has answered.", "Stripe hat geantwortet.")
    static let operationDismissed = Phrase(
        "The call was dismissed, and the reason recorded.", "Der Auftrag ist beiseitegelegt, der Grund aufbewahrt.")
    static let stillUnanswered = Phrase(
        "Stripe again gave no usable answer.", "Stripe hat wieder keine brauchbare Antwort gegeben.")
    static let eventsToDecide = Phrase("Events to decide", "Ereignisse, die zu entscheiden sind")
    static let droppedEvents = Phrase("Events not used", "Nicht verwendbare Ereignisse")
    static let droppedEventsHint = Phrase(
        """
        These webhooks were answered, counted and dropped. Nothing is missing here. Change the endpoint at \
        Stripe to stop them.
        """,
        """
        Stripes Webhooks wurden beantwortet, gezählt und nicht weiter verwendet. Hier fehlt nichts; nach einer \
        Änderung am Endpunkt bei Stripe hören sie auf.
        """
    )
    static let waitsForYou = Phrase("Waiting for you", "Wartet auf Sie")
    static let triedAgain = Phrase("Will be retried", "Wird wiederholt")
    static let retry = Phrase("Try again", "Erneut versuchen")
    static let dismiss = Phrase("Dismiss", "Beiseitelegen")
    static let whyDismiss = Phrase("Why?", "Warum?")
    static let synced = Phrase("Up to date with Stripe.", "Mit Stripe abgeglichen.")
    static let eventsRetried = Phrase("Processed.", "Alles verarbeitet.")
    static let eventDismissed = Phrase(
        "The event was dismissed, and the reason recorded.", "Das Ereignis ist beiseitegelegt, der Grund aufbewahrt.")
    static let eventsLeftHint = Phrase("The reason is below.", "Warum, steht unten.")

    static func callsLeft(_ count: Int) -> Phrase {
        count == 1
            ? Phrase(
                "Stripe has been read; 1 call is still without an answer.",
                "Stripe ist gelesen; 1 Auftrag ist noch ohne Antwort.")
            : Phrase(
                "Stripe has been read; \(count) calls are still without an answer.",
                "Stripe ist gelesen; \(count) Aufträge sind noch ohne Antwort.")
    }
    static func objectsLeft(_ ids: String) -> Phrase {
        Phrase("Stripe has been read, except for \(ids).", "Stripe ist gelesen, außer \(ids).")
    }
    static let objectsLeftHint = Phrase(
        "Each sync tries again; until then the month stays open, unless accounting dismisses the object.",
        """
        Jeder Abgleich versucht es erneut; bis dahin bleibt der Monat offen, es sei denn, die Buchhaltung legt es \
        beiseite.
        """)
    static func eventsLeft(_ count: Int) -> Phrase {
        count == 1
            ? Phrase("1 event failed again.", "1 Ereignis ließ sich wieder nicht verarbeiten.")
            : Phrase("\(count) events failed again.", "\(count) Ereignisse ließen sich wieder nicht verarbeiten.")
    }
    static func retryAll(_ count: Int) -> Phrase { Phrase("Try all \(count) again", "Alle \(count) erneut versuchen") }
    static func tries(_ count: Int) -> Phrase {
        count == 1 ? Phrase("1 attempt", "1 Versuch") : Phrase("\(count) attempts", "\(count) Versuche")
    }
    static func failures(_ count: Int) -> Phrase {
        count == 1
            ? Phrase("failed once", "1 Mal fehlgeschlagen")
            : Phrase("failed \(count) times", "\(count) Mal fehlgeschlagen")
    }
    static func userCount(_ count: Int) -> Phrase {
        switch count {
        case 0: Phrase("Nobody can log in yet.", "Noch kann sich niemand anmelden.")
        case 1: Phrase("1 user.", "1 Benutzer.")
        default: Phrase("\(count) users.", "\(count) Benutzer.")
        }
    }
    static func task(_ task: BackgroundTask) -> Phrase {
        switch task {
        case .operations: Phrase("Calls to Stripe", "Anfragen an Stripe")
        case .events: Phrase("Webhooks", "Webhooks")
        case .checkOuts: Phrase("Check-outs", "Check-outs")
        case .sync: Phrase("Sync", "Abgleich")
        case .holds: Phrase("Holds on saved cards", "Vormerkungen auf hinterlegten Karten")
        case .expiringHolds: Phrase("Expiring holds", "Ablauf von Vormerkungen")
        case .months: Phrase("Months", "Monate")
        case .pruning: Phrase("Cleanup", "Aufräumen")
        }
    }
    static func tenantCount(_ count: Int) -> Phrase {
        count == 1 ? Phrase("1 tenant", "1 Mandant") : Phrase("\(count) tenants", "\(count) Mandanten")
    }
    static func needAttention(_ count: Int) -> Phrase {
        Phrase("\(count) \(count == 1 ? "needs" : "need") attention", "\(count) mit Handlungsbedarf")
    }
    static func catalogueCount(_ count: Int) -> Phrase {
        count == 1
            ? Phrase("1 item in the price list.", "1 Eintrag in der Preisliste.")
            : Phrase("\(count) items in the price list.", "\(count) Einträge in der Preisliste.")
    }
    static let whatStaysOpen = Phrase(
        "The month of a tenant stays open where something of it still waits, or for whom Stripe was not read since.",
        "Offen bleibt er bei Mandanten, bei denen noch etwas davon wartet oder Stripe seither nicht abgefragt wurde.")
    static let closingReasonForAll = Phrase(
        "For months that are closed over open items and the like. Without it they stay open.",
        "Für Monate, über deren offene Posten und Ähnliches abgeschlossen wird. Ohne Grund bleiben sie offen.")
    static func closesForTenants(_ count: Int) -> Phrase {
        count == 1
            ? Phrase("It is closed for 1 tenant.", "Er wird für 1 Mandanten abgeschlossen.")
            : Phrase("It is closed for \(count) tenants.", "Er wird für \(count) Mandanten abgeschlossen.")
    }
    static func monthClosedFor(_ count: Int, _ month: String) -> Phrase {
        count == 1
            ? Phrase("\(month) was closed for 1 tenant.", "\(month): für 1 Mandanten abgeschlossen.")
            : Phrase("\(month) was closed for \(count) tenants.", "\(month): für \(count) Mandanten abgeschlossen.")
    }
    static func monthsUnread(_ count: Int) -> Phrase {
        count == 1
            ? Phrase("The books of 1 tenant cannot be read.", "Die Bücher von 1 Mandanten sind nicht lesbar.")
            : Phrase(
                "The books of \(count) tenants cannot be read.", "Die Bücher von \(count) Mandanten sind nicht lesbar.")
    }
    static func monthLeftOpen(_ count: Int, _ month: String) -> Phrase {
        count == 1
            ? Phrase("\(month) stays open for 1 tenant.", "\(month) bleibt bei 1 Mandanten offen.")
            : Phrase("\(month) stays open for \(count) tenants.", "\(month) bleibt bei \(count) Mandanten offen.")
    }
}
