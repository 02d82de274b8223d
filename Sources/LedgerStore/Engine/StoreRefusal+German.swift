import Ledger

extension StoreRefusal {
    package var german: RefusalWords { RefusalWords(germanMessage, hint: germanHint) }

    private var germanMessage: String {
        switch accident {
        case .notADatabase: "\(file) ist keine Ledger-Datei."
        case .damaged: "Die Ledger-Datei \(file) ist beschädigt."
        case .unreadable: "In der Ledger-Datei \(file) steht etwas, das sich nicht lesen lässt."
        case .anotherProgramsFile: "\(file) gehört zu einem anderen Programm."
        case .unreleasedVersion: "\(file) stammt von einer frühen, nie veröffentlichten Version dieses Programms."
        case .newerVersion(let found, let known):
            "\(file) wurde von einer neueren Version dieses Programms geschrieben "
                + "(Format \(found), dieses kennt die Formate bis \(known))."
        case .editedMigration(let number, let name):
            "\(file) wurde von einer anderen Version dieses Programms angelegt: Die Tabellen sind andere (Migration \(number), \(name))."
        case .missingMigration(let number):
            "Die Migration \(number) fehlt; deshalb lässt sich \(file) nicht auf den neuesten Stand bringen."
        case .diskFull: "Der Datenträger, auf dem \(file) liegt, ist voll; es wurde nichts geschrieben."
        case .readOnly: "In \(file) kann nicht geschrieben werden."
        case .fileMissing: "Es gibt keine Ledger-Datei \(file)."
        case .folderMissing: "Den Ordner von \(file) gibt es nicht."
        case .cannotOpen: "\(file) lässt sich nicht öffnen."
        case .noFileHandles: "\(file) lässt sich nicht öffnen: Dieses Programm hat die Höchstzahl offener Dateien erreicht."
        case .locked: "\(file) ist zu lange von einem anderen Prozess gesperrt."
        case .exists: "\(file) gibt es schon."
        case .fileRemoved: "Die Ledger-Datei \(file) oder ihre Begleitdatei -wal oder -shm wurde im laufenden Betrieb entfernt."
        case .fileReplaced:
            "\(file) oder die Begleitdatei -wal oder -shm wurde im laufenden Betrieb durch eine andere Datei ersetzt."
        case .closed: "Das Ledger wird gerade beendet."
        }
    }

    private var germanHint: String {
        switch accident {
        case .notADatabase, .anotherProgramsFile:
            "Nennen Sie eine Ledger-Datei oder, um ein neues Ledger zu beginnen, einen Pfad, an dem noch keine Datei liegt."
        case .damaged, .unreadable:
            "Halten Sie den Dienst an, bewahren Sie eine Kopie der Datei auf, wie sie ist, und spielen Sie die letzte Sicherung zurück."
        case .unreleasedVersion: "Beginnen Sie ein neues Ledger an einem Pfad, an dem noch keine Datei liegt; keine Version liest das alte."
        case .newerVersion: "Installieren Sie die Programmversion, die sie geschrieben hat, oder eine spätere."
        case .editedMigration:
            "Installieren Sie die Version, die sie angelegt hat. Vor Version 1.0 ändern sich die Tabellen noch: Beginnen Sie für diese "
                + "Version ein neues Ledger."
        case .missingMigration:
            "Migrationen sind lückenlos nummeriert (1, 2, 3 …): Installieren Sie eine vollständige Version dieses Programms."
        case .diskFull: "Schaffen Sie Platz und versuchen Sie es noch einmal."
        case .readOnly:
            "Geben Sie dem Benutzer, unter dem dieses Programm läuft, das Recht, in die Datei und ihren Ordner zu schreiben."
        case .fileMissing: "Prüfen Sie den Pfad. Ein neues Ledger beginnt mit `soferu-ledger tenant add`."
        case .folderMissing: "Legen Sie den Ordner an oder prüfen Sie den Pfad."
        case .cannotOpen:
            "Prüfen Sie den Pfad und ob der Benutzer, unter dem dieses Programm läuft, Datei und Ordner lesen und beschreiben darf."
        case .noFileHandles:
            "Lassen Sie das Programm und den Rechner mehr Dateien öffnen: ulimit -n, LimitNOFILE von systemd, oder sysctl fs.file-max."
        case .locked:
            "Beenden Sie das andere Programm, das die Datei geöffnet hat, oder warten Sie, bis es fertig ist, "
                + "und versuchen Sie es noch einmal."
        case .exists: "Nennen Sie eine Datei, die es noch nicht gibt."
        case .fileRemoved, .fileReplaced:
            "Halten Sie den Dienst an, legen Sie das Ledger mit seiner -wal zurück oder spielen Sie die letzte Sicherung ein, und starten "
                + "Sie ihn neu."
        case .closed: "Versuchen Sie es noch einmal, wenn es wieder läuft."
        }
    }
}
