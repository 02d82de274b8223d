import Ledger

extension Book {
    /// Somebody set another key, and Stripe did not say whether it is one of the same account: its rank and what it made stay. What
    /// told the account from others has to be asked again; that it is another tenant's stays true until a key of another account is seen.
    package func noteUnverified() throws {
        try run("UPDATE stripe_account SET account_id = NULL WHERE tenant = \(tenant.number)")
        try run("DELETE FROM account_check WHERE tenant = \(tenant.number) AND outcome = 'other'")
        try run("DELETE FROM account_check WHERE other = \(tenant.number) AND outcome = 'other'")
    }
}
