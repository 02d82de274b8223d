import Ledger

/// What the pages about users and tokens say.
extension Phrase {
    static let people = Phrase("Users", "Personen")
    static let nobodyYet = Phrase("No users yet.", "Noch niemand.")
    static let roleHead = Phrase("Role", "Rolle")
    static let addUser = Phrase("Add user", "Person hinzufügen")
    static let firstPassword = Phrase("Password", "Passwort")
    static let passwordHint = Phrase(
        "At least 10 characters, for example a few words.", "Mindestens 10 Zeichen; ein paar Wörter genügen.")
    static let newPassword = Phrase("New password", "Neues Passwort")
    static let change = Phrase("Change", "Ändern")
    static let disableUser = Phrase("Disable permanently", "Zugang für immer sperren")
    static let disabled = Phrase("Disabled", "Gesperrt")
    static let userDisabled = Phrase("The user is disabled.", "Der Zugang ist gesperrt.")
    static let tokenRevoked = Phrase("The token is revoked.", "Der Schlüssel ist widerrufen.")
    static let active = Phrase("Active", "Aktiv")
    static let token = Phrase("Token", "Zugangsschlüssel")
    static let tokens = Phrase("Tokens for programs", "Zugangsschlüssel für Programme")
    static let tokensHint = Phrase(
        "For the shop and the reservation system. The token is shown once.",
        "Für Shop und Reservierungssystem. Der Schlüssel wird nur einmal gezeigt.")
    static let noTokens = Phrase("No tokens yet.", "Noch keine Schlüssel.")
    static let lastUsed = Phrase("Last used", "Zuletzt benutzt")
    static let tokenRole = Phrase("Role", "Rolle")
    static let makeToken = Phrase("Create a token", "Schlüssel erstellen")
    static let tokenOnce = Phrase(
        "Copy it now: it is never shown again.", "Jetzt kopieren: Er wird nie wieder gezeigt.")
    static let revoke = Phrase("Revoke", "Widerrufen")
    static let revoked = Phrase("Revoked", "Widerrufen")

    static func tokenCreated(_ name: String) -> Phrase {
        Phrase("Token “\(name)” was created.", "Schlüssel „\(name)“ ist erstellt.")
    }
}
