-- A stay of a node out of service: asked for, drained, serviced, brought back. At most one of a node is open.
CREATE TABLE maintenance (
  id uuid PRIMARY KEY,
  node_id uuid NOT NULL,
  node_name text NOT NULL,
  came_from node_status NOT NULL CHECK (came_from IN ('Active', 'Failed', 'Fenced')),
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  came_reason text,
  forced boolean NOT NULL DEFAULT false,
  actor_id uuid,
  actor_name text NOT NULL,
  plan jsonb NOT NULL DEFAULT '{}',
  housekeeping jsonb,
  started_at timestamptz(3) NOT NULL DEFAULT now(),
  entered_at timestamptz(3),
  ended_at timestamptz(3),
  outcome text CHECK (outcome IN ('returned', 'cancelled', 'removed', 'fenced')),
  CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
CREATE UNIQUE INDEX maintenance_open ON maintenance (node_id) WHERE ended_at IS NULL;
CREATE INDEX maintenance_node_id_started_at_idx ON maintenance (node_id, started_at);

-- Each virtual machine of the node that runs: where it is to go, and where it is.
CREATE TABLE maintenance_vm (
  maintenance_id uuid NOT NULL REFERENCES maintenance (id) ON DELETE CASCADE ON UPDATE CASCADE,
  uuid text NOT NULL,
  name text NOT NULL,
  memory_bytes bigint NOT NULL CHECK (memory_bytes >= 0),
  position int NOT NULL,
  copy_disks boolean NOT NULL DEFAULT false,
  state text NOT NULL CHECK (state IN ('waiting', 'moving', 'moved', 'failed', 'stopped', 'gone', 'returning', 'returned')),
  planned_id uuid,
  planned_name text,
  target_id uuid,
  target_name text,
  tries int NOT NULL DEFAULT 0,
  moved_bytes bigint,
  total_bytes bigint,
  detail text NOT NULL DEFAULT '' CHECK (length(detail) <= 500),
  started_at timestamptz(3),
  ended_at timestamptz(3),
  PRIMARY KEY (maintenance_id, uuid)
);
-- What plans have promised, asked with every plan.
CREATE INDEX maintenance_vm_target_id_idx ON maintenance_vm (target_id) WHERE state IN ('waiting', 'moving', 'moved', 'returning');

-- The right to force, not before its time, once, by who asked, on the node as it was seen. Only the hash of the session is kept.
CREATE TABLE force_challenge (
  id uuid PRIMARY KEY,
  node_id uuid NOT NULL,
  node_version int NOT NULL,
  actor_id uuid NOT NULL,
  session_hash bytea NOT NULL,
  not_before timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL CHECK (expires_at > not_before),
  used_at timestamptz(3)
);
CREATE INDEX force_challenge_expires_at_idx ON force_challenge (expires_at);
