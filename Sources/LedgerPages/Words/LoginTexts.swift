import Ledger

/// What is said where a password is asked for.
extension Phrase {
    static let logIn = Phrase("Log in", "Anmelden")
    static let house = Phrase("House", "Haus")
    static let houseHint = Phrase(
        "The tenant's short name, such as seeblick. Empty for the operator.",
        "Kurzname des Mandanten, z. B. seeblick. Leer für den Betreiber.")
    static let userName = Phrase("Name", "Name")
    static let password = Phrase("Password", "Passwort")
    static let sessionLost = Phrase("Your session has ended.", "Ihre Anmeldung ist abgelaufen.")
    static let sessionLostHint = Phrase(
        "Your last action was not carried out. After logging in you return to where you were.",
        """
        Falls Sie zuletzt etwas gedrückt haben, wurde es nicht ausgeführt. Nach der Anmeldung geht es dort weiter, \
        wo Sie waren.
        """
    )

    static let passwordAgain = Phrase("Your own password", "Ihr eigenes Passwort")
    static func aboveRefundLimit(_ limit: String) -> Phrase {
        Phrase(
            "This refunds more than \(limit) in one day. It needs your password again and is logged.",
            """
            Damit gehen an einem Tag mehr als \(limit) zurück. Dafür ist noch einmal Ihr Passwort nötig, und es \
            wird \
            festgehalten.
            """
        )
    }
}
