-- What PostgreSQL refuses by itself, whoever asks: an edge that is not in the lifecycle, a change of status without its event,
-- a changed or deleted event, two active operations on one node, a secret that is not sealed.

INSERT INTO region (id, name) VALUES (1, 'region-1');
ALTER TABLE region ADD CONSTRAINT region_is_one CHECK (id = 1);

-- The rows of lib/domain/lifecycle.ts, '' standing for "no record yet" and "record deleted". A test compares the two.
INSERT INTO lifecycle_edge (from_status, to_status) VALUES
  ('', 'Candidate'), ('', 'Inadequate'),
  ('Candidate', 'Inadequate'), ('Inadequate', 'Candidate'), ('Candidate', 'Approved'), ('Candidate', 'Rejected'), ('Rejected', 'Candidate'),
  ('Candidate', ''), ('Inadequate', ''), ('Rejected', ''),
  ('Approved', 'Starting'), ('Starting', 'Activating'), ('Activating', 'Active'),
  ('Approved', 'Failed'), ('Starting', 'Failed'), ('Activating', 'Failed'), ('Active', 'Failed'),
  ('Active', 'Fenced'), ('Failed', 'Fenced'), ('EnteringMaintenance', 'Fenced'), ('Unfencing', 'Fenced'),
  ('Fenced', 'Unfencing'), ('Unfencing', 'Active'), ('Unfencing', 'Failed'),
  ('Active', 'EnteringMaintenance'), ('Failed', 'EnteringMaintenance'), ('Fenced', 'EnteringMaintenance'),
  ('EnteringMaintenance', 'InMaintenance'), ('EnteringMaintenance', 'Active'), ('EnteringMaintenance', 'Failed'),
  ('Active', 'InMaintenance'), ('Failed', 'InMaintenance'), ('Fenced', 'InMaintenance'),
  ('InMaintenance', 'Activating'), ('InMaintenance', 'Unfencing'), ('InMaintenance', 'Out');

CREATE FUNCTION node_follows_lifecycle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was text := CASE WHEN TG_OP = 'INSERT' THEN '' ELSE OLD.status::text END;
  becomes text := CASE WHEN TG_OP = 'DELETE' THEN '' ELSE NEW.status::text END;
BEGIN
  IF was <> becomes AND NOT EXISTS (SELECT 1 FROM lifecycle_edge WHERE from_status = was AND to_status = becomes) THEN
    RAISE EXCEPTION 'lifecycle: a node does not go from "%" to "%"', was, becomes USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.ip <> OLD.ip THEN
    RAISE EXCEPTION 'the access IP of a node never changes' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND was <> becomes AND NEW.version <= OLD.version THEN
    RAISE EXCEPTION 'a change of status raises the version' USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER node_follows_lifecycle BEFORE INSERT OR UPDATE OR DELETE ON node FOR EACH ROW EXECUTE FUNCTION node_follows_lifecycle();

-- Deferred to the commit: by then the transaction must have written the event that tells of the change.
CREATE FUNCTION node_change_has_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  node_key uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.status = OLD.status THEN RETURN NULL; END IF;
  IF NOT EXISTS (
    SELECT 1 FROM event e WHERE e.node_id = node_key AND e.tx = txid_current()
      AND e.from_status IS NOT DISTINCT FROM (CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.status END)
      AND e.to_status IS NOT DISTINCT FROM (CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.status END)
  ) THEN
    RAISE EXCEPTION 'a change of status needs its event in the same transaction' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER node_change_has_event AFTER INSERT OR UPDATE OF status OR DELETE ON node
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION node_change_has_event();

ALTER TABLE node
  ADD CONSTRAINT node_name_form CHECK (name ~ '^[A-Za-z0-9._-]{1,63}$'),
  ADD CONSTRAINT node_description_length CHECK (length(description) <= 500),
  ADD CONSTRAINT node_ip_canonical CHECK (ip ~ '^(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}$' AND host(ip::inet) = ip),
  ADD CONSTRAINT node_host_key_form CHECK (host_key_sha256 ~ '^SHA256:[A-Za-z0-9+/]{43}$');
CREATE UNIQUE INDEX node_name_is_unique ON node (lower(name)) WHERE status <> 'Out';
ALTER TABLE node_identity
  ADD CONSTRAINT node_identity_canonical CHECK (
    (kind = 'ip' AND host(value::inet) = value) OR
    (kind = 'mac' AND value ~ '^[0-9a-f]{2}(:[0-9a-f]{2}){5}$') OR
    (kind = 'uuid' AND value ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'));

CREATE UNIQUE INDEX operation_one_active_per_node ON operation (node_id) WHERE status IN ('pending', 'running') AND node_id IS NOT NULL;
CREATE UNIQUE INDEX operation_one_add_per_ip ON operation (ip) WHERE status IN ('pending', 'running') AND kind = 'add';

-- A sealed secret begins with the mark of lib/secrets.ts; a password in clear does not get in.
ALTER TABLE escrow ADD CONSTRAINT escrow_is_sealed CHECK (substring(sealed FROM 1 FOR 4) = 'RGS1'::bytea AND length(sealed) BETWEEN 60 AND 4096);
ALTER TABLE node_key ADD CONSTRAINT node_key_is_sealed CHECK (substring(sealed_private FROM 1 FOR 4) = 'RGS1'::bytea AND length(sealed_private) BETWEEN 60 AND 8192);

ALTER TABLE event_chain ADD CONSTRAINT event_chain_is_one CHECK (id = 1);
INSERT INTO event_chain (id, last_id, last_hash) VALUES (1, 0, sha256('regent'::bytea));

-- What is hashed: the columns by name, so that a column which comes later does not change what was written before it.
CREATE FUNCTION event_digest(e event) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(e.prev_hash || convert_to(jsonb_build_object(
    'form', 1, 'id', e.id, 'at', extract(epoch FROM e.at), 'kind', e.kind, 'severity', e.severity, 'message', e.message,
    'node_id', e.node_id, 'node_name', e.node_name, 'node_ip', e.node_ip, 'node_version', e.node_version,
    'from_status', e.from_status::text, 'to_status', e.to_status::text, 'transition', e.transition, 'operation_id', e.operation_id,
    'actor_kind', e.actor_kind, 'actor_id', e.actor_id, 'actor_name', e.actor_name, 'details', e.details, 'tx', e.tx)::text, 'UTF8'))
$$;

CREATE FUNCTION event_joins_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE head event_chain;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION 'events are written once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT * INTO STRICT head FROM event_chain WHERE id = 1 FOR UPDATE;
  NEW.id := head.last_id + 1;
  NEW.at := clock_timestamp();
  NEW.tx := txid_current();
  NEW.prev_hash := head.last_hash;
  NEW.hash := event_digest(NEW);
  UPDATE event_chain SET last_id = NEW.id, last_hash = NEW.hash WHERE id = 1;
  RETURN NEW;
END $$;
CREATE TRIGGER event_joins_chain BEFORE INSERT OR UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_joins_chain();
CREATE FUNCTION event_is_never_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'events are written once' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER event_is_never_truncated BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION event_is_never_truncated();

-- The first event whose place or hash is not what the chain says; NULL when the whole log is sound.
CREATE FUNCTION event_chain_break() RETURNS bigint LANGUAGE sql STABLE AS $$
  WITH links AS (
    SELECT e.id, e.hash, event_digest(e) AS digest, e.prev_hash,
           lag(e.hash, 1, sha256('regent'::bytea)) OVER (ORDER BY e.id) AS expected,
           row_number() OVER (ORDER BY e.id) AS place
    FROM event e)
  SELECT coalesce(
    (SELECT min(id) FROM links WHERE hash <> digest OR prev_hash <> expected OR id <> place),
    (SELECT c.last_id FROM event_chain c WHERE c.last_id <> (SELECT count(*) FROM event)
       OR c.last_hash <> coalesce((SELECT hash FROM event ORDER BY id DESC LIMIT 1), sha256('regent'::bytea))))
$$;

-- Every browser hears of a change when its transaction commits, and not before.
CREATE FUNCTION tell_browsers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  PERFORM pg_notify('regent_live', CASE TG_TABLE_NAME
    WHEN 'node' THEN json_build_object('node', changed ->> 'id')
    WHEN 'operation' THEN json_build_object('operation', changed ->> 'id', 'node', changed ->> 'node_id')
    WHEN 'operation_step' THEN json_build_object('operation', changed ->> 'operation_id')
    ELSE json_build_object('event', changed ->> 'id', 'node', changed ->> 'node_id') END::text);
  RETURN NULL;
END $$;
CREATE TRIGGER tell_browsers AFTER INSERT OR UPDATE OR DELETE ON node FOR EACH ROW EXECUTE FUNCTION tell_browsers();
CREATE TRIGGER tell_browsers AFTER INSERT OR UPDATE ON operation FOR EACH ROW EXECUTE FUNCTION tell_browsers();
CREATE TRIGGER tell_browsers AFTER INSERT OR UPDATE ON operation_step FOR EACH ROW EXECUTE FUNCTION tell_browsers();
CREATE TRIGGER tell_browsers AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION tell_browsers();
