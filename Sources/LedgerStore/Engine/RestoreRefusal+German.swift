import Ledger

extension RestoreRefusal {
    package var german: RefusalWords {
        switch self {
        case .exists(let path):
            RefusalWords(
                "Unter \(path) liegt schon ein Hauptbuch.",
                hint: "Wählen Sie mit --db einen anderen Pfad, oder legen Sie das vorhandene mit --replace beiseite.")
        case .inUse(let path):
            RefusalWords(
                "Ein anderes Programm hat \(path) geöffnet.", hint: "Halten Sie den Dienst an, und versuchen Sie es dann noch einmal.")
        case .sameFile(let path):
            RefusalWords(
                "\(path) ist die Sicherung selbst.", hint: "Nennen Sie den Pfad des Hauptbuchs mit --db, und die Sicherung als FILE.")
        case .noFile(let backup):
            RefusalWords(
                "\(backup) ist keine Datei, sondern ein Ordner, eine Pipe oder ein Gerät.",
                hint: "Nennen Sie eine Datei, die `soferu-ledger backup` gemacht hat.")
        case .booksDamaged(let backup, let defect):
            RefusalWords(
                "In \(backup) sind die Bücher des Mandanten „\(defect.tenant)“ beschädigt: \(defect.problem).",
                hint: "Nehmen Sie eine ältere Sicherung, und bewahren Sie diese als Beleg auf.")
        }
    }
}
