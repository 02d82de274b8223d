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
    case timeZoneUnknown(String)
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
    case ceilingWithoutCard
    /// The amount that is to be held.
    case ceilingTooLow(Money)
    case methodUnknown(String)
    case methodEnded(PaymentMethod, on: Day)
    /// Stripe does not take it at the tenant's account. Nothing of what was asked for is left.
    case methodNotActive(PaymentMethod)
    case methodCannotHold(PaymentMethod)
    /// For a stay that costs nothing at booking.
    case methodCannotBeSaved(PaymentMethod)
    case tooFarAheadForMethod(PaymentMethod, days: Int)
    case reservedOnlyForReservations
    case pageOpen(String)
    /// A folio whose page was to be withdrawn for another method: the guest has used it.
    case pageUsed(String)
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
    /// A folio that is to be checked out without any line, or with lines that cancel out.
    case nothingCharged(String)
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
    /// A folio, and whether it is closed: then it never gets one.
    case documentNotFound(String, isClosed: Bool = false)
    case reasonMissing
    case noStripeAccount(String)
    case stripeKeyInvalid
    /// Stripe does not know a new key.
    case stripeKeyUnknown
    /// A new key may not take, refund or follow money; all permissions that it lacks.
    case stripePermissionsMissing([StripePermission])
    case stripeKeyRefused(String)
    case stripeUnreachable(Failure)
    /// The key lacks the permission for one question.
    case stripeReadForbidden(what: Phrase, why: Failure)
    /// The tenant whose file was copied, or restored from a backup.
    case syncRequired(String)
    /// The folio, and Stripe's id of what was found.
    case foundObject(String, id: String)
    /// A refund that these books made after the restored backup, whose bill is not decided.
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
    /// The currencies that the account settles in, as Stripe writes them, and that of the books.
    case settlesElsewhere([String], books: Currency)
    case movementNotFound(String)
    /// Where its amount is.
    case movementNotAssignable(String, UnexplainedMovement.State)
    case accountNotAssignable(String)
    case movementTypeInvalid(String)
    /// Stripe's type.
    case typeNotInSuspense(String)
    case ruleNotFound(Int64)
    /// The rule that is in force for the type.
    case ruleExists(Int64, type: String)
    case ruleEnded(Int64)
    /// Where its amount is.
    case movementNotDismissible(String, UnexplainedMovement.State)
    case unreadableNotFound(String)
    case unreadableDismissed(String)
    case disputeNotFound(String)
    case payoutNotFound(String)
    /// Stripe's name of the state that it is in.
    case disputeNotLost(String, state: String)
    /// Nothing of it is open any more.
    case nothingToWriteOff(String)
    case dayNotBegun(Day)
    case stripeUnanswered(what: Phrase)
    case stripeRefused(what: Phrase, why: Failure)
    case monthNotBegun(Month)
    case monthNotOver(Month)
    case monthClosed(Month)
    case monthBeforeTenant(Month)
    case earlierMonthOpen(Month)
    /// Stripe has not been read as a whole since the month was over.
    case monthNotSynced(Month)
    case monthUnsettled(Month, [MonthObstacle])
    /// The account `stripe` is not Stripe's balance: why, as `ClearingDifference` has it.
    case clearingDiffers(Month, Phrase)
    /// What the month would be closed over.
    case closingReasonMissing(Month, [ClosingCheck])
    /// Something is wrong with the tenant's books: what, in the program's words.
    case monthFailed(Month, tenant: String, why: String)
    case taxRateSet(Category, Day)
    case refundLimitInvalid(most: Money)
    case extrasInvalid(most: Money)
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
        case .timeZoneUnknown: "time_zone_unknown"
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
        case .ceilingWithoutCard: "ceiling_without_card"
        case .ceilingTooLow: "ceiling_too_low"
        case .methodUnknown: "method_unknown"
        case .methodEnded: "method_ended"
        case .methodNotActive: "method_not_active"
        case .methodCannotHold, .methodCannotBeSaved, .tooFarAheadForMethod: "method_cannot_hold"
        case .reservedOnlyForReservations: "reserved_only_for_reservations"
        case .pageOpen: "page_open"
        case .pageUsed: "page_used"
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
        case .nothingCharged: "nothing_charged"
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
        case .stripeReadForbidden: "stripe_read_forbidden"
        case .syncRequired: "sync_required"
        case .foundObject: "found_object"
        case .foundRefund: "found_refund"
        case .foundObjectNotWaiting: "found_object_not_waiting"
        case .foundObjectStuck: "found_object_stuck"
        case .checkOutBlocked: "check_out_blocked"
        case .accountTaken, .accountShared: "stripe_account_taken"
        case .accountMismatch: "stripe_account_mismatch"
        case .modeMismatch: "stripe_mode_mismatch"
        case .settlesElsewhere: "settlement_currency"
        case .movementNotFound: "movement_not_found"
        case .movementNotAssignable(_, .waiting): "movement_waiting"
        case .movementNotAssignable: "movement_not_assignable"
        case .accountNotAssignable: "account_invalid"
        case .movementTypeInvalid: "movement_type_invalid"
        case .typeNotInSuspense: "movement_type_not_found"
        case .ruleNotFound: "rule_not_found"
        case .ruleExists: "rule_exists"
        case .ruleEnded: "rule_ended"
        case .movementNotDismissible: "movement_not_dismissible"
        case .unreadableNotFound: "unreadable_not_found"
        case .unreadableDismissed: "unreadable_dismissed"
        case .disputeNotFound: "dispute_not_found"
        case .payoutNotFound: "payout_not_found"
        case .disputeNotLost: "dispute_not_lost"
        case .nothingToWriteOff: "nothing_to_write_off"
        case .dayNotBegun: "day_not_begun"
        case .stripeUnanswered: "stripe_unanswered"
        case .stripeRefused: "stripe_refused"
        case .monthNotBegun: "month_not_begun"
        case .monthNotOver: "month_not_over"
        case .monthClosed: "month_closed"
        case .monthBeforeTenant: "month_before_tenant"
        case .earlierMonthOpen: "earlier_month_open"
        case .monthNotSynced: "month_not_synced"
        case .monthUnsettled: "month_unsettled"
        case .clearingDiffers: "clearing_differs"
        case .closingReasonMissing: "closing_reason_missing"
        case .monthFailed: "month_failed"
        case .taxRateSet: "tax_rate_set"
        case .refundLimitInvalid: "refund_limit_invalid"
        case .extrasInvalid: "extras_per_night_invalid"
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
        case .booksTaken(let tenant): "The books with this id belong to tenant \"\(tenant)\"."
        case .timeZoneUnknown(let name): "There is no time zone \"\(name)\"."
        case .tenantNameMissing: "A tenant needs a name."
        case .feeInvalid(let most): "A monthly price must be from zero to \(most.text(in: .english))."
        case .folioNotFound(let reference, let tenant): "Tenant \"\(tenant)\" has no folio \"\(reference)\"."
        case .referenceTaken(let reference): "There is already a folio \"\(reference)\"."
        case .referenceInvalid: "A folio needs a reference of 1 to \(TextRule.folioReference.length.upperBound) characters on one line."
        case .guestNameMissing: "A folio needs the guest's name."
        case .languageInvalid(let language): "\"\(language)\" is not a language."
        case .textTooLong(let what, _): "\(what.english) is too long."
        case .textInvalid(let what): "\(what.english) must be on one line."
        case .emailInvalid(let email): "\"\(email)\" is not an e-mail address."
        case .departureBeforeArrival: "The departure is before the arrival."
        case .stayEnded(let day): "The stay ended on \(day.text(in: .english))."
        case .amountNotPositive: "The amount must be more than zero."
        case .amountBelowMinimum(let minimum): "Stripe takes no payment below \(minimum.text(in: .english))."
        case .amountTooLarge(let most): "Stripe takes no payment above \(most.text(in: .english))."
        case .ceilingWithoutCard: "Only a stay by card has a ceiling of holds without the guest."
        case .ceilingTooLow(let amount): "The ceiling of holds is below the \(amount.text(in: .english)) that are to be held."
        case .methodUnknown(let name): "\"\(name)\" is not a payment method."
        case .methodEnded(let method, let day): "Stripe discontinued \(method.phrase.english) on \(day.text(in: .english))."
        case .methodNotActive(let method):
            "The method \(method.phrase.english) is not active at the Stripe account, so nothing was booked or asked for."
        case .methodCannotHold(let method): "Money cannot be reserved with \(method.phrase.english)."
        case .methodCannotBeSaved(let method): "Only a card can be saved without an amount, not \(method.phrase.english)."
        case .tooFarAheadForMethod(let method, let days):
            "\(method.phrase.capitalised.english) reserves money for at most \(days) days, and the departure is later."
        case .pageOpen: "The guest already has a payment page."
        case .pageUsed(let reference): "The guest has used the payment page of folio \"\(reference)\" in the meantime."
        case .cardSavedAlready: "The guest's card is saved; the hold is placed shortly before arrival."
        case .reservedOnlyForReservations: "A shop order is paid at once."
        case .skuNotFound(let sku): "The catalogue has no \"\(sku)\"."
        case .linesMissing: "There are no lines to add."
        case .tooManyLines(let most): "More than \(most) lines cannot be added at once."
        case .folioClosed(let reference, let state): "Folio \"\(reference)\" is closed (\(state.phrase.english))."
        case .folioAwaitingGuest(let reference, _): "Folio \"\(reference)\" waits for the guest to pay."
        case .notAwaitingGuest(let reference): "No check-out of folio \"\(reference)\" waits for the guest."
        case .paymentProcessing(let reference): "The guest of folio \"\(reference)\" has paid, and the payment is processing."
        case .checkOutInProgress(let reference): "The check-out of folio \"\(reference)\" is in progress."
        case .operationInProgress(let reference): "Stripe has not yet answered an earlier request for folio \"\(reference)\"."
        case .planChanged: "Something changed since the plan was shown, so no money was taken."
        case .nothingCharged(let reference): "Nothing has been charged on folio \"\(reference)\", so it was not closed."
        case .holdNotFound(let number): "The folio has no hold \(number)."
        case .holdNotLive(let number, let state): "Hold \(number) is \(state.phrase.english)."
        case .paymentNotFound(let number): "The folio has no payment \(number)."
        case .paymentNotSucceeded(let number): "Payment \(number) has not been taken."
        case .paymentNotRefundable(let number, let why): "Payment \(number) cannot be refunded: \(why.words(in: .english))."
        case .refundNotFound(let number): "The folio has no refund \(number)."
        case .billMissing: "A refund on an open folio must say whether the bill is lowered or unchanged."
        case .billFixed(let reference, .awaitingGuest):
            "The bill of folio \"\(reference)\" cannot be lowered while it waits for the guest's payment."
        case .billFixed(let reference, let state):
            "The bill of folio \"\(reference)\" is final (\(state.phrase.english)) and cannot be lowered."
        case .billDecided(let number, let bill): "The bill of refund \(number) has already been decided: \(bill.phrase.english)."
        case .nothingToDecide(let number): "For refund \(number) there is nothing to decide about the bill."
        case .lineUnwanted: "A line can be given only when the bill is lowered."
        case .refundRefusedBillLowered(let why):
            "Refused by Stripe: the refund. Reason: \(why.words(in: .english)). The bill was lowered nevertheless."
        case .refundTooLarge(let most): "At most \(most.text(in: .english)) of this payment can be refunded."
        case .refundFinished(let number, let amount):
            "Refund \(number) (\(amount.text(in: .english))), which Stripe had not answered at once, has succeeded; no other refund was made."
        case .documentNotFound(let reference, isClosed: false): "Folio \"\(reference)\" has no document yet."
        case .documentNotFound(let reference, isClosed: true): "Folio \"\(reference)\" was closed without a document."
        case .reasonMissing: "This needs a reason."
        case .noStripeAccount(let tenant): "Tenant \"\(tenant)\" has no Stripe account yet."
        case .stripeKeyInvalid: "This is not a Stripe key."
        case .stripeKeyUnknown: "Stripe does not accept this key."
        case .stripePermissionsMissing(let rights):
            "This key lacks permissions that are needed to take, refund and book money: \(rights.map(\.phrase.english).joined(separator: ", "))."
        case .stripeKeyRefused(let tenant): "Stripe does not accept the key of tenant \"\(tenant)\"."
        case .stripeUnreachable: "Stripe cannot be reached, so nothing was changed."
        case .stripeReadForbidden(let what, _): "The Stripe key lacks the permission for \(what.english)."
        case .syncRequired(let tenant):
            "The books of tenant \"\(tenant)\" were copied or restored from a backup, and Stripe has not been read since."
        case .foundObject(let reference, let id):
            "Stripe has an object for folio \"\(reference)\" that was made after the restored backup and is not in these books: \(id)."
        case .foundRefund(let reference, let number):
            "Refund \(number) of folio \"\(reference)\" was made after the restored backup, and its bill has not been decided."
        case .foundObjectNotWaiting(let id): "No found object \(id) waits for a decision."
        case .foundObjectStuck(let id, _): "\(id) cannot be taken in."
        case .checkOutBlocked(let reference, let why):
            "The check-out of folio \"\(reference)\" waits for the operator: \(why.english)."
        case .accountTaken(nil): "Another tenant already uses this Stripe account."
        case .accountTaken(let other?): "Tenant \"\(other)\" already uses this Stripe account."
        case .accountShared(let tenant): "Tenant \"\(tenant)\" uses the Stripe account of another tenant, so no money is taken."
        case .accountMismatch(let tenant):
            "This key belongs to a different Stripe account than the open folios and payments of tenant \"\(tenant)\"."
        case .modeMismatch(isLive: true): "This is a live key, and the tenant's books contain test objects."
        case .modeMismatch(isLive: false): "This is a test key, and the tenant's books contain live objects."
        case .settlesElsewhere(let codes, let books):
            "This Stripe account settles in \(list(codes)), and the tenant's books are kept in \(books)."
        case .movementNotFound(let id): "No movement \(id) was in suspense in these books."
        case .movementNotAssignable(let id, .waiting): "Stripe has not shown yet what movement \(id) came from."
        case .movementNotAssignable(let id, _): "Movement \(id) belongs to a payment or refund of these books."
        case .accountNotAssignable(let name): "\"\(name)\" is not an account that a movement can be assigned to."
        case .movementTypeInvalid(let type): "\"\(type)\" is not a type of movement."
        case .typeNotInSuspense(let type): "No such movement of type \"\(type)\" is in suspense."
        case .ruleNotFound(let number): "There is no rule \(number)."
        case .ruleExists(let number, let type): "Rule \(number) already says where movements of type \"\(type)\" belong."
        case .ruleEnded(let number): "Rule \(number) was ended before."
        case .movementNotDismissible(let id, .waiting): "No attempt to read what movement \(id) came from has failed."
        case .movementNotDismissible(let id, .suspense), .movementNotDismissible(let id, .assigned):
            "Movement \(id) does not wait any more: its amount is booked."
        case .movementNotDismissible(let id, .ours): "Movement \(id) belongs to a payment or refund of these books."
        case .unreadableNotFound(let id): "No object \(id) is kept as unreadable in these books."
        case .unreadableDismissed(let id): "\(id) has already been dismissed."
        case .payoutNotFound(let id): "There is no payout \(id) in these books."
        case .disputeNotFound(let id): "There is no dispute \(id) in these books."
        case .disputeNotLost(let id, _): "Dispute \(id) is not lost: its amount may come back."
        case .nothingToWriteOff(let id): "Nothing of dispute \(id) is open."
        case .dayNotBegun(let day): "\(day.text(in: .english)) has not begun."
        case .stripeUnanswered(let what): "Stripe gave no clear answer (\(what.english)); nothing is lost, and nothing will be done twice."
        case .stripeRefused(let what, let why): "Refused by Stripe: \(what.english). Reason: \(why.words(in: .english))."
        case .monthNotBegun(let month): "\(month.text(in: .english)) has not begun."
        case .monthNotOver(let month): "\(month.text(in: .english)) is not over."
        case .monthClosed(let month): "\(month.text(in: .english)) is already closed."
        case .monthBeforeTenant(let month): "The tenant did not exist yet in \(month.text(in: .english))."
        case .earlierMonthOpen(let month): "\(month.text(in: .english)) is still open."
        case .monthNotSynced(let month): "Stripe has not been read since \(month.text(in: .english)) ended."
        case .monthUnsettled(let month, let obstacles):
            "\(month.text(in: .english)) cannot be closed yet: \(obstacles.phrase.english)."
        case .clearingDiffers(let month, let why): "\(month.text(in: .english)) cannot be closed yet: \(why.english)."
        case .closingReasonMissing(let month, let odd):
            "\(month.text(in: .english)) is closed only with a reason, because of \(odd.phrase.english)."
        case .monthFailed(let month, let tenant, let why):
            "\(month.text(in: .english)) could not be closed for tenant \"\(tenant)\" (\(why))."
        case .refundLimitInvalid(let most): "A limit for refunds must be from zero to \(most.text(in: .english))."
        case .extrasInvalid(let most): "The expected extras of a night must be from zero to \(most.text(in: .english))."
        case .taxRateSet(let category, let day):
            "There is already a tax rate for \"\(category.phrase.english)\" from \(day.text(in: .english))."
        case .eventNotTroubled(let id): "No event \(id) waits for a decision."
        case .operationParked(let number, let what):
            "The outcome of operation \(number) (\(what.english)) is unknown; it waits for the operator."
        case .operationNotOpen(let number): "No operation \(number) waits for an answer."
        case .operationNotParked(let number): "No operation \(number) waits for a decision."
        case .operationOfNewerProgram(let number):
            "Operation \(number) was created by a newer version of this program, which this version does not understand."
        case .operationTookEffect(let number, let what):
            "Operation \(number) (\(what.english)) took effect at Stripe and has now been booked."
        }
    }

    package var hint: String? {
        switch self {
        case .tenantExists: "Choose another id, or use the existing tenant."
        case .tenantIDInvalid:
            "Use 1 to \(TextRule.tenantID.length.upperBound) lower-case letters, digits and hyphens, for example \"seeblick\"."
        case .booksInvalid: "Give the 32 hexadecimal digits that `tenant show` printed, or leave --books-id out for new books."
        case .booksTaken: "Leave --books-id out for new books."
        case .timeZoneUnknown: "Give a name such as Europe/Berlin."
        case .tenantNameMissing: "Give the name of the business as shown to guests."
        case .feeInvalid: "Give the net price of one month, like 19.00, or 0 for none."
        case .folioNotFound: "`soferu-ledger folio list` shows the folios of a tenant."
        case .referenceTaken: "Use a unique reference for every stay and order."
        case .referenceInvalid: "Give the reservation's or order's number, without spaces around it."
        case .guestNameMissing: "Give the name as the guest gave it."
        case .languageInvalid: "Write it as two lower-case letters, like de or en."
        case .textInvalid: "Use visible characters, without line breaks or control characters."
        case .textTooLong(_, let most): "Use at most \(most) characters; an emoji may count as several."
        case .emailInvalid: "Write it like guest@example.com, or leave it out."
        case .departureBeforeArrival: "Check the two dates."
        case .stayEnded: "Check the dates, or open the folio with a direct payment."
        case .amountNotPositive: "Give an amount like 300.00."
        case .amountBelowMinimum(let minimum): "Ask for at least \(minimum.text(in: .english)), or take the amount with the check-out."
        case .amountTooLarge: "Check the amount for a typing error."
        case .ceilingWithoutCard: "Leave the ceiling out."
        case .ceilingTooLow(let amount): "Give at least \(amount.text(in: .english)), or leave the ceiling out."
        case .methodUnknown: "Use card or klarna."
        case .methodEnded: "Use klarna, which replaced it, or card."
        case .methodNotActive:
            "Use another method, such as card, or have it activated in the Dashboard of the Stripe account (Settings, Payment methods)."
        case .methodCannotHold: "Use card or klarna for a reserved payment, or take a direct payment."
        case .methodCannotBeSaved: "Use card, or reserve an amount."
        case .tooFarAheadForMethod: "Use card: the card is saved now, and the hold is placed shortly before arrival."
        case .pageOpen(let url): "Send the page again (\(url)), or name another method: a new page takes its place then."
        case .pageUsed: "Check the folio, and ask again if anything is still missing."
        case .cardSavedAlready: "Nothing needs to be done until then."
        case .reservedOnlyForReservations: "Open it with a direct payment."
        case .skuNotFound: "`soferu-ledger catalogue list` shows what there is; `catalogue set` adds an item."
        case .linesMissing: "Give at least one."
        case .tooManyLines(let most):
            "Split them into parts of at most \(most). Nothing was added; of each part, either all lines are added or none."
        case .folioClosed(let reference, .checkedOut): "`soferu-ledger late-charge` charges what was found after the stay \"\(reference)\"."
        case .folioClosed: "Open a new folio for it."
        case .folioAwaitingGuest(_, let url):
            url.map { "The guest's page: \($0)" } ?? "`soferu-ledger sync` checks whether the guest has paid."
        case .notAwaitingGuest: "`soferu-ledger folio show` shows the state of the folio."
        case .paymentProcessing: "Wait: the folio closes automatically when the payment succeeds."
        case .checkOutInProgress: "Wait a moment; `soferu-ledger sync` resumes what was interrupted."
        case .operationInProgress: "`soferu-ledger sync` sends it again with the same key."
        case .planChanged(let plan): "Check the new plan, and execute it as \(plan.id)."
        case .nothingCharged: "Charge what is missing. If nothing is to be charged, repeat the command with --nothing-charged."
        case .holdNotFound, .paymentNotFound: "`soferu-ledger folio show` lists holds and payments with their numbers."
        case .holdNotLive: "Only a live or requested hold can be released."
        case .paymentNotSucceeded: "Only money that was taken can be refunded; release a hold instead."
        case .paymentNotRefundable:
            "Refund from another payment of the folio, or pay the guest outside Stripe: the folio shows the open credit."
        case .refundNotFound: "The folio lists its refunds with their numbers."
        case .billMissing:
            "Say \"lowered\" to also give an allowance of the same amount, or \"unchanged\" to leave the bill as it is: the amount is then set "
                + "aside until somebody decides."
        case .billFixed(_, .awaitingGuest):
            "Say \"unchanged\" and decide later, or withdraw the payment page first, which reopens the folio."
        case .billFixed: "Refund without naming the bill; put a correction on a new folio."
        case .billDecided: "The decision is final, see the folio. Lines can still be added, lowered or reversed."
        case .nothingToDecide: "Only refunds that left the bill unchanged need a decision."
        case .refundRefusedBillLowered:
            "Do not lower it again: the check-out refunds the credit in another way, or leaves it as an open credit."
        case .lineUnwanted: "Leave the line out, or say \"lowered\"."
        case .refundTooLarge(let most): "Refund \(most.text(in: .english)) or less."
        case .refundFinished: "To refund more, repeat the command with --again."
        case .documentNotFound(_, isClosed: false): "It is issued when the folio is closed."
        case .documentNotFound(_, isClosed: true): "Where nothing is charged there is none, and none is issued later."
        case .reasonMissing: "Give the reason; it is recorded."
        case .noStripeAccount: "`soferu-ledger tenant stripe` sets its keys."
        case .stripeKeyInvalid: "A key is a single word such as sk_test_…; a webhook secret is one such as whsec_…"
        case .stripeKeyUnknown: "Copy the secret key from Stripe's Dashboard again; the previous key stays in use."
        case .stripePermissionsMissing:
            "Give the restricted key these permissions at Stripe, then set it again; the previous key stays in use."
        case .stripeKeyRefused: "Check the secret key with `soferu-ledger tenant stripe`."
        case .syncRequired: "Run `soferu-ledger sync` first; the service does it automatically within minutes."
        case .checkOutBlocked: "`soferu-ledger tenant show` says what to do; then `soferu-ledger sync` resumes it."
        case .foundObject: "Run `soferu-ledger reconcile --repair`: it takes in what matches, and says what to do about the rest."
        case .foundRefund: "It may be the same refund: decide first whether it lowered the bill (`refund decide`)."
        case .foundObjectNotWaiting: "`soferu-ledger found list` shows those that wait."
        case .foundObjectStuck(_, let obstacle): obstacle.sentence
        case .accountTaken, .accountShared: "Each tenant needs its own Stripe account: set a key of another account with `tenant stripe`."
        case .accountMismatch: "Set a key of the same account, or change the account when no folio is open and no payment is processing."
        case .modeMismatch: "Add another tenant for the other mode: books cannot mix live and test objects."
        case .settlesElsewhere(let codes, let books):
            "Add a bank account in \(books) at Stripe, so that it settles in that currency, or add another tenant with `--currency \(codes.first ?? "usd")`."
        case .movementNotFound: "`soferu-ledger movement list` shows those that nothing explains."
        case .movementNotAssignable(_, .waiting):
            "Each sync tries to read it; `soferu-ledger movement list` says why it failed, and `movement dismiss` puts it in suspense unread."
        case .movementNotAssignable: "There is nothing to assign."
        case .accountNotAssignable:
            "Take \(Account.assignable.map(\.name).joined(separator: ", ")), or external: with a name of your own, such as external:shop."
        case .movementTypeInvalid: "Write it as Stripe does, in lower-case letters, digits and _: \(TextRule.balanceType.expected.english)."
        case .typeNotInSuspense: "`soferu-ledger movement list` shows what is in suspense."
        case .ruleNotFound: "`soferu-ledger rule list` shows all rules."
        case .ruleExists(let number, _): "End it first with `soferu-ledger rule end` and the number \(number)."
        case .ruleEnded: "`soferu-ledger rule list` shows which are in force."
        case .movementNotDismissible(_, .waiting):
            "`soferu-ledger sync` reads it; if it belongs to a found object (`found list`), decide about that first."
        case .movementNotDismissible(_, .ours): "There is nothing to dismiss."
        case .movementNotDismissible: "`soferu-ledger movement assign` assigns it to an account."
        case .unreadableNotFound: "`soferu-ledger unreadable list` shows what cannot be read; what has been read since is gone from it."
        case .unreadableDismissed: "`soferu-ledger unreadable list --state dismissed` says by whom, and why."
        case .payoutNotFound: "`soferu-ledger payout list` shows all payouts."
        case .disputeNotFound: "`soferu-ledger dispute list` shows all disputes."
        case .disputeNotLost: "Wait until the bank has decided, or accept the dispute in Stripe's Dashboard."
        case .nothingToWriteOff: "Its money came back, was paid again or written off, or its withdrawal is not booked yet: a sync books it."
        case .dayNotBegun: "Choose today or an earlier day."
        case .stripeUnreachable(let why): "Check the address and the network (\(why.words(in: .english))), then try again."
        case .stripeReadForbidden(_, let why):
            "Give the key this permission at Stripe, then run `soferu-ledger sync` again (\(why.words(in: .english)))."
        case .stripeUnanswered: "`soferu-ledger sync` finds out what happened and finishes it; check the folio before you try again."
        case .stripeRefused: "Earlier decisions stay valid. Check the folio, fix what the reason names, and try again."
        case .monthNotBegun: "Choose this month or an earlier one."
        case .monthNotOver: "Close it after its last day."
        case .monthClosed: "Closed months do not change; later movements appear in the next month."
        case .monthBeforeTenant: "Choose the month in which the tenant was added, or a later one."
        case .earlierMonthOpen(let month): "Close \(month.text(in: .english)) first: months are closed in order."
        case .monthNotSynced:
            "Run `soferu-ledger sync` when it has ended in UTC, too, then close it; the service reads Stripe automatically within minutes."
        case .monthUnsettled(_, let obstacles): obstacles.commands
        case .clearingDiffers: "`soferu-ledger sync` reads it again; if it stays, `reconcile` names what makes the difference, to the cent."
        case .closingReasonMissing:
            "Settle it (`soferu-ledger checklist` names it), or give --reason: it is kept and printed on the statement."
        case .monthFailed: "`soferu-ledger verify` shows what is damaged; if it is, restore the latest backup."
        case .refundLimitInvalid: "With 0, every refund asks for the password."
        case .extrasInvalid: "Give what a booking's guests usually consume in a night, or 0."
        case .taxRateSet: "Give a later day: a rate that is set cannot be changed."
        case .eventNotTroubled: "`soferu-ledger event list` shows those that wait; only parked events can be dismissed."
        case .operationParked:
            "`soferu-ledger operation list` says why; `operation retry` sends it again, `operation dismiss` dismisses it."
        case .operationNotOpen, .operationNotParked: "`soferu-ledger operation list` shows those that wait."
        case .operationOfNewerProgram: "Resolve it with the version of the program that created it."
        case .operationTookEffect: "Check the folio: there is nothing left to dismiss."
        }
    }
}

extension ServiceRefusal {
    package var hintElsewhere: Phrase? {
        switch self {
        case .monthUnsettled(_, let obstacles): obstacles.wayOut
        case .clearingDiffers:
            Phrase(
                "It is read again automatically; if it stays, the operator reconciles the books with Stripe.",
                "Es wird von selbst erneut gelesen; bleibt es dabei, stimmt der Betreiber die Bücher mit Stripe ab.")
        case .closingReasonMissing:
            Phrase(
                "Settle it, or give the reason: it is kept and printed on the statement.",
                "Klären Sie es, oder geben Sie den Grund an: Er wird aufbewahrt und steht auf der Monatsabrechnung.")
        case .movementNotAssignable(_, .waiting):
            Phrase(
                "Each sync tries to read it; if that keeps failing, dismiss the movement: then it is in suspense and can be assigned.",
                "Jeder Abgleich versucht, es zu lesen; scheitert das immer wieder, legen Sie die Bewegung beiseite: Dann ist sie ungeklärt "
                    + "und lässt sich zuordnen.")
        case .movementNotDismissible(_, .waiting):
            Phrase(
                "The next sync reads it; if it belongs to an object that was found after a backup, the operator decides about that first.",
                "Der nächste Abgleich liest es; gehört sie zu etwas, das nach einer Sicherung gefunden wurde, entscheidet zuerst der "
                    + "Betreiber darüber.")
        case .movementNotDismissible(_, .suspense), .movementNotDismissible(_, .assigned):
            Phrase("Assign it to an account instead.", "Ordnen Sie sie stattdessen einem Konto zu.")
        case .monthFailed:
            Phrase(
                "The operator checks the file with the verb verify at the command line, and restores the latest backup if it is damaged.",
                "Der Betreiber prüft die Datei mit dem Befehl verify an der Befehlszeile und spielt die letzte Sicherung zurück, wenn sie "
                    + "beschädigt ist.")
        default: nil
        }
    }
}

/// As Stripe writes them, in capitals.
private func list(_ codes: [String]) -> String { codes.map { $0.uppercased() }.joined(separator: ", ") }
