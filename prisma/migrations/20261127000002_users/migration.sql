-- People: who is invited, from where they are signed in, and the second factor of each.

-- A session has a name that may be shown: its hash stays in the database. Where it was opened is for the person whose session it is.
ALTER TABLE session
  ADD COLUMN id uuid,
  ADD COLUMN address text NOT NULL DEFAULT '' CHECK (length(address) <= 64),
  ADD COLUMN browser text NOT NULL DEFAULT '' CHECK (length(browser) <= 300);
UPDATE session SET id = gen_random_uuid();
ALTER TABLE session ALTER COLUMN id SET NOT NULL;
CREATE UNIQUE INDEX session_id_key ON session (id);

-- Sessions are deleted a month after their end; when somebody was last here outlives them.
ALTER TABLE "user" ADD COLUMN last_seen_at timestamptz(3);
UPDATE "user" u SET last_seen_at = (SELECT max(s.last_seen_at) FROM session s WHERE s.user_id = u.id);

-- A link for a new password is no link that signs in, and goes with the Admin who made it.
ALTER TABLE one_time_link ADD COLUMN purpose text, ADD COLUMN made_by_id uuid REFERENCES "user" (id) ON DELETE CASCADE ON UPDATE CASCADE;
UPDATE one_time_link SET purpose = CASE WHEN user_id IS NULL THEN 'set-up' ELSE 'sign-in' END;
ALTER TABLE one_time_link
  ALTER COLUMN purpose SET NOT NULL,
  ADD CONSTRAINT one_time_link_purpose CHECK (purpose IN ('set-up', 'sign-in', 'password') AND (purpose = 'set-up') = (user_id IS NULL));

-- Somebody who may become a user. Only the token's hash is kept; what an Admin promised goes with that Admin.
CREATE TABLE invitation (
  id uuid PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  role user_role NOT NULL,
  made_by_id uuid NOT NULL REFERENCES "user" (id) ON DELETE CASCADE ON UPDATE CASCADE,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at timestamptz(3) NOT NULL CHECK (expires_at > created_at AND expires_at <= created_at + interval '7 days'),
  used_at timestamptz(3),
  revoked_at timestamptz(3),
  CHECK (used_at IS NULL OR revoked_at IS NULL)
);
-- One that holds for each address, whoever makes it and however many at once.
CREATE UNIQUE INDEX invitation_one_per_address ON invitation (email) WHERE used_at IS NULL AND revoked_at IS NULL;

-- A second factor counts from its confirmation on. The newest time step that was used is kept, so that no code is taken twice.
CREATE TABLE second_factor (
  user_id uuid PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE ON UPDATE CASCADE,
  sealed bytea NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  confirmed_at timestamptz(3),
  last_step bigint,
  CONSTRAINT second_factor_is_sealed CHECK (substring(sealed FROM 1 FOR 4) = 'RGS1'::bytea AND length(sealed) BETWEEN 60 AND 4096)
);
CREATE TABLE recovery_code (
  user_id uuid NOT NULL REFERENCES second_factor (user_id) ON DELETE CASCADE ON UPDATE CASCADE,
  code_hash bytea NOT NULL CHECK (length(code_hash) = 32),
  used_at timestamptz(3),
  PRIMARY KEY (user_id, code_hash)
);

-- Open streams ask again whether they may go on, and the page of users is drawn anew, when a commit changes who may what.
CREATE FUNCTION tell_browsers_of_access() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  PERFORM pg_notify('regent_live', json_build_object('access', coalesce(changed ->> 'user_id', changed ->> 'made_by_id', changed ->> 'id'))::text);
  RETURN NULL;
END $$;
CREATE TRIGGER tell_browsers AFTER INSERT OR DELETE ON "user" FOR EACH ROW EXECUTE FUNCTION tell_browsers_of_access();
CREATE TRIGGER tell_browsers_of_change AFTER UPDATE ON "user" FOR EACH ROW
  WHEN ((OLD.role, OLD.disabled_at, OLD.name) IS DISTINCT FROM (NEW.role, NEW.disabled_at, NEW.name)) EXECUTE FUNCTION tell_browsers_of_access();
CREATE TRIGGER tell_browsers AFTER INSERT ON session FOR EACH ROW EXECUTE FUNCTION tell_browsers_of_access();
CREATE TRIGGER tell_browsers_of_change AFTER UPDATE ON session FOR EACH ROW
  WHEN (OLD.revoked_at IS DISTINCT FROM NEW.revoked_at) EXECUTE FUNCTION tell_browsers_of_access();
CREATE TRIGGER tell_browsers AFTER INSERT OR UPDATE OR DELETE ON invitation FOR EACH ROW EXECUTE FUNCTION tell_browsers_of_access();
CREATE TRIGGER tell_browsers AFTER INSERT OR DELETE ON second_factor FOR EACH ROW EXECUTE FUNCTION tell_browsers_of_access();
CREATE TRIGGER tell_browsers_of_change AFTER UPDATE ON second_factor FOR EACH ROW
  WHEN (OLD.confirmed_at IS DISTINCT FROM NEW.confirmed_at) EXECUTE FUNCTION tell_browsers_of_access();
