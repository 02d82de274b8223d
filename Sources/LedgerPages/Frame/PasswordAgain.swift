import Ledger
import LedgerAccess
import LedgerService

/// What a stolen session could do most harm with asks for the password once more, in the form itself.
extension Visit {
    var ownPasswordField: String { "own_password" }

    /// The field for it.
    ///
    /// - Parameter place: Tells the forms of one page apart.
    func passwordAgain(_ place: String = "") -> HTML {
        """
        <div class="field"><label for="own-\(place)">\(self(.passwordAgain))</label>\
        <input id="own-\(place)" name="\(ownPasswordField)" type="password" required \
        autocomplete="current-password"></div>
        """
    }
}

extension Visit where P: InnerPlace {
    /// Checks the password that was entered in this form.
    ///
    /// - Throws: `AccessRefusal.passwordWanted`, `.passwordWrong`, `.tooManyTries`, `.busy`.
    func confirm() async throws {
        try await access.confirm(place.session, password: rawField(ownPasswordField) ?? "", from: request.client.place)
    }

    /// The same where the password is only asked for above a limit, and may be missing.
    ///
    /// - Returns: Whether it was typed.
    func confirmIfTyped() async throws -> Bool {
        guard let typed = rawField(ownPasswordField), !typed.isEmpty else { return false }
        try await confirm()
        return true
    }
}

extension Visit where P: TenantPlace {
    /// The field for it in a form that gives so much back, when that is above the day's limit.
    func passwordAgain(toGiveBack units: Int64) throws -> HTML {
        guard units > 0, try ledger.wantsPassword(toGiveBack: units, of: tenant.id, by: actor) else { return .none }
        let limit = tenant.refundLimit
        return muted(.aboveRefundLimit(money(limit))) + passwordAgain()
    }
}
