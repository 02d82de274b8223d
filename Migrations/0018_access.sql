-- 0018_access: who may ask the ledger for anything: programs by token, people by password and session.
--
-- No secret is in here. Tokens and sessions are 256 random bits, of which the SHA-256 is kept: there is nothing to guess, so a slow hash
-- would only cost each request its time. Passwords can be guessed, and are kept as yescrypt.
-- What was ended stays ended: a token is never un-revoked and a user never enabled again, because the journal names both as who did it.
-- Whoever comes back gets a new one. Sessions and failed logins say nothing about the books, and are removed when they are of no more use.

CREATE TABLE api_token (
    number       INTEGER PRIMARY KEY CHECK (number >= 1),
    -- NULL: the operator's.
    tenant       INTEGER REFERENCES tenant (number),
    role         TEXT NOT NULL CHECK (role IN ('operator', 'admin', 'integration', 'reception', 'accounting', 'auditor')),
    name         TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 64 AND name GLOB '[a-z0-9]*' AND name NOT GLOB '*[^a-z0-9._@+-]*'),
    digest       BLOB NOT NULL CHECK (length(digest) = 32),
    created_by   TEXT NOT NULL CHECK (length(created_by) >= 1),
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER CHECK (expires_at > created_at),
    -- At most a minute behind.
    last_used_at INTEGER,
    revoked_at   INTEGER,
    CHECK ((tenant IS NULL) = (role = 'operator'))
) STRICT;

CREATE UNIQUE INDEX api_token_digest ON api_token (digest);
-- One name, one live token: the journal tells them apart by their names.
CREATE UNIQUE INDEX api_token_name ON api_token (coalesce(tenant, 0), name) WHERE revoked_at IS NULL;
CREATE INDEX api_token_of_tenant ON api_token (tenant, number);

CREATE TRIGGER api_token_once BEFORE INSERT ON api_token
WHEN EXISTS (SELECT 1 FROM api_token WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM api_token WHERE digest = NEW.digest)
    OR EXISTS (SELECT 1 FROM api_token
               WHERE coalesce(tenant, 0) = coalesce(NEW.tenant, 0) AND name = NEW.name AND revoked_at IS NULL)
    OR (NEW.tenant IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tenant WHERE number = NEW.tenant))
BEGIN SELECT RAISE(ABORT, 'api_token: taken already, or of no tenant'); END;
CREATE TRIGGER api_token_fixed BEFORE UPDATE ON api_token
WHEN (NEW.number, NEW.tenant, NEW.role, NEW.name, NEW.digest, NEW.created_by, NEW.created_at, NEW.expires_at)
        IS NOT (OLD.number, OLD.tenant, OLD.role, OLD.name, OLD.digest, OLD.created_by, OLD.created_at, OLD.expires_at)
    OR (OLD.last_used_at IS NOT NULL AND (NEW.last_used_at IS NULL OR NEW.last_used_at < OLD.last_used_at))
BEGIN SELECT RAISE(ABORT, 'api_token: issued for good'); END;
CREATE TRIGGER api_token_revoked BEFORE UPDATE ON api_token
WHEN OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NOT OLD.revoked_at
BEGIN SELECT RAISE(ABORT, 'api_token: revoked for good'); END;
CREATE TRIGGER api_token_kept BEFORE DELETE ON api_token
BEGIN SELECT RAISE(ABORT, 'api_token: kept for good'); END;

CREATE TABLE app_user (
    number              INTEGER PRIMARY KEY CHECK (number >= 1),
    -- NULL: the operator's.
    tenant              INTEGER REFERENCES tenant (number),
    name                TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 64 AND name GLOB '[a-z0-9]*' AND name NOT GLOB '*[^a-z0-9._@+-]*'),
    role                TEXT NOT NULL CHECK (role IN ('operator', 'admin', 'integration', 'reception', 'accounting', 'auditor')),
    password_hash       TEXT NOT NULL CHECK (password_hash GLOB '$y$*'),
    created_by          TEXT NOT NULL CHECK (length(created_by) >= 1),
    created_at          INTEGER NOT NULL,
    password_changed_at INTEGER NOT NULL,
    disabled_at         INTEGER,
    CHECK ((tenant IS NULL) = (role = 'operator'))
) STRICT;

-- For good, also when disabled: in the journal one name is one person.
CREATE UNIQUE INDEX app_user_name ON app_user (coalesce(tenant, 0), name);

CREATE TRIGGER app_user_once BEFORE INSERT ON app_user
WHEN EXISTS (SELECT 1 FROM app_user WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM app_user WHERE coalesce(tenant, 0) = coalesce(NEW.tenant, 0) AND name = NEW.name)
    OR (NEW.tenant IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tenant WHERE number = NEW.tenant))
BEGIN SELECT RAISE(ABORT, 'app_user: taken already, or of no tenant'); END;
CREATE TRIGGER app_user_fixed BEFORE UPDATE ON app_user
WHEN (NEW.number, NEW.tenant, NEW.name, NEW.role, NEW.created_by, NEW.created_at)
        IS NOT (OLD.number, OLD.tenant, OLD.name, OLD.role, OLD.created_by, OLD.created_at)
    OR (NEW.password_hash <> OLD.password_hash AND NEW.password_changed_at < OLD.password_changed_at)
BEGIN SELECT RAISE(ABORT, 'app_user: only the password changes'); END;
CREATE TRIGGER app_user_disabled BEFORE UPDATE ON app_user
WHEN OLD.disabled_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'app_user: disabled for good'); END;
CREATE TRIGGER app_user_kept BEFORE DELETE ON app_user
BEGIN SELECT RAISE(ABORT, 'app_user: kept for good'); END;

CREATE TABLE web_session (
    number          INTEGER PRIMARY KEY CHECK (number >= 1),
    user            INTEGER NOT NULL REFERENCES app_user (number),
    digest          BLOB NOT NULL CHECK (length(digest) = 32),
    -- The secret before the last change is good until the new one has been seen: its answer may have got lost on the way.
    previous_digest BLOB CHECK (length(previous_digest) = 32),
    rotated_at      INTEGER NOT NULL,
    confirmed_at    INTEGER,
    -- Stands in forms. Of no use without the session's secret.
    csrf            TEXT NOT NULL CHECK (length(csrf) >= 20),
    created_at      INTEGER NOT NULL,
    -- At most a minute behind.
    last_seen_at    INTEGER NOT NULL,
    -- Seven days: nobody stays logged in past a week, however busy.
    expires_at      INTEGER NOT NULL,
    ended_at        INTEGER,
    CHECK (expires_at > created_at AND expires_at - created_at <= 604800000)
) STRICT;

CREATE UNIQUE INDEX web_session_digest ON web_session (digest);
CREATE UNIQUE INDEX web_session_previous ON web_session (previous_digest) WHERE previous_digest IS NOT NULL;
CREATE INDEX web_session_of_user ON web_session (user) WHERE ended_at IS NULL;
CREATE INDEX web_session_expired ON web_session (expires_at);

CREATE TRIGGER web_session_once BEFORE INSERT ON web_session
WHEN EXISTS (SELECT 1 FROM web_session WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM web_session WHERE digest = NEW.digest)
    OR NOT EXISTS (SELECT 1 FROM app_user WHERE number = NEW.user AND disabled_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'web_session: known already, or of a user that may not log in'); END;
CREATE TRIGGER web_session_fixed BEFORE UPDATE ON web_session
WHEN (NEW.number, NEW.user, NEW.csrf, NEW.created_at, NEW.expires_at)
        IS NOT (OLD.number, OLD.user, OLD.csrf, OLD.created_at, OLD.expires_at)
    OR NEW.last_seen_at < OLD.last_seen_at
    OR (NEW.digest <> OLD.digest AND EXISTS (SELECT 1 FROM web_session WHERE digest = NEW.digest))
BEGIN SELECT RAISE(ABORT, 'web_session: only its secret and its times change'); END;
CREATE TRIGGER web_session_ended BEFORE UPDATE ON web_session
WHEN OLD.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'web_session: ended for good'); END;

-- Tries to log in that have not succeeded. A try is written before its password is looked at, so that a thousand at once are counted too.
CREATE TABLE login_failure (
    number    INTEGER PRIMARY KEY CHECK (number >= 1),
    -- SHA-256 of tenant and name as they were typed: people type passwords into the wrong field.
    login     BLOB NOT NULL CHECK (length(login) = 32),
    -- Where it came from; of an IPv6 address the network, /64.
    address   TEXT NOT NULL CHECK (length(address) BETWEEN 1 AND 64),
    failed_at INTEGER NOT NULL
) STRICT;

-- By address first: tries from elsewhere must not count against a user at the own desk.
CREATE INDEX login_failure_of_login ON login_failure (address, login, failed_at);
CREATE INDEX login_failure_of_address ON login_failure (address, failed_at);
CREATE INDEX login_failure_old ON login_failure (failed_at);

CREATE TRIGGER login_failure_once BEFORE INSERT ON login_failure
WHEN EXISTS (SELECT 1 FROM login_failure WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'login_failure: known already'); END;
CREATE TRIGGER login_failure_unchanged BEFORE UPDATE ON login_failure
BEGIN SELECT RAISE(ABORT, 'login_failure: as it was'); END;

CREATE TABLE known_place (
    -- An address; of an IPv6 address the network, /64.
    place   TEXT PRIMARY KEY CHECK (length(place) BETWEEN 1 AND 64),
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX known_place_old ON known_place (seen_at);

CREATE TRIGGER known_place_once BEFORE INSERT ON known_place
WHEN EXISTS (SELECT 1 FROM known_place WHERE place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'known_place: known already'); END;
CREATE TRIGGER known_place_fixed BEFORE UPDATE ON known_place
WHEN NEW.place <> OLD.place OR NEW.seen_at < OLD.seen_at
BEGIN SELECT RAISE(ABORT, 'known_place: only seen again'); END;
