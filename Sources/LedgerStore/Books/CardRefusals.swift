import Ledger

/// How often banks have refused a card without the guest.
extension Book {
    /// Keeps one refusal; the same call's again changes nothing.
    ///
    /// - Parameter card: `Folio.SavedCard.identity`.
    package func noteRefusal(ofCard card: String, advice: CardAdvice?, by operation: Operation) throws {
        guard try one("SELECT 1 FROM card_refusal WHERE operation = \(operation.number)", { _ in true }) == nil else { return }
        try run(
            """
            INSERT INTO card_refusal (operation, tenant, card, advice, refused_at)
            VALUES (\(operation.number), \(tenant.number), \(card), \(advice), \(now))
            """)
    }

    /// When a bank has last refused a card; nil for never.
    package func lastRefusal(ofCard card: Folio.SavedCard) throws -> Instant? {
        try one(
            """
            SELECT refused_at FROM card_refusal WHERE tenant = \(tenant.number) AND card = \(card.identity)
            ORDER BY refused_at DESC LIMIT 1
            """
        ) { try $0.instant(0) }
    }

    /// Why a card is not used without the guest; nil where it may be.
    package func bar(ofCard card: Folio.SavedCard) throws -> CardBar? {
        let advice = try one(
            """
            SELECT advice FROM card_refusal
            WHERE tenant = \(tenant.number) AND card = \(card.identity) AND advice IN ('do_not_try_again', 'confirm_card_data')
            LIMIT 1
            """
        ) { try $0.word(0, of: "a refusal of a card") as CardAdvice }
        let tenth = try one(
            """
            SELECT refused_at FROM card_refusal WHERE tenant = \(tenant.number) AND card = \(card.identity)
            ORDER BY refused_at DESC LIMIT 1 OFFSET \(CardBar.mostRefusals - 1)
            """
        ) { try $0.instant(0) }
        return CardBar(advice: advice, tenthLastRefusal: tenth, now: now)
    }
}
