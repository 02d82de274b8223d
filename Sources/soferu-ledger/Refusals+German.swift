import Ledger
import Ledger

extension NeedsSimulator {
    var german: RefusalWords {
        RefusalWords(
            "Ein Import spielt Zahlungen aus Jahren nach, und \(url) ist kein simuliertes Stripe.",
            hint: "Starten Sie `stripe-simulator` und geben Sie dessen Adresse mit --stripe-url an.")
    }
}

extension BookingTwice {
    var german: RefusalWords {
        RefusalWords(
            "Die Buchung \(reference) steht in Zeile \(first) und noch einmal in Zeile \(second).",
            hint: "Entfernen Sie eine der beiden und importieren Sie noch einmal.")
    }
}

extension BooksDamaged {
    var german: RefusalWords {
        RefusalWords(
            "Die Bücher des Mandanten „\(defect.tenant)“ sind beschädigt: \(defect.problem).",
            hint: "Bewahren Sie die Datei als Beweis auf und arbeiten Sie mit der letzten Sicherung weiter, die die Prüfung besteht.")
    }
}

extension BooksDiffer {
    var german: RefusalWords {
        RefusalWords(
            "Das Ledger und Stripe weichen an \(count) \(count == 1 ? "Stelle" : "Stellen") voneinander ab.",
            hint: isRepaired
                ? "Die Tabelle sagt zu jeder, was von Hand zu tun bleibt."
                : "`soferu-ledger reconcile --repair` behebt, was sich beheben lässt; die Tabelle sagt, was von Hand zu tun bleibt.")
    }
}

extension TimeBeyondSimulator {
    var german: RefusalWords {
        RefusalWords(
            "Eine Buchung braucht die Uhrzeit \(instant), und die Uhr des simulierten Stripe geht von 1970 bis November 2286.",
            hint: "Berichtigen Sie den Tag in der Datei und importieren Sie noch einmal: Was schon im Ledger steht, wird nicht wiederholt.")
    }
}

extension SimulatorRefusal {
    var german: RefusalWords {
        RefusalWords(
            "Das simulierte Stripe hat \(what) abgelehnt (\(answer)).",
            hint: "Starten Sie einen neuen stripe-simulator und geben Sie dessen Adresse mit --stripe-url an.")
    }
}

extension Unexpected {
    var german: RefusalWords {
        RefusalWords(
            "Das hätte beim Mandanten „\(tenant)“ nicht geschehen dürfen: \(what).",
            hint: "Die anderen Mandanten sind bearbeitet; mit --tenant \(tenant) sehen Sie diesen allein.")
    }
}

extension KeyFileRefusal {
    var german: RefusalWords {
        switch self {
        case .missing(let path):
            RefusalWords(
                "Die Schlüsseldatei \(path) fehlt, und ohne sie bleiben die Stripe-Schlüssel der Mandanten versiegelt.",
                hint: "Spielen Sie die Datei aus ihrer Sicherung zurück, nennen Sie sie mit LEDGER_KEY_FILE "
                    + "oder hinterlegen Sie die Schlüssel mit `tenant stripe` neu.")
        case .openToOthers(let path):
            RefusalWords(
                "Die Schlüsseldatei \(path) kann nicht nur von ihrem Besitzer gelesen werden.",
                hint: "Führen Sie `chmod 600 \(path)` aus und erwägen Sie `soferu-ledger key rotate`.")
        case .unreadable(let path):
            RefusalWords(
                "\(path) ist keine Schlüsseldatei.",
                hint: "Sie enthält je Zeile einen Schlüssel aus 64 hexadezimalen Ziffern. Spielen Sie sie aus ihrer Sicherung zurück.")
        case .notReadable(let path):
            RefusalWords(
                "Dieses Programm darf die Schlüsseldatei \(path) nicht lesen.",
                hint: "Geben Sie sie dem Benutzer, unter dem es läuft: `chown` und `chmod 600 \(path)`.")
        case .link(let path):
            RefusalWords(
                "Die Schlüsseldatei \(path) ist ein symbolischer Link.",
                hint: "Legen Sie die Datei selbst dorthin, oder nennen Sie mit LEDGER_KEY_FILE die Datei, auf die er zeigt.")
        case .cannotWrite(let path, let why):
            RefusalWords(
                "Die Schlüsseldatei \(path) konnte nicht geschrieben werden: \(why).",
                hint: "Schaffen Sie Platz oder wählen Sie mit LEDGER_KEY_FILE einen anderen Ort.")
        }
    }
}

extension OperationsLeft {
    var german: RefusalWords {
        RefusalWords(
            "\(count) \(count == 1 ? "Vorgang hat" : "Vorgänge haben") bei Stripe noch immer keinen Ausgang.",
            hint: "`soferu-ledger operation list` sagt, warum. Was nie gelingen kann, legt `operation dismiss` beiseite.")
    }
}

extension CheckOutUnfinished {
    var german: RefusalWords {
        let because = why.map { ": \($0.words(in: .german))" } ?? ""
        return RefusalWords(
            "Das Gästekonto „\(reference)“ ist wieder offen mit \(open.text(in: .german))\(because).",
            hint: "`soferu-ledger folio show` sagt, was zu tun ist; danach erneut auschecken.")
    }
}

extension ExecuteOrWithdraw {
    var german: RefusalWords {
        RefusalWords("Ein Check-out wird ausgeführt oder zurückgezogen, nicht beides.", hint: "Geben Sie --execute oder --withdraw an.")
    }
}
