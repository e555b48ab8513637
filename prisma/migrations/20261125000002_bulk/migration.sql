-- Work on many nodes: one operation with a line per node.
ALTER TABLE operation ALTER COLUMN ip DROP NOT NULL, ADD COLUMN parent_id uuid;
ALTER TABLE operation ADD CONSTRAINT operation_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES operation (id) ON DELETE CASCADE ON UPDATE CASCADE;
-- Only work on many nodes dials no machine of its own, and it is part of nothing.
ALTER TABLE operation ADD CONSTRAINT operation_has_address CHECK ((kind = 'bulk') = (ip IS NULL) AND (kind <> 'bulk' OR parent_id IS NULL));
CREATE INDEX operation_parent_id_idx ON operation (parent_id);

CREATE TYPE operation_item_state AS ENUM ('waiting', 'running', 'done', 'failed', 'skipped');
CREATE TABLE operation_item (
  operation_id uuid NOT NULL,
  position integer NOT NULL,
  node_id uuid NOT NULL,
  node_name text NOT NULL,
  node_version integer NOT NULL,
  state operation_item_state NOT NULL DEFAULT 'waiting',
  refusal jsonb,
  ended_at timestamptz(3),
  CONSTRAINT operation_item_pkey PRIMARY KEY (operation_id, position),
  CONSTRAINT operation_item_operation_id_fkey FOREIGN KEY (operation_id) REFERENCES operation (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX operation_item_operation_id_node_id_key ON operation_item (operation_id, node_id);

-- What has ended has its time, what failed its reason, and neither is taken back: an item happens once.
ALTER TABLE operation_item
  ADD CONSTRAINT operation_item_ends CHECK ((state IN ('waiting', 'running')) = (ended_at IS NULL)),
  ADD CONSTRAINT operation_item_fails_with_reason CHECK (state <> 'failed' OR refusal IS NOT NULL);
CREATE FUNCTION operation_item_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what has ended does not begin again' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER operation_item_ends_once BEFORE UPDATE ON operation_item FOR EACH ROW
  WHEN (OLD.state IN ('done', 'failed', 'skipped') OR (OLD.state = 'running' AND NEW.state = 'waiting')) EXECUTE FUNCTION operation_item_ends_once();

CREATE FUNCTION tell_browsers_of_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('regent_live', json_build_object('operation', NEW.operation_id)::text);
  RETURN NULL;
END $$;
CREATE TRIGGER tell_browsers AFTER INSERT OR UPDATE ON operation_item FOR EACH ROW EXECUTE FUNCTION tell_browsers_of_item();

-- What changes on an operation that ended long ago is housekeeping, of which no browser needs to hear.
DROP TRIGGER tell_browsers ON operation;
CREATE TRIGGER tell_browsers AFTER INSERT ON operation FOR EACH ROW EXECUTE FUNCTION tell_browsers();
CREATE TRIGGER tell_browsers_of_change AFTER UPDATE ON operation FOR EACH ROW
  WHEN (OLD.finished_at IS NULL OR NEW.finished_at IS NULL) EXECUTE FUNCTION tell_browsers();
CREATE INDEX operation_finished_at_idx ON operation (finished_at);
