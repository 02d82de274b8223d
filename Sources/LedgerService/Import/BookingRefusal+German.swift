import Ledger

extension BookingRefusal {
    package var german: RefusalWords {
        RefusalWords(
            "Zeile \(line): „\(text)“ lässt sich nicht als \(column) lesen.",
            hint:
                "Berichtigen Sie die Zeile und importieren Sie noch einmal: Was schon importiert wurde, wird erkannt und bleibt unberührt.")
    }
}
