-- Whether one node reaches another's hypervisor, as it was last proved: the way on which virtual machines move.
CREATE TABLE node_peer (
  node_id uuid NOT NULL REFERENCES node (id) ON DELETE CASCADE ON UPDATE CASCADE,
  peer_id uuid NOT NULL REFERENCES node (id) ON DELETE CASCADE ON UPDATE CASCADE CHECK (peer_id <> node_id),
  checked_at timestamptz(3) NOT NULL DEFAULT now(),
  round_trip_ms real CHECK (round_trip_ms >= 0),
  refusal jsonb,
  PRIMARY KEY (node_id, peer_id)
);
CREATE INDEX node_peer_peer_id_idx ON node_peer (peer_id);
