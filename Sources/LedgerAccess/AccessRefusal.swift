import Ledger

/// Why somebody did not get in, or could not let somebody else in.
package enum AccessRefusal: Refusal, Equatable {
    case notAllowed(Role)
    case roleNeedsTenant(Role)
    case operatorHasNoTenant
    case nameInvalid(String)
    case tokenNameTaken(String)
    case tokenNotFound(Int64)
    case expiryPassed
    case userExists(String)
    case userNotFound(String)
    case userDisabled(String)
    case passwordTooShort
    case passwordTooLong
    case passwordUnusable
    case passwordIsName
    /// Tenant, name or password is wrong. The answer does not say which.
    case loginFailed
    case tooManyTries
    case busy
    case notLoggedIn
    /// The form needs the password again, although somebody is logged in.
    case passwordWanted
    case passwordWrong

    package var code: String {
        switch self {
        case .notAllowed: "not_allowed"
        case .roleNeedsTenant: "role_needs_tenant"
        case .operatorHasNoTenant: "operator_has_no_tenant"
        case .nameInvalid: "access_name_invalid"
        case .tokenNameTaken: "token_name_taken"
        case .tokenNotFound: "token_not_found"
        case .expiryPassed: "expiry_passed"
        case .userExists: "user_exists"
        case .userNotFound: "user_not_found"
        case .userDisabled: "user_disabled"
        case .passwordTooShort: "password_too_short"
        case .passwordTooLong: "password_too_long"
        case .passwordUnusable, .passwordIsName: "password_unusable"
        case .loginFailed: "login_failed"
        case .tooManyTries: "too_many_tries"
        case .busy: "busy"
        case .notLoggedIn: "not_logged_in"
        case .passwordWanted: "password_wanted"
        case .passwordWrong: "password_wrong"
        }
    }

    package var message: String {
        switch self {
        case .notAllowed(let role): "The role \(role.rawValue) may not do this."
        case .roleNeedsTenant(let role): "The role \(role.rawValue) belongs to a tenant."
        case .operatorHasNoTenant: "The role operator does not belong to a tenant."
        case .nameInvalid(let name): "\"\(name)\" is not a valid name."
        case .tokenNameTaken(let name): "There is already a token \"\(name)\"."
        case .tokenNotFound(let number): "There is no token \(number)."
        case .expiryPassed: "The token would have expired already."
        case .userExists(let name): "A user \"\(name)\" exists or existed."
        case .userNotFound(let name): "There is no user \"\(name)\"."
        case .userDisabled(let name): "User \"\(name)\" has been disabled."
        case .passwordTooShort: "The password has fewer than \(PasswordRule.shortest) characters, and short passwords can be guessed."
        case .passwordTooLong: "The password has more than \(PasswordRule.longest) characters."
        case .passwordUnusable: "The password contains a character that cannot be typed."
        case .passwordIsName: "The password is the user's name, which an attacker tries first."
        case .loginFailed: "The name or the password is wrong."
        case .tooManyTries: "Too many failed logins came from this address."
        case .busy: "Too many people are logging in at the moment."
        case .notLoggedIn: "You are not logged in any more."
        case .passwordWanted: "This needs your password again; nothing was done."
        case .passwordWrong: "Your password is wrong; nothing was done."
        }
    }

    package var hint: String? {
        switch self {
        case .notAllowed: "Ask somebody with the role admin."
        case .roleNeedsTenant: "Name the tenant, or choose the role operator."
        case .operatorHasNoTenant: "Leave the tenant out, or choose another role."
        case .nameInvalid:
            "Use 1 to \(TextRule.accessName.length.upperBound) letters (a to z), digits and . _ - @ +, beginning with a letter or digit, "
                + "for example \"shop\" or \"anna@example.com\"."
        case .tokenNameTaken: "Choose another name, or revoke the existing token."
        case .tokenNotFound: "`soferu-ledger token list` shows them with their numbers."
        case .expiryPassed: "Choose a time in the future."
        case .userExists: "Choose another name: in the journal a name always stands for the same person."
        case .userNotFound: "`soferu-ledger user list` shows them."
        case .userDisabled: "Add the person again under another name."
        case .passwordTooShort: "Use \(PasswordRule.shortest) to \(PasswordRule.longest) characters, for example a few words."
        case .passwordTooLong: "Use \(PasswordRule.shortest) to \(PasswordRule.longest) characters; an emoji may count as several."
        case .passwordUnusable: "Use letters, digits, punctuation and spaces on one line."
        case .passwordIsName: "Use something that only this person knows, for example a few words."
        case .loginFailed: "Check tenant, name and password; the password is case-sensitive."
        case .tooManyTries: "Wait \(LoginLimits.minutes) minutes, or have an admin set a new password."
        case .busy: "Try again in a moment."
        case .notLoggedIn: "Log in again."
        case .passwordWanted: "Type the password that you log in with, and send the form again."
        case .passwordWrong: "Type it again; it is case-sensitive."
        }
    }
}
