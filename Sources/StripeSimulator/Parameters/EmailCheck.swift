extension Account {
    /// Refuses what Stripe takes for no e-mail address: letters beyond ASCII, a domain of one label, dots or blanks where none may be.
    ///
    /// - Parameter email: `nil` when none was sent.
    /// - Source: answers of Stripe's that others have published, such as "Invalid email address: test@test" (Sylius/PayumStripePlugin#9); the
    ///   code is the one of docs.stripe.com, "Error codes".
    func checkEmail(_ email: String?, param: String) throws {
        guard let email, email.wholeMatch(of: Self.emailAddress) == nil || email.utf8.count > 254 else { return }
        throw StripeError.invalid("Invalid email address: \(email)", code: "email_invalid", param: param)
    }

    private nonisolated(unsafe) static let emailAddress =
        /[A-Za-z0-9!#$%&'*+\/=?^_`{|}~\-]+(\.[A-Za-z0-9!#$%&'*+\/=?^_`{|}~\-]+)*@([A-Za-z0-9]([A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9\-]*[A-Za-z0-9])/
}
