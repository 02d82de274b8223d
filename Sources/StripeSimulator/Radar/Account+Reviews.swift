import JSON

extension Account {
    static let reviewRoutes: [Route] = [
        Route("GET /v1/reviews") { account, call in try account.list(account.reviews, call, noun: "review", render: \.json) },
        Route("GET /v1/reviews/{review}") { try $0.review($1.id).json },
        Route("POST /v1/reviews/{review}/approve") { account, call in
            guard try account.review(call.id).isOpen else { throw StripeError(message: "This review is already closed.") }
            account.closeReview(call.id, as: "approved")
            return try account.review(call.id).json
        },
    ]

    private func review(_ id: String) throws -> Review {
        guard let review = reviews[id] else { throw StripeError.noSuch("review", id, param: "review") }
        return review
    }

    /// Opens a review of a charge that has none open.
    ///
    /// - Parameter reason: `rule` or `manual`.
    /// - Returns: Its id; nil when one is open.
    @discardableResult func openReview(of chargeID: String, reason: String) -> String? {
        guard let charge = charges[chargeID], charge.review.flatMap({ reviews[$0] })?.isOpen != true else { return nil }
        let review = Review(
            id: mint("prv_1"), created: now, charge: chargeID, paymentIntent: charge.paymentIntent, openedReason: reason,
            billingZip: charge.billingDetails["address"]?["postal_code"] ?? .null)
        reviews.append(review)
        charges.update(chargeID) { $0.review = review.id }
        if let intent = charge.paymentIntent { paymentIntents.update(intent) { $0.review = review.id } }
        emit("review.opened", review.json)
        return review.id
    }

    func closeReview(_ id: String, as reason: String) {
        guard reviews[id]?.isOpen == true else { return }
        reviews.update(id) { $0.closedReason = reason }
        emit("review.closed", reviews[id]?.json ?? .null)
    }

    /// What happens to a charge can end its review.
    func closeReview(ofCharge id: String, as reason: String) {
        if let review = charges[id]?.review { closeReview(review, as: reason) }
    }
}
