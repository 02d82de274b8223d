-- 0015_notice_code: what staff should know about a folio is kept as a code with its facts, and put into words where it is read: German at
-- the desk, English for a program that asks for it. Until now a sentence was kept, in English.
--
-- folio.notice stays for what was written before: such a sentence is shown as it is until the next notice takes its place.

-- Which notice it is, such as hold_lapsed; never reworded. The codes are those of FolioNotice.
ALTER TABLE folio ADD COLUMN notice_code TEXT;
-- What it is about, in minor units of the folio's currency.
ALTER TABLE folio ADD COLUMN notice_amount INTEGER;
-- When it happens.
ALTER TABLE folio ADD COLUMN notice_at INTEGER;
-- A name out of the program that belongs to it: a page, a payment method.
ALTER TABLE folio ADD COLUMN notice_about TEXT;
-- Why, in the words of the bank or of Stripe.
ALTER TABLE folio ADD COLUMN notice_why TEXT;

CREATE TRIGGER folio_notice BEFORE UPDATE OF notice, notice_code, notice_amount, notice_at, notice_about, notice_why ON folio
WHEN (NEW.notice_code IS NULL AND (NEW.notice_amount IS NOT NULL OR NEW.notice_at IS NOT NULL OR NEW.notice_about IS NOT NULL
        OR NEW.notice_why IS NOT NULL))
    OR (NEW.notice_code IS NOT NULL AND NEW.notice IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'folio: a notice is a code with its facts, or an old sentence, or nothing'); END;

-- A hold's coming end is looked for again every few minutes, and told anew.
UPDATE folio SET notice = NULL WHERE closed_at IS NULL AND notice LIKE 'Soon without cover:%';
