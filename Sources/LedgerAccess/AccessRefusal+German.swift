import Ledger

extension AccessRefusal {
    package var german: RefusalWords {
        switch self {
        case .notAllowed(let role):
            RefusalWords("Die Rolle \(role.phrase.german) darf das nicht.", hint: "Fragen Sie jemanden mit der Rolle Verwaltung.")
        case .roleNeedsTenant(let role):
            RefusalWords(
                "Die Rolle \(role.phrase.german) gehört zu einem Mandanten.",
                hint: "Nennen Sie den Mandanten, oder wählen Sie die Rolle Betreiber.")
        case .operatorHasNoTenant:
            RefusalWords(
                "Die Rolle Betreiber gehört zu keinem Mandanten.", hint: "Lassen Sie den Mandanten weg, oder wählen Sie eine andere Rolle.")
        case .nameInvalid(let name):
            RefusalWords(
                "„\(name)“ kann hier kein Name sein.",
                hint:
                    "Verwenden Sie 1 bis \(TextRule.accessName.length.upperBound) Buchstaben (a bis z), Ziffern und . _ - @ +, zuerst einen Buchstaben oder eine Ziffer."
            )
        case .tokenNameTaken(let name):
            RefusalWords(
                "Es gibt schon einen Zugangsschlüssel „\(name)“.",
                hint: "Wählen Sie einen anderen Namen, oder widerrufen Sie den vorhandenen.")
        case .tokenNotFound(let number):
            RefusalWords("Es gibt keinen Zugangsschlüssel \(number).", hint: nil)
        case .expiryPassed: RefusalWords("Der Zugangsschlüssel wäre schon abgelaufen.", hint: "Wählen Sie einen Zeitpunkt in der Zukunft.")
        case .userExists(let name):
            RefusalWords(
                "Einen Benutzer „\(name)“ gibt es schon, oder es gab ihn.",
                hint: "Wählen Sie einen anderen Namen: Im Journal steht ein Name für immer für eine Person.")
        case .userNotFound(let name):
            RefusalWords("Es gibt keinen Benutzer „\(name)“.", hint: nil)
        case .userDisabled(let name):
            RefusalWords("Der Benutzer „\(name)“ ist gesperrt.", hint: "Legen Sie die Person unter einem anderen Namen neu an.")
        case .passwordTooShort:
            RefusalWords(
                "Das Passwort hat weniger als \(PasswordRule.shortest) Zeichen, und kurze werden durch Probieren gefunden.",
                hint: "Verwenden Sie \(PasswordRule.shortest) bis \(PasswordRule.longest) Zeichen; ein paar Wörter sind gut.")
        case .passwordTooLong:
            RefusalWords(
                "Das Passwort hat mehr als \(PasswordRule.longest) Zeichen.",
                hint: "Verwenden Sie \(PasswordRule.shortest) bis \(PasswordRule.longest) Zeichen; ein Emoji kann als mehrere zählen.")
        case .passwordUnusable:
            RefusalWords(
                "Das Passwort enthält ein Zeichen, das man nicht tippen kann.",
                hint: "Verwenden Sie Buchstaben, Ziffern, Satzzeichen und Leerzeichen in einer Zeile.")
        case .passwordIsName:
            RefusalWords(
                "Das Passwort ist der Name des Benutzers, und den probiert jeder zuerst.",
                hint: "Verwenden Sie etwas, das nur diese Person kennt; ein paar Wörter sind gut.")
        case .loginFailed:
            RefusalWords(
                "Name oder Passwort ist falsch.", hint: "Prüfen Sie Mandant, Name und Passwort; beim Passwort zählt die Großschreibung.")
        case .tooManyTries:
            RefusalWords(
                "Von hier gab es zu viele Fehlversuche.",
                hint: "Warten Sie \(LoginLimits.minutes) Minuten, oder lassen Sie von der Verwaltung ein neues Passwort setzen.")
        case .busy: RefusalWords("Gerade melden sich zu viele Personen an.", hint: "Versuchen Sie es gleich noch einmal.")
        case .passwordWanted:
            RefusalWords(
                "Dafür ist noch einmal Ihr Passwort nötig; es wurde nichts ausgeführt.",
                hint: "Geben Sie das Passwort ein, mit dem Sie sich anmelden, und senden Sie das Formular erneut.")
        case .passwordWrong:
            RefusalWords(
                "Ihr Passwort ist falsch; es wurde nichts ausgeführt.",
                hint: "Geben Sie es noch einmal ein; die Großschreibung zählt.")
        case .notLoggedIn: RefusalWords("Sie sind nicht oder nicht mehr angemeldet.", hint: "Melden Sie sich neu an.")
        }
    }
}
