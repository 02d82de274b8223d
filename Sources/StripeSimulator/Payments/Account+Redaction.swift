import JSON

extension Account {
    /// Takes names, mail and addresses out of an object; of a customer, out of everything that is the customer's.
    ///
    /// - Returns: False for an object that holds nothing of a person.
    func redact(_ id: String) -> Bool {
        if customers[id] != nil {
            customers.update(id) { $0.details = .emptyObject }
            for session in sessions.all(under: id) { redactSession(session.id) }
            for method in paymentMethods.all(under: id) { redactMethod(method.id) }
            for method in setupIntents.all(under: id).compactMap(\.paymentMethod) { redactMethod(method) }
            for intent in paymentIntents.all(under: id) { redactIntent(intent.id) }
            for charge in charges.all(under: id) {
                redactCharge(charge.id)
                redactMethod(charge.paymentMethod)
            }
        } else if sessions[id] != nil {
            redactSession(id)
        } else if paymentMethods[id] != nil {
            redactMethod(id)
        } else if paymentIntents[id] != nil {
            redactIntent(id)
        } else if charges[id] != nil {
            redactCharge(id)
        } else {
            return false
        }
        return true
    }

    private func redactSession(_ id: String) {
        sessions.update(id) {
            $0.isRedacted = true
            if !$0.customerDetails.isNull { $0.customerDetails = Self.details(email: nil, name: nil) }
        }
    }

    private func redactMethod(_ id: String) {
        paymentMethods.update(id) { $0.billingDetails = BillingDetails.json(nil) }
    }

    private func redactIntent(_ id: String) {
        paymentIntents.update(id) { ($0.receiptEmail, $0.shipping, $0.description) = (.null, .null, .null) }
    }

    private func redactCharge(_ id: String) {
        charges.update(id) {
            ($0.receiptEmail, $0.shipping, $0.description) = (.null, .null, .null)
            $0.billingDetails = BillingDetails.json(nil)
        }
        closeReview(ofCharge: id, as: "redacted")
    }
}
