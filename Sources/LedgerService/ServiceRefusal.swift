import Ledger
import enum Stripe.StripePermission

/// Why a verb was refused. Facts in the case, two readers in the extension.
package enum ServiceRefusal: Refusal {
    case tenantExists(String)
    case tenantIDInvalid(String)
    case booksInvalid(String)
    /// The tenant whose books have that id.
    case booksTaken(by: String)
    case tenantNameMissing
    case feeInvalid(most: Money)
    case folioNotFound(String, tenant: String)
    case referenceTaken(String)
    case referenceInvalid
    case guestNameMissing
    case emailInvalid(String)
    case languageInvalid(String)
    /// What it is, and how many characters it may have.
    case textTooLong(Phrase, Int)
    /// What it is.
    case textInvalid(Phrase)
    case departureBeforeArrival
    case stayEnded(Day)
    case amountNotPositive
    case amountBelowMinimum(Money)
    case amountTooLarge(Money)
    case methodUnknown(String)
    case methodEnded(PaymentMethod, on: Day)
    case methodCannotHold(PaymentMethod)
    case tooFarAheadForMethod(PaymentMethod, days: Int)
    case reservedOnlyForReservations
    case pageOpen(String)
    case cardSavedAlready
    case skuNotFound(String)
    case linesMissing
    case tooManyLines(most: Int)
    case folioClosed(String, Folio.State)
    case folioAwaitingGuest(String, url: String?)
    case notAwaitingGuest(String)
    case paymentProcessing(String)
    case checkOutInProgress(String)
    case operationInProgress(String)
    case planChanged(CheckOutPlan)
    case holdNotFound(Int64)
    case holdNotLive(Int64, Hold.State)
    case paymentNotFound(Int64)
    case paymentNotSucceeded(Int64)
    case paymentNotRefundable(Int64, why: Failure)
    case refundTooLarge(Money)
    case refundNotFound(Int64)
    case billMissing
    case billFixed(String, Folio.State)
    case billDecided(Int64, Refund.Bill)
    case nothingToDecide(Int64)
    case lineUnwanted
    /// Stripe refused to give money back, and the bill was lowered by as much.
    case refundRefusedBillLowered(why: Failure)
    /// The earlier refund's number and amount.
    case refundFinished(Int64, Money)
    case documentNotFound(String)
    case reasonMissing
    case noStripeAccount(String)
    case stripeKeyInvalid
    /// Stripe does not know a new key.
    case stripeKeyUnknown
    /// With a new key money could not be taken or given back; all that it lacks.
    case stripePermissionsMissing([StripePermission])
    case stripeKeyRefused(String)
    case stripeUnreachable(Failure)
    /// The tenant whose file was copied, or put back from a backup.
    case syncRequired(String)
    /// The folio, and Stripe's id of what was found.
    case foundObject(String, id: String)
    /// A refund that these books made after the backup, and that nobody has decided about.
    case foundRefund(String, number: Int64)
    case foundObjectNotWaiting(String)
    case foundObjectStuck(String, FoundObject.Obstacle)
    /// A check-out that was begun, and why the operator must act before it goes on.
    case checkOutBlocked(String, because: Phrase)
    /// Who uses the account already, for the operator only.
    case accountTaken(by: String?)
    /// The tenant that set its key later.
    case accountShared(String)
    case accountMismatch(String)
    /// Whether the key is a live one.
    case modeMismatch(isLive: Bool)
    case stripeUnanswered(what: Phrase)
    case stripeRefused(what: Phrase, why: Failure)
    case monthNotBegun(Month)
    case monthNotOver(Month)
    case monthClosed(Month)
    case monthBeforeTenant(Month)
    case earlierMonthOpen(Month)
    case taxRateSet(Category, Day)
    case refundLimitInvalid(most: Money)
    case eventNotTroubled(String)
    /// The operation's number, and what it is for.
    case operationParked(Int64, Phrase)
    case operationNotOpen(Int64)
    case operationNotParked(Int64)
    case operationOfNewerProgram(Int64)
    case operationTookEffect(Int64, Phrase)

    package var code: String {
        switch self {
        case .tenantExists: "tenant_exists"
        case .tenantIDInvalid: "tenant_id_invalid"
        case .booksInvalid: "books_id_invalid"
        case .booksTaken: "books_taken"
        case .tenantNameMissing: "tenant_name_missing"
        case .feeInvalid: "fee_invalid"
        case .folioNotFound: "folio_not_found"
        case .referenceTaken: "reference_taken"
        case .referenceInvalid: "reference_invalid"
        case .guestNameMissing: "guest_name_missing"
        case .emailInvalid: "email_invalid"
        case .languageInvalid: "language_invalid"
        case .textTooLong: "text_too_long"
        case .textInvalid: "text_invalid"
        case .departureBeforeArrival: "departure_before_arrival"
        case .stayEnded: "stay_ended"
        case .amountNotPositive, .amountBelowMinimum, .amountTooLarge: "amount_invalid"
        case .methodUnknown: "method_unknown"
        case .methodEnded: "method_ended"
        case .methodCannotHold, .tooFarAheadForMethod: "method_cannot_hold"
        case .reservedOnlyForReservations: "reserved_only_for_reservations"
        case .pageOpen: "page_open"
        case .cardSavedAlready: "card_saved_already"
        case .skuNotFound: "sku_not_found"
        case .linesMissing: "lines_missing"
        case .tooManyLines: "too_many_lines"
        case .folioClosed: "folio_closed"
        case .folioAwaitingGuest: "awaiting_guest"
        case .notAwaitingGuest: "not_awaiting_guest"
        case .paymentProcessing: "payment_processing"
        case .checkOutInProgress: "check_out_in_progress"
        case .operationInProgress: "operation_in_progress"
        case .planChanged: "plan_changed"
        case .holdNotFound: "hold_not_found"
        case .holdNotLive: "hold_not_live"
        case .paymentNotFound: "payment_not_found"
        case .paymentNotSucceeded: "payment_not_succeeded"
        case .paymentNotRefundable: "payment_not_refundable"
        case .refundTooLarge: "refund_too_large"
        case .refundNotFound: "refund_not_found"
        case .billMissing: "bill_missing"
        case .billFixed: "bill_fixed"
        case .billDecided: "bill_decided"
        case .nothingToDecide: "nothing_to_decide"
        case .lineUnwanted: "line_unwanted"
        case .refundRefusedBillLowered: "stripe_refused"
        case .refundFinished: "refund_finished"
        case .documentNotFound: "document_not_found"
        case .reasonMissing: "reason_missing"
        case .noStripeAccount: "stripe_account_missing"
        case .stripeKeyInvalid: "stripe_key_invalid"
        case .stripeKeyUnknown: "stripe_key_unknown"
        case .stripePermissionsMissing: "stripe_permissions_missing"
        case .stripeKeyRefused: "stripe_key_refused"
        case .stripeUnreachable: "stripe_unreachable"
        case .syncRequired: "sync_required"
        case .foundObject: "found_object"
        case .foundRefund: "found_refund"
        case .foundObjectNotWaiting: "found_object_not_waiting"
        case .foundObjectStuck: "found_object_stuck"
        case .checkOutBlocked: "check_out_blocked"
        case .accountTaken, .accountShared: "stripe_account_taken"
        case .accountMismatch: "stripe_account_mismatch"
        case .modeMismatch: "stripe_mode_mismatch"
        case .stripeUnanswered: "stripe_unanswered"
        case .stripeRefused: "stripe_refused"
        case .monthNotBegun: "month_not_begun"
        case .monthNotOver: "month_not_over"
        case .monthClosed: "month_closed"
        case .monthBeforeTenant: "month_before_tenant"
        case .earlierMonthOpen: "earlier_month_open"
        case .taxRateSet: "tax_rate_set"
        case .refundLimitInvalid: "refund_limit_invalid"
        case .eventNotTroubled: "event_not_parked"
        case .operationParked: "operation_parked"
        case .operationNotOpen: "operation_not_open"
        case .operationNotParked: "operation_not_parked"
        case .operationOfNewerProgram: "operation_of_newer_program"
        case .operationTookEffect: "operation_took_effect"
        }
    }

    package var message: String {
        switch self {
        case .tenantExists(let id): "There is already a tenant \"\(id)\"."
        case .tenantIDInvalid(let id): "\"\(id)\" cannot be a tenant's id."
        case .booksInvalid(let id): "\"\(id)\" cannot be the id of a tenant's books."
        case .booksTaken(let tenant): "The books with this id are tenant \"\(tenant)\"'s."
        case .tenantNameMissing: "A tenant needs a name."
        case .feeInvalid(let most): "A monthly price is not below zero and not above \(most.text(in: .english))."
        case .folioNotFound(let reference, let tenant): "Tenant \"\(tenant)\" has no folio \"\(reference)\"."
        case .referenceTaken(let reference): "There is already a folio \"\(reference)\"."
        case .referenceInvalid: "A folio needs a reference of 1 to \(TextRule.folioReference.length.upperBound) characters on one line."
        case .guestNameMissing: "A folio needs the guest's name."
        case .languageInvalid(let language): "\"\(language)\" is not a language."
        case .textTooLong(let what, _): "\(what.english) is too long."
        case .textInvalid(let what): "\(what.english) is not written on one line."
        case .emailInvalid(let email): "\"\(email)\" is not an e-mail address."
        case .departureBeforeArrival: "The departure lies before the arrival."
        case .stayEnded(let day): "The stay ended on \(day.text(in: .english))."
        case .amountNotPositive: "The amount must be more than zero."
        case .amountBelowMinimum(let minimum): "Stripe takes no payment below \(minimum.text(in: .english))."
        case .amountTooLarge(let most): "Stripe takes no payment above \(most.text(in: .english))."
        case .methodUnknown(let name): "\"\(name)\" is not a payment method."
        case .methodEnded(let method, let day): "Stripe ended \(method.phrase.english) on \(day.text(in: .english))."
        case .methodCannotHold(let method): "Money cannot be reserved with \(method.phrase.english)."
        case .tooFarAheadForMethod(let method, let days):
            "\(method.phrase.capitalised.english) reserves money for at most \(days) days, and the departure is later."
        case .pageOpen: "The guest has a page already."
        case .cardSavedAlready: "The guest's card is saved, and is held shortly before arrival."
        case .reservedOnlyForReservations: "A shop order is paid at once."
        case .skuNotFound(let sku): "The catalogue has no \"\(sku)\"."
        case .linesMissing: "There is no line to add."
        case .tooManyLines(let most): "More than \(most) lines cannot be added at once."
        case .folioClosed(let reference, let state): "Folio \"\(reference)\" is closed (\(state.phrase.english))."
        case .folioAwaitingGuest(let reference, _): "Folio \"\(reference)\" waits for the guest to pay."
        case .notAwaitingGuest(let reference): "No check-out of folio \"\(reference)\" waits for the guest."
        case .paymentProcessing(let reference): "The guest of folio \"\(reference)\" has paid, and the money is on its way."
        case .checkOutInProgress(let reference): "The check-out of folio \"\(reference)\" is in progress."
        case .operationInProgress(let reference): "Stripe has not yet answered an earlier request for folio \"\(reference)\"."
        case .planChanged: "Something changed since the plan was shown, so nothing was taken."
        case .holdNotFound(let number): "The folio has no hold \(number)."
        case .holdNotLive(let number, let state): "Hold \(number) is \(state.phrase.english)."
        case .paymentNotFound(let number): "The folio has no payment \(number)."
        case .paymentNotSucceeded(let number): "Payment \(number) has not been taken."
        case .paymentNotRefundable(let number, let why): "Payment \(number) cannot be given back: \(why.words(in: .english))."
        case .refundNotFound(let number): "The folio has no refund \(number)."
        case .billMissing: "A refund on an open folio says what becomes of the bill: lowered or unchanged."
        case .billFixed(let reference, .awaitingGuest):
            "The bill of folio \"\(reference)\" cannot be lowered while the guest is to pay it."
        case .billFixed(let reference, let state):
            "The bill of folio \"\(reference)\" is final (\(state.phrase.english)) and cannot be lowered."
        case .billDecided(let number, let bill): "It has been decided about refund \(number) already: \(bill.phrase.english)."
        case .nothingToDecide(let number): "Refund \(number) leaves nothing to decide about the bill."
        case .lineUnwanted: "A line is only named when the bill is lowered."
        case .refundRefusedBillLowered(let why):
            "Refused by Stripe: the refund. Reason: \(why.words(in: .english)). The bill is lowered all the same."
        case .refundTooLarge(let most): "At most \(most.text(in: .english)) of this payment can be given back."
        case .refundFinished(let number, let amount):
            "Refund \(number) (\(amount.text(in: .english))), which Stripe had not answered at once, has been given back; no other was made."
        case .documentNotFound(let reference): "Folio \"\(reference)\" has no document yet."
        case .reasonMissing: "This needs a reason."
        case .noStripeAccount(let tenant): "Tenant \"\(tenant)\" has no Stripe account yet."
        case .stripeKeyInvalid: "This is no key of Stripe's."
        case .stripeKeyUnknown: "Stripe does not take this key."
        case .stripePermissionsMissing(let rights):
            "This key may not do what is needed to take and give back money: \(rights.map(\.phrase.english).joined(separator: ", "))."
        case .stripeKeyRefused(let tenant): "Stripe does not accept the key of tenant \"\(tenant)\"."
        case .stripeUnreachable: "Stripe cannot be reached, so nothing was changed."
        case .syncRequired(let tenant):
            "The books of tenant \"\(tenant)\" were copied or put back from a backup, and Stripe has not been read since."
        case .foundObject(let reference, let id):
            "Stripe has something for folio \"\(reference)\" that these books made after the backup and do not count: \(id)."
        case .foundRefund(let reference, let number):
            "Refund \(number) of folio \"\(reference)\" was made after the backup, and nobody has decided about it."
        case .foundObjectNotWaiting(let id): "No found object \(id) waits for a decision."
        case .foundObjectStuck(let id, _): "\(id) cannot be taken in."
        case .checkOutBlocked(let reference, let why):
            "The check-out of folio \"\(reference)\" waits for the operator: \(why.english)."
        case .accountTaken(nil): "This Stripe account is another tenant's already."
        case .accountTaken(let other?): "This Stripe account is tenant \"\(other)\"'s already."
        case .accountShared(let tenant): "Tenant \"\(tenant)\" has the Stripe account of another tenant, so nothing is taken."
        case .accountMismatch(let tenant):
            "This key opens another Stripe account than the one that holds what tenant \"\(tenant)\" has under way."
        case .modeMismatch(isLive: true): "This is a live key, and the tenant's books hold test objects."
        case .modeMismatch(isLive: false): "This is a test key, and the tenant's books hold live objects."
        case .stripeUnanswered(let what): "Stripe gave no clear answer (\(what.english)); nothing is lost, and nothing will be done twice."
        case .stripeRefused(let what, let why): "Refused by Stripe: \(what.english). Reason: \(why.words(in: .english))."
        case .monthNotBegun(let month): "\(month.text(in: .english)) has not begun."
        case .monthNotOver(let month): "\(month.text(in: .english)) is not over."
        case .monthClosed(let month): "\(month.text(in: .english)) is already closed."
        case .monthBeforeTenant(let month): "The tenant was not there yet in \(month.text(in: .english))."
        case .earlierMonthOpen(let month): "\(month.text(in: .english)) is still open."
        case .refundLimitInvalid(let most): "A limit for refunds is not below zero and not above \(most.text(in: .english))."
        case .taxRateSet(let category, let day):
            "There is a tax rate for \"\(category.phrase.english)\" from \(day.text(in: .english)) already."
        case .eventNotTroubled(let id): "No event \(id) waits for a decision."
        case .operationParked(let number, let what):
            "Nobody knows what came of operation \(number) (\(what.english)); it waits for the operator."
        case .operationNotOpen(let number): "No operation \(number) waits for an answer."
        case .operationNotParked(let number): "No operation \(number) waits for a decision."
        case .operationOfNewerProgram(let number):
            "Operation \(number) was made by a newer program, and this one does not know what it is for."
        case .operationTookEffect(let number, let what):
            "Operation \(number) (\(what.english)) has come to its end at Stripe; it is booked now."
        }
    }

    package var hint: String? {
        switch self {
        case .tenantExists: "Choose another id, or use the tenant that is there."
        case .tenantIDInvalid:
            "Use 1 to \(TextRule.tenantID.length.upperBound) lower-case letters, digits and hyphens, for example \"seeblick\"."
        case .booksInvalid: "Give the 32 hexadecimal digits that `tenant show` printed, or none for new books."
        case .booksTaken: "Leave --books-id out for new books."
        case .tenantNameMissing: "Give the business's name as its guests read it."
        case .feeInvalid: "Give the net price of one month, like 19.00, or 0 for none."
        case .folioNotFound: "`soferu-ledger folio list` shows the folios of a tenant."
        case .referenceTaken: "Use a reference of its own for every stay and order."
        case .referenceInvalid: "Give the reservation's or order's number, without blanks around it."
        case .guestNameMissing: "Give the name as the guest gave it."
        case .languageInvalid: "Write it with two small letters, like de or en."
        case .textInvalid: "Use characters that can be seen, and no line breaks or control characters."
        case .textTooLong(_, let most): "Use at most \(most) characters; an emoji can be several."
        case .emailInvalid: "Write it like guest@example.com, or leave it out."
        case .departureBeforeArrival: "Check the two dates."
        case .stayEnded: "Check the dates, or open the folio with a direct payment."
        case .amountNotPositive: "Give an amount like 300.00."
        case .amountBelowMinimum(let minimum): "Ask for at least \(minimum.text(in: .english)), or take the amount with the check-out."
        case .amountTooLarge: "Check the amount for a slip of the finger."
        case .methodUnknown: "Use card or klarna."
        case .methodEnded: "Use klarna, which took its place, or card."
        case .methodCannotHold: "Use card or klarna for a reserved payment, or take a direct payment."
        case .tooFarAheadForMethod: "Use card: it is saved now and held shortly before arrival."
        case .pageOpen(let url): "Send it once more: \(url)"
        case .cardSavedAlready: "Nothing is to be done before that."
        case .reservedOnlyForReservations: "Open it with a direct payment."
        case .skuNotFound: "`soferu-ledger catalogue list` shows what there is; `catalogue set` adds an item."
        case .linesMissing: "Give at least one."
        case .tooManyLines(let most):
            "Split them into parts of at most \(most): nothing was added, and of each part either all lines are added or none."
        case .folioClosed(let reference, _): "Put what came later on a folio of its own, for example \"\(reference)-L1\"."
        case .folioAwaitingGuest(_, let url): url.map { "The guest's page: \($0)" } ?? "`soferu-ledger sync` brings the news."
        case .notAwaitingGuest: "`soferu-ledger folio show` says how the folio stands."
        case .paymentProcessing: "Wait for it: the folio closes by itself when it has come."
        case .checkOutInProgress: "Wait a moment; `soferu-ledger sync` carries on what was interrupted."
        case .operationInProgress: "`soferu-ledger sync` sends it again with the same key."
        case .planChanged(let plan): "Look at the new plan, and carry it out as \(plan.id)."
        case .holdNotFound, .paymentNotFound: "`soferu-ledger folio show` lists holds and payments with their numbers."
        case .holdNotLive: "Only money that is held, or asked for, can be released."
        case .paymentNotSucceeded: "Only money that was taken can be given back; a hold is released instead."
        case .paymentNotRefundable:
            "Give it back out of another payment of the folio, or pay it outside: the folio shows what is owed."
        case .refundNotFound: "The folio lists its refunds with their numbers."
        case .billMissing:
            "Say \"lowered\" to give an allowance of the same amount with it, or \"unchanged\" to leave the bill: then the amount is set aside "
                + "until it is decided."
        case .billFixed(_, .awaitingGuest):
            "Say \"unchanged\" and decide later, or take the payment page back first: then the folio is open again."
        case .billFixed: "Give the money back without saying anything of the bill; a correction goes on a folio of its own."
        case .billDecided: "Look at the folio: what was decided stays. A line can still be added, lowered or reversed."
        case .nothingToDecide: "Only money that went back while the bill stayed as it was is decided about."
        case .refundRefusedBillLowered:
            "Do not lower it again: the check-out gives the credit back another way, or leaves it as an open credit."
        case .lineUnwanted: "Leave the line out, or say \"lowered\"."
        case .refundTooLarge(let most): "Give back \(most.text(in: .english)) or less."
        case .refundFinished: "If more is to go back, ask for it once more with --again."
        case .documentNotFound: "It is issued when the folio is closed."
        case .reasonMissing: "Give the reason; it is kept."
        case .noStripeAccount: "`soferu-ledger tenant stripe` sets its keys."
        case .stripeKeyInvalid: "A key is one word such as sk_test_…, and a webhook secret one such as whsec_…"
        case .stripeKeyUnknown: "Copy the secret key from Stripe's dashboard once more; what was set before stays."
        case .stripePermissionsMissing: "Give the restricted key these permissions at Stripe, then set it again; what was set before stays."
        case .stripeKeyRefused: "Check the secret key with `soferu-ledger tenant stripe`."
        case .syncRequired: "Run `soferu-ledger sync` first; the service does it by itself within minutes."
        case .checkOutBlocked: "`soferu-ledger tenant show` says what to do; then `soferu-ledger sync` carries it on."
        case .foundObject: "Run `soferu-ledger reconcile --repair`: it takes in what fits, and says what to do about the rest."
        case .foundRefund: "It may be the one that you ask for: decide first whether it lowered the bill (`refund decide`)."
        case .foundObjectNotWaiting: "`soferu-ledger found list` shows those that do."
        case .foundObjectStuck(_, let obstacle): obstacle.sentence
        case .accountTaken, .accountShared: "Each tenant needs a Stripe account of its own: set a key of another one with `tenant stripe`."
        case .accountMismatch: "Set a key of the same account, or change the account when no folio is open and nothing is on its way."
        case .modeMismatch: "Add another tenant for the other mode: live and test objects never stand in the same books."
        case .stripeUnreachable(let why): "Check the address and the network (\(why.words(in: .english))), then try again."
        case .stripeUnanswered: "`soferu-ledger sync` finds out what happened and finishes it; look at the folio before you ask again."
        case .stripeRefused: "What was decided before it stands. Look at the folio, mend what the reason names, and ask for it once more."
        case .monthNotBegun: "Choose this month or an earlier one."
        case .monthNotOver: "Close it when its last day has passed."
        case .monthClosed: "Closed months stay as they are; later movements appear in the next one."
        case .monthBeforeTenant: "Choose the month in which the tenant was added, or a later one."
        case .earlierMonthOpen(let month): "Close \(month.text(in: .english)) first: months are closed in order."
        case .refundLimitInvalid: "Give 0 to have the password asked for with every refund."
        case .taxRateSet: "Give a later day: a rate once set stays as it was."
        case .eventNotTroubled: "`soferu-ledger event list` shows those that do; only parked ones are dismissed."
        case .operationParked:
            "`soferu-ledger operation list` says why; `operation retry` sends it again, `operation dismiss` leaves it."
        case .operationNotOpen, .operationNotParked: "`soferu-ledger operation list` shows those that do."
        case .operationOfNewerProgram: "Decide about it with the program that made it."
        case .operationTookEffect: "Look at the folio: nothing is to be dismissed any more."
        }
    }
}
