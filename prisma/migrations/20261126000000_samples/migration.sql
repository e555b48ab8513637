-- What is measured. Written and read by plain SQL, packed as lib/domain/pack.ts says: a row of a model for each value would be sixty
-- times as large. In a schema of its own, which Prisma does not look into.
CREATE SCHEMA metrics;

-- The newest sample of each node, written with every one: `last` holds the code of each metric, `tail` the samples since node_hour was
-- written. It is small because it is written so often; most of each page stays free, so that an update stays on its page.
CREATE TABLE metrics.node_now (
  node_id    uuid PRIMARY KEY REFERENCES node (id) ON DELETE CASCADE,
  sampled_at timestamptz(3) NOT NULL,
  boot_id    uuid,
  last       bytea NOT NULL,
  tail       bytea NOT NULL
) WITH (fillfactor = 50);

-- Written once a minute: the hour of the sparklines (lib/domain/trends.ts), and the ten minutes that are under way.
CREATE TABLE metrics.node_hour (
  node_id     uuid PRIMARY KEY REFERENCES node (id) ON DELETE CASCADE,
  ring_minute integer NOT NULL,
  ring        bytea NOT NULL,
  chunk_start timestamptz(0) NOT NULL,
  chunk       bytea NOT NULL
) WITH (fillfactor = 50);
ALTER TABLE metrics.node_hour ALTER COLUMN ring SET STORAGE MAIN, ALTER COLUMN chunk SET STORAGE MAIN;

-- What is asked once a minute: free space, services, virtual machines (lib/domain/survey.ts).
CREATE TABLE metrics.node_survey (
  node_id     uuid PRIMARY KEY REFERENCES node (id) ON DELETE CASCADE,
  surveyed_at timestamptz(3) NOT NULL,
  survey      jsonb NOT NULL
);

-- A node that is not reached: since when, and why. No row: its samples come.
CREATE TABLE metrics.node_silence (
  node_id uuid PRIMARY KEY REFERENCES node (id) ON DELETE CASCADE,
  since   timestamptz(3) NOT NULL,
  refusal jsonb NOT NULL
);

-- History, by level (lib/domain/levels.ts). Without foreign keys: it outlives the node, and goes with its partition.
CREATE TABLE metrics.sample_10s (node_id uuid NOT NULL, start timestamptz(0) NOT NULL, data bytea NOT NULL, PRIMARY KEY (node_id, start)) PARTITION BY RANGE (start);
CREATE TABLE metrics.sample_1m  (node_id uuid NOT NULL, start timestamptz(0) NOT NULL, data bytea NOT NULL, PRIMARY KEY (node_id, start)) PARTITION BY RANGE (start);
CREATE TABLE metrics.sample_5m  (node_id uuid NOT NULL, start timestamptz(0) NOT NULL, data bytea NOT NULL, PRIMARY KEY (node_id, start)) PARTITION BY RANGE (start);
CREATE TABLE metrics.sample_1h  (node_id uuid NOT NULL, start timestamptz(0) NOT NULL, data bytea NOT NULL, PRIMARY KEY (node_id, start)) PARTITION BY RANGE (start);

-- How far each coarser level has been made from the one before it.
CREATE TABLE metrics.sample_progress (level text PRIMARY KEY, until timestamptz(0) NOT NULL);
