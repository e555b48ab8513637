-- Maintenance that is planned: which nodes, in which order, when, and what is done with each.
CREATE TABLE maintenance_plan (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  window_from timestamptz(3) NOT NULL,
  window_to timestamptz(3) CHECK (window_to > window_from),
  reboot boolean NOT NULL,
  activate boolean NOT NULL,
  bring_back boolean NOT NULL CHECK (activate OR NOT bring_back),
  state text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'running', 'stopped', 'done', 'cancelled')),
  state_reason jsonb,
  actor_id uuid,
  actor_name text NOT NULL,
  idempotency_key text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  started_at timestamptz(3),
  ended_at timestamptz(3),
  CHECK ((ended_at IS NOT NULL) = (state IN ('done', 'cancelled')))
);
CREATE UNIQUE INDEX maintenance_plan_actor_id_idempotency_key_key ON maintenance_plan (actor_id, idempotency_key);
CREATE INDEX maintenance_plan_open ON maintenance_plan (window_from) WHERE state IN ('planned', 'running');
CREATE INDEX maintenance_plan_created_at_idx ON maintenance_plan (created_at);

CREATE TABLE maintenance_plan_node (
  plan_id uuid NOT NULL REFERENCES maintenance_plan (id) ON DELETE CASCADE ON UPDATE CASCADE,
  position int NOT NULL,
  node_id uuid NOT NULL,
  node_name text NOT NULL,
  state text NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'draining', 'rebooting', 'inspecting', 'activating', 'done', 'failed', 'skipped', 'left')),
  phase text CHECK (phase IN ('draining', 'rebooting', 'inspecting', 'activating')),
  -- Whether the plan may still do something with it.
  open boolean NOT NULL DEFAULT true,
  refusal jsonb,
  refused_at timestamptz(3),
  maintenance_id uuid,
  operation_ids uuid[] NOT NULL DEFAULT '{}',
  started_at timestamptz(3),
  ended_at timestamptz(3),
  PRIMARY KEY (plan_id, position)
);
CREATE UNIQUE INDEX maintenance_plan_node_plan_id_node_id_key ON maintenance_plan_node (plan_id, node_id);
-- A node is in one plan at a time, and a plan has one node out at a time, whatever the code says.
CREATE UNIQUE INDEX maintenance_plan_node_open ON maintenance_plan_node (node_id) WHERE open;
CREATE UNIQUE INDEX maintenance_plan_node_out ON maintenance_plan_node (plan_id)
  WHERE state IN ('draining', 'rebooting', 'inspecting', 'activating');

CREATE FUNCTION tell_browsers_of_plan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed jsonb := to_jsonb(NEW);
BEGIN
  PERFORM pg_notify('regent_live', json_build_object('plan', coalesce(changed ->> 'plan_id', changed ->> 'id'))::text);
  RETURN NULL;
END $$;
CREATE TRIGGER tell_browsers AFTER INSERT OR UPDATE ON maintenance_plan FOR EACH ROW EXECUTE FUNCTION tell_browsers_of_plan();
CREATE TRIGGER tell_browsers AFTER INSERT OR UPDATE ON maintenance_plan_node FOR EACH ROW EXECUTE FUNCTION tell_browsers_of_plan();
