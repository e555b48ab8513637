-- Alarms: what is watched, in which state it is, whom that is told, and what was told.

-- Whom Regent writes to: a mailbox, or an address that takes a request.
CREATE TABLE notify_target (
  id            uuid PRIMARY KEY,
  kind          text NOT NULL CHECK (kind IN ('email', 'webhook')),
  name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  address       text NOT NULL CHECK (length(address) BETWEEN 3 AND 2000),
  body          text CHECK (body IN ('regent', 'slack', 'pagerduty')),
  sealed        bytea CHECK (substring(sealed FROM 1 FOR 4) = 'RGS1'::bytea AND length(sealed) BETWEEN 60 AND 8192),
  enabled       boolean NOT NULL DEFAULT true,
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  -- The last that arrived; since when nothing does, and what the far side says.
  arrived_at    timestamptz(3),
  failing_since timestamptz(3),
  problem       text,
  CHECK ((kind = 'webhook') = (body IS NOT NULL))
);
CREATE UNIQUE INDEX notify_target_kind_address_key ON notify_target (kind, address);

CREATE TABLE mail_server (
  id            integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  host          text NOT NULL CHECK (length(host) BETWEEN 1 AND 255),
  port          integer NOT NULL CHECK (port BETWEEN 1 AND 65535),
  security      text NOT NULL CHECK (security IN ('starttls', 'tls', 'none')),
  login         text,
  sealed        bytea CHECK (substring(sealed FROM 1 FOR 4) = 'RGS1'::bytea AND length(sealed) BETWEEN 60 AND 4096),
  -- A certificate that is trusted besides those of the system, as PEM.
  authority     text CHECK (length(authority) <= 20000),
  sender        text NOT NULL CHECK (length(sender) BETWEEN 3 AND 254),
  set_at        timestamptz(3) NOT NULL DEFAULT now(),
  failing_since timestamptz(3),
  problem       text,
  CHECK (login IS NOT NULL OR sealed IS NULL)
);

CREATE TABLE alarm (
  id               uuid PRIMARY KEY,
  name             text NOT NULL CHECK (length(name) BETWEEN 1 AND 255 AND name !~ '[[:cntrl:]]'),
  description      text NOT NULL DEFAULT '' CHECK (length(description) <= 1024),
  severity         text NOT NULL CHECK (severity IN ('critical', 'warning', 'info')),
  scope            text NOT NULL CHECK (scope IN ('node', 'tag', 'all', 'region')),
  node_id          uuid REFERENCES node (id) ON DELETE CASCADE ON UPDATE CASCADE,
  tag              text,
  -- See lib/domain/alarms/config.ts.
  rule             jsonb NOT NULL,
  actions_enabled  boolean NOT NULL DEFAULT true,
  muted_until      timestamptz(3),
  muted_by         text,
  mute_note        text,
  -- Rises with every change by a person; a stale one is refused.
  version          integer NOT NULL DEFAULT 1,
  actor_id         uuid,
  actor_name       text NOT NULL,
  idempotency_key  text,
  created_at       timestamptz(3) NOT NULL DEFAULT now(),
  updated_at       timestamptz(3) NOT NULL DEFAULT now(),
  CHECK ((scope = 'node') = (node_id IS NOT NULL)),
  CHECK ((scope = 'tag') = (tag IS NOT NULL)),
  CHECK ((muted_until IS NULL) = (muted_by IS NULL))
);
CREATE UNIQUE INDEX alarm_name_key ON alarm (name);
CREATE UNIQUE INDEX alarm_actor_id_idempotency_key_key ON alarm (actor_id, idempotency_key);
CREATE INDEX alarm_node_id_idx ON alarm (node_id);

-- Whom a change to this state is told.
CREATE TABLE alarm_action (
  alarm_id  uuid NOT NULL REFERENCES alarm (id) ON DELETE CASCADE ON UPDATE CASCADE,
  state     text NOT NULL CHECK (state IN ('OK', 'ALARM', 'INSUFFICIENT_DATA')),
  target_id uuid NOT NULL REFERENCES notify_target (id) ON DELETE CASCADE ON UPDATE CASCADE,
  PRIMARY KEY (alarm_id, state, target_id)
);
CREATE INDEX alarm_action_target_id_idx ON alarm_action (target_id);

-- An alarm over many nodes has a state for each; one of the region has one, without a node.
CREATE TABLE alarm_subject (
  id           uuid PRIMARY KEY,
  alarm_id     uuid NOT NULL REFERENCES alarm (id) ON DELETE CASCADE ON UPDATE CASCADE,
  node_id      uuid REFERENCES node (id) ON DELETE CASCADE ON UPDATE CASCADE,
  state        text NOT NULL DEFAULT 'INSUFFICIENT_DATA' CHECK (state IN ('OK', 'ALARM', 'INSUFFICIENT_DATA')),
  since        timestamptz(3) NOT NULL DEFAULT now(),
  reason       text NOT NULL DEFAULT '',
  value        double precision,
  -- The state that was told last: what changed while nobody was told is made good afterwards.
  told         text NOT NULL DEFAULT 'INSUFFICIENT_DATA',
  -- The number of the last transition: a message names it, so that each is told once.
  seq          integer NOT NULL DEFAULT 0,
  -- Why it could not be evaluated: no statement about the node.
  problem      text,
  -- Why nobody is told at present, and since when.
  muted        text,
  muted_since  timestamptz(3),
  acked_at     timestamptz(3),
  acked_by     text,
  ack_note     text,
  CHECK ((muted IS NULL) = (muted_since IS NULL)),
  CHECK ((acked_at IS NULL) = (acked_by IS NULL))
);
CREATE UNIQUE INDEX alarm_subject_alarm_id_node_id_key ON alarm_subject (alarm_id, node_id) NULLS NOT DISTINCT;
CREATE INDEX alarm_subject_node_id_idx ON alarm_subject (node_id);
CREATE INDEX alarm_subject_state ON alarm_subject (state) WHERE state <> 'OK';

-- Without foreign keys: what happened outlives the alarm and the node.
CREATE TABLE alarm_transition (
  id         uuid PRIMARY KEY,
  alarm_id   uuid NOT NULL,
  alarm_name text NOT NULL,
  severity   text NOT NULL,
  node_id    uuid,
  node_name  text,
  seq        integer NOT NULL,
  was        text NOT NULL,
  becomes    text NOT NULL CHECK (becomes <> was),
  at         timestamptz(3) NOT NULL,
  reason     text NOT NULL,
  value      double precision,
  -- Why nobody was told.
  muted      text
);
CREATE UNIQUE INDEX alarm_transition_alarm_id_node_id_seq_key ON alarm_transition (alarm_id, node_id, seq) NULLS NOT DISTINCT;
CREATE INDEX alarm_transition_node_id_at_idx ON alarm_transition (node_id, at);
CREATE INDEX alarm_transition_at_idx ON alarm_transition (at);

-- A time in which nobody is woken: for an alarm, a node, a tag, or all.
CREATE TABLE mute_window (
  id         uuid PRIMARY KEY,
  name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  scope      text NOT NULL CHECK (scope IN ('alarm', 'node', 'tag', 'all')),
  alarm_id   uuid REFERENCES alarm (id) ON DELETE CASCADE ON UPDATE CASCADE,
  node_id    uuid REFERENCES node (id) ON DELETE CASCADE ON UPDATE CASCADE,
  tag        text,
  -- Once or recurring: lib/domain/alarms/mute.ts.
  times      jsonb NOT NULL,
  actor_id   uuid,
  actor_name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CHECK ((scope = 'alarm') = (alarm_id IS NOT NULL)),
  CHECK ((scope = 'node') = (node_id IS NOT NULL)),
  CHECK ((scope = 'tag') = (tag IS NOT NULL))
);
CREATE INDEX mute_window_alarm_id_idx ON mute_window (alarm_id);
CREATE INDEX mute_window_node_id_idx ON mute_window (node_id);

-- The last round of each rhythm that was evaluated. Its row is locked for the round: one worker evaluates it, and a change of an alarm waits.
CREATE TABLE alarm_round (
  seconds integer PRIMARY KEY CHECK (seconds IN (10, 60)),
  at      timestamptz(3) NOT NULL
);
INSERT INTO alarm_round (seconds, at) VALUES (10, '1970-01-01'), (60, '1970-01-01');

-- What a metric without samples was worth, from when to when. Written by the rounds, for what an alarm watches.
CREATE TABLE metrics.fact (
  metric   text NOT NULL,
  node_id  uuid,
  from_at  timestamptz(3) NOT NULL,
  until_at timestamptz(3) NOT NULL,
  value    double precision NOT NULL
);
CREATE INDEX fact_until ON metrics.fact (metric, node_id, until_at);

-- Something to tell somebody, written in the transaction that makes it true. A delivery takes what is due of one target together.
CREATE TABLE notification (
  id          uuid PRIMARY KEY,
  target_id   uuid NOT NULL REFERENCES notify_target (id) ON DELETE CASCADE ON UPDATE CASCADE,
  -- What it says: lib/domain/notes.ts. It stands by itself: alarm and node may be gone when it is sent.
  note        jsonb NOT NULL,
  alarm_id    uuid,
  node_id     uuid,
  seq         integer,
  created_at  timestamptz(3) NOT NULL DEFAULT now(),
  due_at      timestamptz(3) NOT NULL DEFAULT now(),
  delivery_id uuid
);
-- A transition is told to a target once, whatever is done twice.
CREATE UNIQUE INDEX notification_once ON notification (target_id, alarm_id, node_id, seq) NULLS NOT DISTINCT WHERE alarm_id IS NOT NULL;
CREATE INDEX notification_waiting ON notification (target_id, due_at) WHERE delivery_id IS NULL;
CREATE INDEX notification_delivery_id_idx ON notification (delivery_id);
CREATE INDEX notification_alarm_id_created_at_idx ON notification (alarm_id, created_at);

-- One mail or one request. Its Message-ID is known before it is sent, so that whoever gets it twice can tell.
CREATE TABLE delivery (
  id           uuid PRIMARY KEY,
  target_id    uuid NOT NULL REFERENCES notify_target (id) ON DELETE CASCADE ON UPDATE CASCADE,
  message_id   text NOT NULL,
  state        text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dead')),
  created_at   timestamptz(3) NOT NULL DEFAULT now(),
  next_at      timestamptz(3) NOT NULL DEFAULT now(),
  attempts     integer NOT NULL DEFAULT 0,
  leased_until timestamptz(3),
  ended_at     timestamptz(3),
  -- What the far side said last.
  answer       text,
  CHECK ((state = 'waiting') = (ended_at IS NULL))
);
CREATE UNIQUE INDEX delivery_message_id_key ON delivery (message_id);
CREATE INDEX delivery_waiting ON delivery (next_at) WHERE state = 'waiting';
CREATE INDEX delivery_target_id_created_at_idx ON delivery (target_id, created_at);
ALTER TABLE notification ADD CONSTRAINT notification_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery (id) ON DELETE SET NULL ON UPDATE CASCADE;

CREATE FUNCTION tell_browsers_of_alarm() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  PERFORM pg_notify('regent_live', json_build_object('alarm', coalesce(changed ->> 'alarm_id', changed ->> 'id'), 'node', changed ->> 'node_id')::text);
  RETURN NULL;
END $$;
CREATE TRIGGER tell_browsers AFTER INSERT OR UPDATE OR DELETE ON alarm FOR EACH ROW EXECUTE FUNCTION tell_browsers_of_alarm();
CREATE TRIGGER tell_browsers AFTER INSERT OR DELETE ON alarm_subject FOR EACH ROW EXECUTE FUNCTION tell_browsers_of_alarm();
CREATE TRIGGER tell_browsers_of_change AFTER UPDATE ON alarm_subject FOR EACH ROW
  WHEN ((OLD.state, OLD.muted, OLD.acked_at, OLD.problem, OLD.value) IS DISTINCT FROM (NEW.state, NEW.muted, NEW.acked_at, NEW.problem, NEW.value))
  EXECUTE FUNCTION tell_browsers_of_alarm();
CREATE FUNCTION tell_browsers_of_notices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('regent_live', '{"notices": true}');
  RETURN NULL;
END $$;
CREATE TRIGGER tell_browsers AFTER INSERT OR UPDATE ON delivery FOR EACH STATEMENT EXECUTE FUNCTION tell_browsers_of_notices();
CREATE TRIGGER tell_browsers AFTER INSERT OR UPDATE OR DELETE ON notify_target FOR EACH STATEMENT EXECUTE FUNCTION tell_browsers_of_notices();
CREATE TRIGGER tell_browsers AFTER INSERT OR UPDATE OR DELETE ON mail_server FOR EACH STATEMENT EXECUTE FUNCTION tell_browsers_of_notices();
