/// What the operator's pages say.
extension Text {
    static let tenant = Text("Mandant", "Tenant")
    static let name = Text("Name", "Name")
    static let addTenant = Text("Mandant anlegen", "Add a tenant")
    static let noTenants = Text("Noch keine Mandanten.", "No tenants yet.")
    static let lastWebhook = Text("Letzter Webhook", "Last webhook")
    static let lastSync = Text("Letzter Abgleich", "Last sync")
    static let queue = Text("Warteschlange", "Queue")
    static let deadLetters = Text("Nicht zustellbar", "Dead letters")
    static let expiringHolds = Text("Vormerkungen, die in 24 h enden", "Holds ending within 24 h")
    static let setUpMissing = Text("Einrichtung offen", "Set-up open")
    static let healthy = Text("In Ordnung", "Healthy")
    static let never = Text("Noch nie", "Never")
    static let allFeesHint = Text(
        "Modulgebühren aller Mandanten. Stripe rechnet getrennt ab.", "All tenants' module fees. Stripe settles apart.")
    static let stripeFees = Text("Stripe-Gebühren", "Stripe's fees")
    static let closed = Text("Abgeschlossen", "Closed")
    static let tenantName = Text("Name des Hauses", "Name of the house")
    static let tenantID = Text("Kurzname", "Short name")
    static let tenantIDHint = Text(
        "Kleinbuchstaben, Ziffern, Bindestrich; steht in Adressen und bleibt für immer.",
        "Lower-case letters, digits, hyphens; stands in addresses, for good.")
    static let feeNet = Text("Monatspreis netto (€)", "Price per month, net (€)")
    static let timeZone = Text("Zeitzone", "Time zone")
    static let nextStep = Text("Weiter", "Next")
    static let setUpStripe = Text("Stripe verbinden", "Connect Stripe")
    static let setUpCatalogue = Text("Preisliste füllen", "Fill the price list")
    static let setUpUsers = Text("Benutzer anlegen", "Add users")
    static let setUpUsersHint = Text(
        "Empfang und Buchhaltung bekommen je einen eigenen Zugang.", "Reception and accounting get a login each.")
    static let setUpTest = Text("Erste Testzahlung", "First test payment")
    static let webhookHint = Text("Bei Stripe diese Adresse als Webhook eintragen:", "Enter this address as a webhook at Stripe:")
    static let secretKey = Text("Geheimer Schlüssel", "Secret key")
    static let webhookSecret = Text("Webhook-Geheimnis", "Webhook secret")
    static let webhookKept = Text("Leer lassen, um das bisherige zu behalten.", "Leave it empty to keep the one that is there.")
    static let saveKeys = Text("Verbinden", "Connect")
    static let replaceKeys = Text("Schlüssel ersetzen", "Replace the keys")
    static let testNeedsStripe = Text("Dafür muss zuerst Stripe verbunden sein.", "Stripe has to be connected first.")
    static let testHint = Text(
        "Ein Euro auf Stripes Seite, mit einer Testkarte: der ganze Weg hin und zurück.",
        "One euro on Stripe's page, with a test card: the whole way there and back.")
    static let testStart = Text("Testzahlung beginnen", "Start a test payment")
    static let testOpen = Text(
        "Die Testzahlung wartet. Nach dem Bezahlen die Neuigkeiten abholen.", "The test payment waits. Fetch the news once it is paid.")
    static let testPay = Text("Testzahlung bezahlen", "Pay the test payment")
    static let testArrived = Text(
        "Die Testzahlung ist angekommen. Das Haus kann loslegen.", "The test payment has arrived. The house can start.")
    static let fetchNews = Text("Jetzt abgleichen", "Sync now")
    static let health = Text("Zustand", "Health")
    static let folios = Text("Gästekonten", "Folios")
    static let users = Text("Benutzer und Zugänge", "Users and tokens")

    static func tenantCount(_ count: Int) -> Text {
        count == 1 ? Text("1 Mandant", "1 tenant") : Text("\(count) Mandanten", "\(count) tenants")
    }
    static func needAttention(_ count: Int) -> Text { Text("\(count) mit Handlungsbedarf", "\(count) need attention") }
    static func catalogueCount(_ count: Int) -> Text {
        count == 1
            ? Text("1 Eintrag in der Preisliste.", "1 item in the price list.")
            : Text("\(count) Einträge in der Preisliste.", "\(count) items in the price list.")
    }
}
