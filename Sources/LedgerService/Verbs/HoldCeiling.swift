import Ledger

extension Folio {
    /// What the guest has agreed to have held on the saved card in all; nil where no card is saved, or the consent names nothing.
    package var ceiling: Money? { nil }
}
