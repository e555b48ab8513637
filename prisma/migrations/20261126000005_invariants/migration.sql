-- What is broken at this moment, one row per violation, by the numbers of the trust model. Triggers and indexes refuse most of it;
-- this tells of what came past them: a defect of ours, a restored backup, a hand in the database. Reading it changes nothing.
-- I9 reads every event there is; `WHERE id <> 'I9'` leaves it out before anything is read.
CREATE VIEW invariants (id, node_id, node_name, sentence) AS
-- In maintenance runs nothing, as the newest survey since then saw it, unless it was forced.
SELECT 'I2', n.id, n.name, format('%s is In maintenance and runs %s.', n.name, runs.names)
FROM node n
JOIN metrics.node_survey s ON s.node_id = n.id
LEFT JOIN maintenance m ON m.node_id = n.id AND m.ended_at IS NULL
CROSS JOIN LATERAL (
  SELECT string_agg(vm ->> 'name', ', ' ORDER BY vm ->> 'name') AS names
  FROM jsonb_array_elements(CASE WHEN jsonb_typeof(s.survey -> 'vms') = 'array' THEN s.survey -> 'vms' ELSE '[]' END) vm
  WHERE vm ->> 'state' NOT IN ('shut off', 'crashed')) runs
WHERE n.status = 'InMaintenance' AND NOT coalesce(m.forced, false) AND runs.names IS NOT NULL
  AND s.surveyed_at > coalesce(m.entered_at, n.status_since)
UNION ALL
-- A stay that is open belongs to a node that is in it.
SELECT 'I3', m.node_id, m.node_name, format('A maintenance of %s is open, and the node is %s.', m.node_name, coalesce(n.status::text, 'gone'))
FROM maintenance m LEFT JOIN node n ON n.id = m.node_id
WHERE m.ended_at IS NULL AND (n.status IS NULL OR n.status NOT IN ('EnteringMaintenance', 'InMaintenance'))
UNION ALL
SELECT 'I4', o.node_id, min(o.node_name), format('%s operations are active on %s: %s.', count(*), min(o.node_name), string_agg(o.kind, ', ' ORDER BY o.created_at))
FROM operation o WHERE o.status IN ('pending', 'running') AND o.node_id IS NOT NULL
GROUP BY o.node_id HAVING count(*) > 1
UNION ALL
-- What its last survey saw, and what it can not have seen: what is on the way or arrived since.
SELECT 'I5', n.id, n.name, format('%s has %s MiB for virtual machines; %s MiB are given and promised.', n.name, n.memory_bytes / 1048576,
                                  div(coalesce(n.vm_memory_total_bytes, 0) + p.bytes, 1048576))
FROM node n
LEFT JOIN metrics.node_survey s ON s.node_id = n.id
CROSS JOIN LATERAL (
  SELECT sum(v.memory_bytes) AS bytes FROM maintenance_vm v JOIN maintenance m ON m.id = v.maintenance_id
  WHERE v.target_id = n.id
    AND ((v.state = 'waiting' AND m.ended_at IS NULL)
      OR (v.state = 'moving' AND m.ended_at IS NULL AND v.started_at > coalesce(s.surveyed_at, n.inspected_at))
      OR (v.state = 'moved' AND v.ended_at > coalesce(s.surveyed_at, n.inspected_at)))) p
WHERE n.status = 'Active' AND coalesce(n.vm_memory_total_bytes, 0) + p.bytes > n.memory_bytes
UNION ALL
SELECT 'I8', c.node_id, n.name, format('A force of %s was confirmed at %s; its confirmation was good from %s to %s.', coalesce(n.name, 'a node that is gone'),
                                       c.used_at, c.not_before, c.expires_at)
FROM force_challenge c LEFT JOIN node n ON n.id = c.node_id
WHERE c.used_at < c.not_before OR c.used_at >= c.expires_at
UNION ALL
SELECT 'I9', NULL, NULL, format('The chain of events breaks at event %s.', broken.at)
FROM (SELECT event_chain_break() AS at) broken WHERE broken.at IS NOT NULL
UNION ALL
-- Each change of a status begins where the one before it ended.
SELECT 'I9', e.node_id, e.node_name, format('Event %s takes %s from %s, where the event before it had left it %s.', e.id, e.node_name,
                                            coalesce(e.from_status::text, 'nothing'), e.was)
FROM (SELECT id, node_id, node_name, from_status, lag(to_status) OVER (PARTITION BY node_id ORDER BY id) AS was
      FROM event WHERE kind = 'node.status' AND node_id IS NOT NULL) e
WHERE e.was IS NOT NULL AND e.from_status IS DISTINCT FROM e.was
UNION ALL
-- And the newest one ends where the node is.
SELECT 'I9', n.id, n.name, format('%s is %s, and its last event says %s.', n.name, n.status, last.to_status)
FROM node n
JOIN LATERAL (SELECT e.to_status FROM event e WHERE e.node_id = n.id AND e.to_status IS NOT NULL ORDER BY e.id DESC LIMIT 1) last ON true
WHERE last.to_status <> n.status
UNION ALL
-- Who is on the way has an operation, a deadline that is watched, or a reason that waits for a person. A drain's own deadline is its
-- operation's: without one, nobody ends it.
SELECT 'I12', n.id, n.name, format('%s is %s, and nobody works on it: %s.', n.name, n.status,
  CASE WHEN n.deadline_at IS NULL THEN 'it has no operation, no deadline and no reason' ELSE format('its deadline was %s', n.deadline_at) END)
FROM node n
WHERE n.status IN ('Approved', 'Starting', 'Activating', 'Unfencing', 'EnteringMaintenance')
  AND NOT EXISTS (SELECT 1 FROM operation o WHERE o.node_id = n.id AND o.status IN ('pending', 'running'))
  AND CASE WHEN n.status = 'EnteringMaintenance' THEN n.deadline_at IS NOT NULL OR n.status_reason IS NULL
           ELSE n.deadline_at IS NULL OR n.deadline_at < now() - interval '1 minute' END;
