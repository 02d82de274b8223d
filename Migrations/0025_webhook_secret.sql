-- 0025_webhook_secret: which secrets webhooks may be signed with, and until when.
--
-- A secret has a name: two endpoints at one address are two names. Setting a name again replaces its secret; the one before is good for a
-- day more, as at Stripe, unless it is revoked at once. What has ended stays ended, and is kept without being of use: who asks since when an
-- endpoint has had its secret is answered. Secrets from before get a name each; only the operator can know which of them are still in use.

ALTER TABLE webhook_secret ADD COLUMN name TEXT NOT NULL DEFAULT 'default'
    CHECK (length(name) BETWEEN 1 AND 40 AND name NOT GLOB '*[^a-z0-9-]*' AND name NOT GLOB '-*');
-- When it was replaced or revoked, and until when it is good all the same; NULL for a name's present secret.
ALTER TABLE webhook_secret ADD COLUMN replaced_at INTEGER;
ALTER TABLE webhook_secret ADD COLUMN good_until INTEGER
    CHECK ((good_until IS NULL) = (replaced_at IS NULL) AND (good_until IS NULL OR good_until BETWEEN replaced_at AND replaced_at + 86400000));

UPDATE webhook_secret SET name = 'earlier-' || number
WHERE number < (SELECT max(number) FROM webhook_secret w WHERE w.tenant = webhook_secret.tenant);

CREATE UNIQUE INDEX webhook_secret_present ON webhook_secret (tenant, name) WHERE replaced_at IS NULL;

CREATE TRIGGER webhook_secret_next BEFORE INSERT ON webhook_secret
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM webhook_secret WHERE tenant = NEW.tenant)
    OR NEW.replaced_at IS NOT NULL
    OR EXISTS (SELECT 1 FROM webhook_secret WHERE tenant = NEW.tenant AND name = NEW.name AND replaced_at IS NULL)
    OR NOT EXISTS (SELECT 1 FROM stripe_account WHERE tenant = NEW.tenant)
BEGIN SELECT RAISE(ABORT, 'webhook_secret: not the next one, or its name has one already'); END;
CREATE TRIGGER webhook_secret_fixed BEFORE UPDATE ON webhook_secret
WHEN (NEW.tenant, NEW.number, NEW.name, NEW.added_at) IS NOT (OLD.tenant, OLD.number, OLD.name, OLD.added_at)
    OR (OLD.replaced_at IS NOT NULL AND (NEW.replaced_at IS NOT OLD.replaced_at OR NEW.good_until > OLD.good_until))
BEGIN SELECT RAISE(ABORT, 'webhook_secret: what has ended stays ended'); END;
CREATE TRIGGER webhook_secret_kept BEFORE DELETE ON webhook_secret
BEGIN SELECT RAISE(ABORT, 'webhook_secret: kept for good'); END;
