-- 0018_access: who has access: programs by token, people by password and session.
--
-- No secret is stored here. Tokens and sessions are 256 random bits, stored as SHA-256: they cannot be guessed, so a slow hash would only
-- slow down each request. Passwords can be guessed, and are stored as yescrypt hashes.
-- A revoked token and a disabled user cannot be enabled again, because the journal names them as actors. A person who comes back gets a new
-- user. Sessions and failed logins do not concern the books, and are deleted when they are no longer needed.

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
    -- Updated at most once a minute.
    last_used_at INTEGER,
    revoked_at   INTEGER,
    CHECK ((tenant IS NULL) = (role = 'operator'))
) STRICT;

CREATE UNIQUE INDEX api_token_digest ON api_token (digest);
-- At most one live token per name: the journal identifies tokens by name.
CREATE UNIQUE INDEX api_token_name ON api_token (coalesce(tenant, 0), name) WHERE revoked_at IS NULL;
CREATE INDEX api_token_of_tenant ON api_token (tenant, number);

CREATE TRIGGER api_token_once BEFORE INSERT ON api_token
WHEN EXISTS (SELECT 1 FROM api_token WHERE number = NEW.number) OR EXISTS (SELECT 1 FROM api_token WHERE digest = NEW.digest)
    OR EXISTS (SELECT 1 FROM api_token
               WHERE coalesce(tenant, 0) = coalesce(NEW.tenant, 0) AND name = NEW.name AND revoked_at IS NULL)
    OR (NEW.tenant IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tenant WHERE number = NEW.tenant))
BEGIN SELECT RAISE(ABORT, 'api_token: number, name or digest is already in use, or the tenant does not exist'); END;
CREATE TRIGGER api_token_fixed BEFORE UPDATE ON api_token
WHEN (NEW.number, NEW.tenant, NEW.role, NEW.name, NEW.digest, NEW.created_by, NEW.created_at, NEW.expires_at)
        IS NOT (OLD.number, OLD.tenant, OLD.role, OLD.name, OLD.digest, OLD.created_by, OLD.created_at, OLD.expires_at)
    OR (OLD.last_used_at IS NOT NULL AND (NEW.last_used_at IS NULL OR NEW.last_used_at < OLD.last_used_at))
BEGIN SELECT RAISE(ABORT, 'api_token: only last_used_at and revoked_at may change'); END;
CREATE TRIGGER api_token_revoked BEFORE UPDATE ON api_token
WHEN OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS NOT OLD.revoked_at
BEGIN SELECT RAISE(ABORT, 'api_token: a revoked token stays revoked'); END;
CREATE TRIGGER api_token_kept BEFORE DELETE ON api_token
BEGIN SELECT RAISE(ABORT, 'api_token: cannot be deleted'); END;

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

-- A name stays taken when its user is disabled: in the journal one name is one person.
CREATE UNIQUE INDEX app_user_name ON app_user (coalesce(tenant, 0), name);

CREATE TRIGGER app_user_once BEFORE INSERT ON app_user
WHEN EXISTS (SELECT 1 FROM app_user WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM app_user WHERE coalesce(tenant, 0) = coalesce(NEW.tenant, 0) AND name = NEW.name)
    OR (NEW.tenant IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tenant WHERE number = NEW.tenant))
BEGIN SELECT RAISE(ABORT, 'app_user: number or name is already in use, or the tenant does not exist'); END;
CREATE TRIGGER app_user_fixed BEFORE UPDATE ON app_user
WHEN (NEW.number, NEW.tenant, NEW.name, NEW.role, NEW.created_by, NEW.created_at)
        IS NOT (OLD.number, OLD.tenant, OLD.name, OLD.role, OLD.created_by, OLD.created_at)
    OR (NEW.password_hash <> OLD.password_hash AND NEW.password_changed_at < OLD.password_changed_at)
BEGIN SELECT RAISE(ABORT, 'app_user: only the password and disabled_at may change'); END;
CREATE TRIGGER app_user_disabled BEFORE UPDATE ON app_user
WHEN OLD.disabled_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'app_user: a disabled user cannot be changed'); END;
CREATE TRIGGER app_user_kept BEFORE DELETE ON app_user
BEGIN SELECT RAISE(ABORT, 'app_user: cannot be deleted'); END;

CREATE TABLE web_session (
    number          INTEGER PRIMARY KEY CHECK (number >= 1),
    user            INTEGER NOT NULL REFERENCES app_user (number),
    digest          BLOB NOT NULL CHECK (length(digest) = 32),
    -- The previous secret stays valid until the new one is first used: the response that set the new one may have been lost.
    previous_digest BLOB CHECK (length(previous_digest) = 32),
    rotated_at      INTEGER NOT NULL,
    confirmed_at    INTEGER,
    -- Included in forms. Useless without the session's secret.
    csrf            TEXT NOT NULL CHECK (length(csrf) >= 20),
    created_at      INTEGER NOT NULL,
    -- Updated at most once a minute.
    last_seen_at    INTEGER NOT NULL,
    -- At most seven days, however active the session is.
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
BEGIN SELECT RAISE(ABORT, 'web_session: already exists, or the user does not exist or is disabled'); END;
CREATE TRIGGER web_session_fixed BEFORE UPDATE ON web_session
WHEN (NEW.number, NEW.user, NEW.csrf, NEW.created_at, NEW.expires_at)
        IS NOT (OLD.number, OLD.user, OLD.csrf, OLD.created_at, OLD.expires_at)
    OR NEW.last_seen_at < OLD.last_seen_at
    OR (NEW.digest <> OLD.digest AND EXISTS (SELECT 1 FROM web_session WHERE digest = NEW.digest))
BEGIN SELECT RAISE(ABORT, 'web_session: only the secret and the times may change'); END;
CREATE TRIGGER web_session_ended BEFORE UPDATE ON web_session
WHEN OLD.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'web_session: an ended session cannot be changed'); END;

-- Failed logins. An attempt is written before its password is checked, so that a thousand concurrent attempts are counted too.
CREATE TABLE login_failure (
    number    INTEGER PRIMARY KEY CHECK (number >= 1),
    -- SHA-256 of tenant and name as typed. Hashed because people type passwords into the wrong field.
    login     BLOB NOT NULL CHECK (length(login) = 32),
    -- The client's address; for IPv6 the /64 network.
    address   TEXT NOT NULL CHECK (length(address) BETWEEN 1 AND 64),
    failed_at INTEGER NOT NULL
) STRICT;

-- Address first: attempts from elsewhere must not lock out a user at the usual place.
CREATE INDEX login_failure_of_login ON login_failure (address, login, failed_at);
CREATE INDEX login_failure_of_address ON login_failure (address, failed_at);
CREATE INDEX login_failure_old ON login_failure (failed_at);

CREATE TRIGGER login_failure_once BEFORE INSERT ON login_failure
WHEN EXISTS (SELECT 1 FROM login_failure WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'login_failure: the number is already in use'); END;
CREATE TRIGGER login_failure_unchanged BEFORE UPDATE ON login_failure
BEGIN SELECT RAISE(ABORT, 'login_failure: cannot be changed'); END;

CREATE TABLE known_place (
    -- An address; for IPv6 the /64 network.
    place   TEXT PRIMARY KEY CHECK (length(place) BETWEEN 1 AND 64),
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX known_place_old ON known_place (seen_at);

CREATE TRIGGER known_place_once BEFORE INSERT ON known_place
WHEN EXISTS (SELECT 1 FROM known_place WHERE place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'known_place: already recorded'); END;
CREATE TRIGGER known_place_fixed BEFORE UPDATE ON known_place
WHEN NEW.place <> OLD.place OR NEW.seen_at < OLD.seen_at
BEGIN SELECT RAISE(ABORT, 'known_place: only seen_at may change, and only to a later time'); END;
