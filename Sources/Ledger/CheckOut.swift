/// A check-out, cancellation or no-show being carried out, or done.
package struct CheckOut: Sendable {
    /// The words are those that are stored.
    package enum State: String, Sendable {
        case running
        case awaitingGuest = "awaiting_guest"
        case done
        /// It ended with something still open: the guest did not pay.
        case incomplete
    }

    /// Counts from 1 within the folio.
    package let number: Int64
    /// What the folio becomes.
    package let outcome: Folio.State
    /// The id of the plan that was shown and is carried out.
    package let plan: String
    /// What was due by the plan, in minor units.
    package let due: Int64
    /// Where it stands as a whole; each step has a state of its own.
    package let state: State
    /// Who asked for it.
    package let actor: String
    /// In their order, those that were replaced too.
    package let steps: [Step]

    package init(number: Int64, outcome: Folio.State, plan: String, due: Int64, state: State, actor: String, steps: [Step]) {
        self.number = number
        self.outcome = outcome
        self.plan = plan
        self.due = due
        self.state = state
        self.actor = actor
        self.steps = steps
    }

    /// One step of it, with its outcome.
    package struct Step: Sendable {
        /// The words are those that are stored.
        package enum State: String, Sendable {
            case waiting
            /// The link is out, and the guest has not paid yet.
            case awaitingGuest = "awaiting_guest"
            case done, refused
            /// A refusal before it put other steps in its place.
            case replaced
        }

        /// Counts from 1 within the check-out.
        package let position: Int
        /// What is to be done, as the plan says it.
        package let step: CheckOutStep
        /// A step is sent once: only `waiting` leads to a call.
        package let state: State
        /// The number of the operation that carries it out; `nil` before it is made, and for a step that makes none.
        package let operation: Int64?
        /// The hold or payment at work, where the step makes one of its own.
        package let payment: Int64?
        /// Why it was refused.
        package let failure: Failure?

        package init(position: Int, step: CheckOutStep, state: State, operation: Int64?, payment: Int64?, failure: Failure?) {
            self.position = position
            self.step = step
            self.state = state
            self.operation = operation
            self.payment = payment
            self.failure = failure
        }
    }
}
