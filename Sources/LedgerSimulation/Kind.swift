/// What the larger world does beside the desk, the guests and the network. Each is counted, so that a run shows what it has tried.
package enum Kind: String, CaseIterable, Sendable {
    // Callers who repeat.
    case repeated = "request repeated"
    case repeatedElsewhere = "request repeated at another program"
    case sameKeyAtOnce = "one key twice at once"
    case twoKeys = "two keys, one wish"
    case answerMissed = "answer never heard by its caller"
    case notYet = "told \"not yet\""
    // Others at Stripe.
    case capturedWhole = "hold captured in the Dashboard"
    case capturedInPart = "hold captured in part in the Dashboard"
    case capturedNotFinally = "hold captured, not finally"
    case cancelledThere = "hold cancelled in the Dashboard"
    case refundedThere = "refund in the Dashboard"
    case refundedInPartThere = "refund of a part in the Dashboard"
    case raisedThere = "hold raised in the Dashboard"
    case customerDeleted = "customer deleted"
    case cardDetached = "card detached"
    case cardRenewed = "card renewed by its network"
    case redacted = "guest redacted"
    case pastRefunds = "charge that can no longer be refunded"
    // Others on the account.
    case secondLedger = "folio of a ledger that shares its account"
    case strangersPayment = "stranger's payment"
    case strangersClaim = "stranger's payment that names a folio of ours"
    case strangersCopy = "stranger's payment with all that a page of ours says"
    // Money that Stripe and others move.
    case feeOfItsOwn = "fee that is a movement of its own"
    case reserved = "money held in reserve or given back"
    case broughtIn = "money brought in, taken out, or of a new type"
    case chargeWithoutIntent = "payment of an old program, without an intent"
    case paymentTakenBack = "payment that its bank took back later"
    case unreadableSource = "object that cannot be read for a while"
    // News of other kinds.
    case oldVersion = "event in an old API version"
    case thinEvent = "thin event"
    case foreignAccount = "event of another account"
    case otherMode = "event of the other mode"
    // Backups.
    case restored = "backup brought back"
    case enteredAgain = "folio or line entered again"
    // Cover for the whole stay.
    case renewed = "hold renewed by itself"
    case renewedByHand = "hold renewed at the desk"
    case renewalRefused = "renewal refused"
    case lastWord = "bank's last word about a card"
    case raised = "hold raised at the desk"
    case raisedTooFar = "raise beyond what the guest agreed to"
    case renewalPageUsed = "page for a new hold used"
    case renewalPageLeft = "page for a new hold left"
    case endedKnown = "hold ended before its stay, and staff knew"
    case bankChanged = "bank that thinks otherwise about a card"
    case ownerInRenewal = "owner acts in the middle of a renewal"
    case renewedTogether = "two programs renew at once"
    case diedRenewing = "program died in the middle of a renewal"
    case nightPassed = "night passed"
    // After check-out.
    case lateTaken = "late charge taken from the saved card"
    case lateRefused = "late charge refused by the bank"
    case lateByLink = "late charge by link"
    case lateOfOtherKind = "late charge on the card for what no guest agrees to"
    case lateTooEarly = "late charge of any stay, over or not"
    case pageLeftRefused = "page left after the bank refused on it"
    case cardLetGo = "saved card let go"
    case diedLate = "program died in a late charge, or letting a card go"
    // Money back.
    case refundUnchanged = "refund that leaves the bill"
    case refundLower = "refund that lowers the bill"
    case decidedLower = "set aside, then the bill lowered"
    case decidedAgain = "set aside, then taken again"

    /// What can be left out of a run, to look at the rest alone.
    package enum Group: String, CaseIterable, Sendable { case callers, owner, neighbours, movements, events, backups, cover, late }
}
