-- 0028_stripe_rights: what a Stripe key may not do, and when Stripe last knocked.
--
-- Both are facts about the account as it is connected now, and stand beside its key.

-- Rights that the key lacked when it was set, as StripeRight names them, with blanks between; NULL before any key was tried.
ALTER TABLE stripe_account ADD COLUMN missing_rights TEXT;
-- When a webhook with a good signature came last, to the minute and in the system's time; NULL before the first. What a sync fetched counts
-- as none: an endpoint that was never set up at Stripe would look well.
ALTER TABLE stripe_account ADD COLUMN webhook_at INTEGER;
