import JSON
import Ledger
import LedgerService

/// Why a request was refused before it reached the ledger.
enum APIRefusal: Refusal {
    case tokenMissing
    case tokenInvalid
    case forbidden(Role)
    case notFound
    case methodNotAllowed([String])
    case headerDuplicate(String)
    case contentTypeWrong
    case bodyMissing
    case bodyUnwanted
    case bodyMalformed(JSONError)
    case bodyNoObject
    case fieldUnknown(String, [String])
    case fieldMissing(String)
    case fieldWrong(String, Phrase)
    /// Well formed, but unknown.
    case valueUnknown(String, Phrase)
    case parameterUnknown(String, [String])
    case parameterDuplicate(String)
    case parameterWrong(String, Phrase)
    case idempotencyKeyMissing
    case idempotencyKeyInvalid
    case idempotencyKeyReused
    case requestInProgress
    case tooManyRequests(seconds: Int)
    case notReady
    case internalError

    var code: String {
        switch self {
        case .tokenMissing: "token_missing"
        case .tokenInvalid: "token_invalid"
        case .forbidden: "forbidden"
        case .notFound: "not_found"
        case .methodNotAllowed: "method_not_allowed"
        case .headerDuplicate: "header_duplicate"
        case .contentTypeWrong: "content_type_wrong"
        case .bodyMissing: "body_missing"
        case .bodyUnwanted: "body_unwanted"
        case .bodyMalformed, .bodyNoObject: "body_malformed"
        case .fieldUnknown: "field_unknown"
        case .fieldMissing: "field_missing"
        case .fieldWrong: "field_invalid"
        case .valueUnknown: "value_unknown"
        case .parameterUnknown: "parameter_unknown"
        case .parameterDuplicate: "parameter_duplicate"
        case .parameterWrong: "parameter_invalid"
        case .idempotencyKeyMissing: "idempotency_key_missing"
        case .idempotencyKeyInvalid: "idempotency_key_invalid"
        case .idempotencyKeyReused: "idempotency_key_reused"
        case .requestInProgress: "request_in_progress"
        case .tooManyRequests: "too_many_requests"
        case .notReady: "not_ready"
        case .internalError: "internal_error"
        }
    }

    var message: String { sentences.message.english }
    var hint: String? { sentences.hint?.english }
    var german: RefusalWords { RefusalWords(sentences.message.german, hint: sentences.hint?.german) }

    private var sentences: (message: Phrase, hint: Phrase?) {
        switch self {
        case .tokenMissing:
            (
                Phrase("This needs a token.", "Dafür braucht es einen Zugangsschlüssel."),
                Phrase("Send it as \"Authorization: Bearer …\".", "Senden Sie ihn als „Authorization: Bearer …“.")
            )
        case .tokenInvalid:
            (
                Phrase(
                    "The token is unknown, has expired, or was revoked.", "Der Zugangsschlüssel ist unbekannt, abgelaufen oder widerrufen."),
                Phrase("Ask the administrator for a new one.", "Bitten Sie die Verwaltung um einen neuen.")
            )
        case .forbidden(let role):
            (
                Phrase("The role \(role.rawValue) may not do this.", "Die Rolle \(role.phrase.german) darf das nicht."),
                Phrase("Use a token with another role.", "Verwenden Sie einen Zugangsschlüssel mit einer anderen Rolle.")
            )
        case .notFound:
            (
                Phrase("There is nothing at this address.", "Unter dieser Adresse gibt es nichts."),
                Phrase("GET /openapi.json lists all addresses.", "GET /openapi.json nennt alle Adressen.")
            )
        case .methodNotAllowed(let methods):
            (
                Phrase("This address does not support that method.", "Diese Adresse kennt diese Methode nicht."),
                Phrase("Use \(methods.joined(separator: " or ")).", "Verwenden Sie \(methods.joined(separator: " oder ")).")
            )
        case .headerDuplicate(let name):
            (
                Phrase("The header \(name) was sent more than once.", "Der Header \(name) wurde mehrfach gesendet."),
                Phrase("Send it once.", "Senden Sie ihn einmal.")
            )
        case .contentTypeWrong:
            (
                Phrase("The body must be JSON.", "Der Inhalt muss JSON sein."),
                Phrase("Send it with \"Content-Type: application/json\".", "Senden Sie ihn mit „Content-Type: application/json“.")
            )
        case .bodyMissing:
            (
                Phrase("This request needs a body.", "Diese Anfrage braucht einen Inhalt."),
                Phrase(
                    "Send a JSON object; GET /openapi.json has an example.",
                    "Senden Sie ein JSON-Objekt; GET /openapi.json zeigt ein Beispiel.")
            )
        case .bodyUnwanted:
            (
                Phrase("This request takes no body.", "Diese Anfrage nimmt keinen Inhalt an."),
                Phrase("Send it without one.", "Senden Sie sie ohne Inhalt.")
            )
        case .bodyMalformed(let error):
            (
                Phrase(
                    "The body is not valid JSON: \(error.words.english) after \(error.offset) bytes.",
                    "Der Inhalt ist kein gültiges JSON: \(error.words.german) nach \(error.offset) Bytes."),
                Phrase("Send one JSON object in UTF-8.", "Senden Sie ein JSON-Objekt in UTF-8.")
            )
        case .bodyNoObject:
            (
                Phrase("The body is JSON, but not an object.", "Der Inhalt ist JSON, aber kein Objekt."),
                Phrase("Send { … }.", "Senden Sie { … }.")
            )
        case .fieldUnknown(let path, let known):
            (
                Phrase("There is no field \"\(path.shortened)\".", "Es gibt kein Feld „\(path.shortened)“."),
                Phrase(
                    known.isEmpty ? "Send an empty object." : "Known fields: \(known.joined(separator: ", ")).",
                    known.isEmpty ? "Senden Sie ein leeres Objekt." : "Bekannt sind: \(known.joined(separator: ", ")).")
            )
        case .fieldMissing(let path):
            (
                Phrase("The field \"\(path)\" is missing.", "Das Feld „\(path)“ fehlt."),
                Phrase("Add it to the body.", "Ergänzen Sie es im Inhalt.")
            )
        case .fieldWrong(let path, let expected):
            (
                Phrase("The field \"\(path)\" must be \(expected.english).", "Das Feld „\(path)“ muss \(expected.german) sein."),
                Phrase("Correct it and send the request again.", "Berichtigen Sie es und senden Sie die Anfrage erneut.")
            )
        case .valueUnknown(let path, let expected):
            (
                Phrase("The field \"\(path)\" must be \(expected.english).", "Das Feld „\(path)“ muss \(expected.german) sein."),
                Phrase("Check it for a typing error.", "Prüfen Sie es auf einen Tippfehler.")
            )
        case .parameterUnknown(let name, let known):
            (
                Phrase("There is no parameter \"\(name.shortened)\".", "Es gibt keinen Parameter „\(name.shortened)“."),
                Phrase(
                    known.isEmpty ? "This address takes none." : "Known parameters: \(known.joined(separator: ", ")).",
                    known.isEmpty ? "Diese Adresse nimmt keine an." : "Bekannt sind: \(known.joined(separator: ", ")).")
            )
        case .parameterDuplicate(let name):
            (
                Phrase(
                    "The parameter \"\(name.shortened)\" was sent more than once.",
                    "Der Parameter „\(name.shortened)“ wurde mehrfach gesendet."),
                Phrase("Send it once.", "Senden Sie ihn einmal.")
            )
        case .parameterWrong(let name, let expected):
            (
                Phrase("The parameter \"\(name)\" must be \(expected.english).", "Der Parameter „\(name)“ muss \(expected.german) sein."),
                Phrase("Correct it and send the request again.", "Berichtigen Sie ihn und senden Sie die Anfrage erneut.")
            )
        case .idempotencyKeyMissing:
            (
                Phrase("A POST needs an Idempotency-Key.", "Ein POST braucht einen Idempotency-Key."),
                Phrase(
                    "Send a new random text with each new request, and the same text when you repeat a request.",
                    "Senden Sie mit jeder neuen Anfrage einen eigenen zufälligen Text, und denselben, wenn Sie sie wiederholen.")
            )
        case .idempotencyKeyInvalid:
            (
                Phrase("This is not a valid Idempotency-Key.", "Das ist kein Idempotency-Key."),
                Phrase(
                    "Use \(TextRule.idempotencyKey.expected.english).", "Verwenden Sie \(TextRule.idempotencyKey.expected.german).")
            )
        case .idempotencyKeyReused:
            (
                Phrase(
                    "This Idempotency-Key belongs to another request: its address or its body was different.",
                    "Dieser Idempotency-Key gehört zu einer anderen Anfrage: Ihre Adresse oder ihr Inhalt war anders."),
                Phrase("Use a new key for a new request.", "Verwenden Sie für eine neue Anfrage einen neuen Schlüssel.")
            )
        case .requestInProgress:
            (
                Phrase("The first request with this key is still running.", "Die erste Anfrage mit diesem Schlüssel läuft noch."),
                Phrase("Repeat it in a moment with the same key.", "Wiederholen Sie sie gleich mit demselben Schlüssel.")
            )
        case .tooManyRequests(let seconds):
            (
                Phrase("This token sends too many requests.", "Mit diesem Zugangsschlüssel kommen zu viele Anfragen."),
                Phrase("Wait \(seconds) s, then send more slowly.", "Warten Sie \(seconds) s und senden Sie dann langsamer.")
            )
        case .notReady:
            (
                Phrase("The ledger file cannot be used at the moment.", "Die Datei des Hauptbuchs ist gerade nicht benutzbar."),
                Phrase("Check the service's log.", "Sehen Sie im Protokoll des Dienstes nach.")
            )
        case .internalError:
            (
                Phrase("Something unexpected happened here.", "Hier ist etwas Unerwartetes geschehen."),
                Phrase(
                    "Repeat the request with the same key; if it happens again, give the operator the request id.",
                    "Wiederholen Sie die Anfrage mit demselben Schlüssel; geschieht es wieder, nennen Sie dem Betreiber die Nummer der Anfrage."
                )
            )
        }
    }
}

extension Refusal {
    /// The place of the refused value in the body, such as `lines[17].quantity`; nil if it is not a single value.
    var field: String? {
        let refusal: any Refusal = self
        return switch refusal {
        case APIRefusal.fieldMissing(let path), APIRefusal.fieldWrong(let path, _), APIRefusal.fieldUnknown(let path, _),
            APIRefusal.valueUnknown(let path, _):
            path
        case let refused as RefusedRow: refused.place.english
        default: nil
        }
    }
}

extension String {
    /// What a caller sent, for a sentence: never longer than a line.
    fileprivate var shortened: String { unicodeScalars.count > 60 ? String(unicodeScalars.prefix(60)) + "…" : self }
}

extension JSONError {
    fileprivate var words: Phrase {
        switch reason {
        case .unexpectedEnd: Phrase("an unexpected end", "es endet")
        case .unexpectedByte: Phrase("an unexpected character", "ein unerwartetes Zeichen")
        case .badNumber: Phrase("an invalid number", "keine Zahl")
        case .badText: Phrase("text that is not UTF-8", "kein Text in UTF-8")
        case .duplicateKey: Phrase("a second member of the same name", "ein zweites Feld gleichen Namens")
        case .nameTooLong(let most): Phrase("a name of more than \(most) bytes", "ein Name von mehr als \(most) Bytes")
        case .tooDeep: Phrase("more than 64 levels", "mehr als 64 Ebenen")
        case .rest: Phrase("content after the end", "noch etwas")
        }
    }
}
