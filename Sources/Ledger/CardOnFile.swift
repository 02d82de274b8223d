/// A card being saved, or saved, for charges without the guest.
package struct CardOnFile: Hashable, Sendable {
    package enum State: String, Sendable { case requested, saved, failed, removed }
    package let state: State
    package let session: String?
    package let paymentMethod: String?

    package init(state: State, session: String?, paymentMethod: String?) {
        self.state = state
        self.session = session
        self.paymentMethod = paymentMethod
    }
}
