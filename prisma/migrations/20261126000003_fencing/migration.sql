-- Nodes that become silent: how their power is controlled, what is known of them, and what was done.

CREATE TABLE node_power (
  node_id    uuid NOT NULL,
  kind       text NOT NULL DEFAULT 'ipmi',
  address    text NOT NULL,
  port       integer NOT NULL DEFAULT 623,
  login      text NOT NULL,
  sealed     bytea NOT NULL,
  set_at     timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  checked_at timestamptz(3),
  state      text,
  problem    text,
  CONSTRAINT node_power_pkey PRIMARY KEY (node_id),
  CONSTRAINT node_power_node_id_fkey FOREIGN KEY (node_id) REFERENCES node (id) ON DELETE CASCADE ON UPDATE CASCADE
);
-- Two nodes with one BMC: the fence of one would cut the other off.
CREATE UNIQUE INDEX node_power_address_port_key ON node_power (address, port);
ALTER TABLE node_power
  ADD CONSTRAINT node_power_kind CHECK (kind = 'ipmi'),
  ADD CONSTRAINT node_power_address_canonical CHECK (host(address::inet) = address),
  ADD CONSTRAINT node_power_port CHECK (port BETWEEN 1 AND 65535),
  ADD CONSTRAINT node_power_state CHECK (state IN ('on', 'off')),
  ADD CONSTRAINT node_power_is_sealed CHECK (substring(sealed FROM 1 FOR 4) = 'RGS1'::bytea AND length(sealed) BETWEEN 60 AND 4096);

CREATE TABLE node_health (
  node_id         uuid NOT NULL,
  checks          jsonb NOT NULL DEFAULT '[]',
  checked_at      timestamptz(3),
  failed_rounds   integer NOT NULL DEFAULT 0,
  failed_code     text,
  beats           integer NOT NULL DEFAULT 0,
  beat_at         timestamptz(3),
  answering_since timestamptz(3),
  pending         text,
  pending_since   timestamptz(3),
  CONSTRAINT node_health_pkey PRIMARY KEY (node_id),
  CONSTRAINT node_health_node_id_fkey FOREIGN KEY (node_id) REFERENCES node (id) ON DELETE CASCADE ON UPDATE CASCADE
);

-- Without a foreign key to the node: what was done to it stays.
CREATE TABLE fence (
  id           uuid NOT NULL,
  node_id      uuid NOT NULL,
  operation_id uuid,
  state        text NOT NULL,
  cause        text NOT NULL,
  evidence     jsonb NOT NULL DEFAULT '[]',
  vms          jsonb NOT NULL DEFAULT '[]',
  problem      text,
  boot_id      uuid,
  actor_id     uuid,
  actor_name   text NOT NULL,
  started_at   timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ended_at     timestamptz(3),
  CONSTRAINT fence_pkey PRIMARY KEY (id)
);
CREATE INDEX fence_node_id_started_at_idx ON fence (node_id, started_at);
-- One at a time in the whole region, whoever asks.
CREATE UNIQUE INDEX fence_one_in_flight ON fence ((true)) WHERE state = 'running';
ALTER TABLE fence
  ADD CONSTRAINT fence_state CHECK (state IN ('running', 'confirmed', 'unconfirmed')),
  ADD CONSTRAINT fence_ends CHECK ((state = 'running') = (ended_at IS NULL)),
  ADD CONSTRAINT fence_needs_evidence CHECK (state <> 'confirmed' OR jsonb_array_length(evidence) > 0);
-- What was proved is not written anew.
CREATE FUNCTION fence_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a fence that has ended is not changed' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER fence_ends_once BEFORE UPDATE OR DELETE ON fence FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION fence_ends_once();

CREATE TABLE region_watch (
  id             integer NOT NULL DEFAULT 1,
  since          timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  beat_at        timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  silent         integer,
  total          integer,
  isolated_since timestamptz(3),
  CONSTRAINT region_watch_pkey PRIMARY KEY (id),
  CONSTRAINT region_watch_is_one CHECK (id = 1)
);
INSERT INTO region_watch (id) VALUES (1);

-- Nobody becomes Fenced without a fence that was proved in the same transaction. Going back there from a maintenance is none, and the
-- demo region, which is filled in one transaction per node, brings the record with the node.
CREATE FUNCTION node_fenced_with_proof() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM event e WHERE e.node_id = NEW.id AND e.tx = txid_current() AND e.to_status = 'Fenced' AND e.transition IN ('T35', 'T38t'))
     AND NOT EXISTS (SELECT 1 FROM fence f WHERE f.node_id = NEW.id AND f.state = 'confirmed' AND f.xmin = pg_current_xact_id()::xid) THEN
    RAISE EXCEPTION 'a node becomes Fenced only with proof' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER node_fenced_with_proof AFTER UPDATE OF status ON node
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status = 'Fenced' AND OLD.status <> 'Fenced') EXECUTE FUNCTION node_fenced_with_proof();

CREATE FUNCTION tell_browsers_of_health() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('regent_live', json_build_object('node', NEW.node_id)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER tell_browsers AFTER INSERT OR UPDATE ON fence FOR EACH ROW EXECUTE FUNCTION tell_browsers_of_health();
CREATE TRIGGER tell_browsers AFTER INSERT OR UPDATE ON node_power FOR EACH ROW EXECUTE FUNCTION tell_browsers_of_health();
CREATE TRIGGER tell_browsers AFTER UPDATE ON node_health FOR EACH ROW
  WHEN (OLD.pending IS DISTINCT FROM NEW.pending OR OLD.answering_since IS DISTINCT FROM NEW.answering_since OR OLD.checks IS DISTINCT FROM NEW.checks)
  EXECUTE FUNCTION tell_browsers_of_health();
CREATE TRIGGER tell_browsers_of_new AFTER INSERT ON node_health FOR EACH ROW EXECUTE FUNCTION tell_browsers_of_health();

CREATE FUNCTION tell_browsers_of_watch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('regent_live', '{"region": true}');
  RETURN NULL;
END $$;
CREATE TRIGGER tell_browsers AFTER UPDATE ON region_watch FOR EACH ROW
  WHEN (OLD.silent IS DISTINCT FROM NEW.silent OR OLD.total IS DISTINCT FROM NEW.total) EXECUTE FUNCTION tell_browsers_of_watch();
