import Ledger

/// What every page says: its head, its lists, and what went wrong.
extension Phrase {
    static let notFound = Phrase("There is no such page.", "Diese Seite gibt es nicht.")
    static let wrongMethod = Phrase("This request is not valid.", "So lässt sich diese Seite nicht aufrufen.")
    static let notAllowed = Phrase("You are not allowed to do that.", "Dafür haben Sie keine Berechtigung.")
    static let foreignForm = Phrase(
        "The form did not come from this service. Nothing was done.",
        "Das Formular kam nicht von dieser Seite und wurde nicht ausgeführt.")
    static let oldForm = Phrase(
        "The form was out of date. Nothing was done. Please go back, reload the page and send it again.",
        """
        Das Formular war veraltet, es wurde nichts ausgeführt. Bitte zurückgehen, die Seite neu laden und noch \
        einmal senden.
        """
    )
    static let otherForm = Phrase(
        "This form was already sent with other details, and those count. Please reload the page to see the result.",
        """
        Dieses Formular wurde schon mit anderen Angaben gesendet, und diese gelten. Bitte die Seite neu laden, um zu \
        sehen, was daraus wurde.
        """
    )
    static let toStart = Phrase("To the start page", "Zur Startseite")
    static let back = Phrase("Back", "Zurück")
    static let defect = Phrase("This should not have happened.", "Das hätte nicht passieren dürfen.")
    static let defectHint = Phrase(
        "Nothing was lost. Please try again; if that does not help, tell the operator this number.",
        "Es ging nichts verloren. Bitte noch einmal versuchen; hilft das nicht, dem Betreiber diese Nummer nennen.")
    static let defectNumber = Phrase("Number", "Nummer")

    static let earlierPage = Phrase("Back", "Zurück")
    static let nextPage = Phrase("More", "Weitere")

    static func shownOf(_ first: String, _ last: String, _ all: String) -> Phrase {
        Phrase("\(first) to \(last) of \(all)", "\(first) bis \(last) von \(all)")
    }
    static func noneOf(_ all: String) -> Phrase { Phrase("None of \(all) here", "Hier keine von \(all)") }

    static let skip = Phrase("Skip to content", "Zum Inhalt")
    static let mainNavigation = Phrase("Sections", "Bereiche")
    static let desk = Phrase("Reception", "Empfang")
    static let books = Phrase("Accounting", "Buchhaltung")
    static let settings = Phrase("Settings", "Einstellungen")
    static let tenants = Phrase("Tenants", "Mandanten")
    static let allFees = Phrase("Fees", "Gebühren")
    static let accessShort = Phrase("Access", "Zugänge")
    static let logOut = Phrase("Log out", "Abmelden")
}
