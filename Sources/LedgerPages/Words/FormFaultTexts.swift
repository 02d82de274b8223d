import Ledger

/// Why a form was not read.
extension FormFields.Fault {
    var phrase: Phrase {
        switch self {
        case .tooMany:
            Phrase(
                "The form has more than \(FormFields.most) fields. Nothing was done. Please fill in the page again.",
                """
                Das Formular hat mehr als \(FormFields.most) Felder und wurde nicht ausgeführt. Bitte die Seite neu \
                ausfüllen.
                """
            )
        case .nameTooLong:
            Phrase(
                "The form has unknown fields. Nothing was done. Please fill in the page again.",
                """
                Das Formular hat Felder, die keine Seite hier hat, und wurde nicht ausgeführt. Bitte die Seite neu \
                ausfüllen.
                """
            )
        case .malformed:
            Phrase(
                "The form could not be read. Nothing was done. Please fill in the page again.",
                "Das Formular war nicht lesbar und wurde nicht ausgeführt. Bitte die Seite neu ausfüllen.")
        case .valueTooLong:
            Phrase(
                "One field is too long. Nothing was done. Please go back and shorten the text.",
                "Ein Feld ist zu lang, es wurde nichts ausgeführt. Bitte zurückgehen und weniger schreiben.")
        }
    }
}
