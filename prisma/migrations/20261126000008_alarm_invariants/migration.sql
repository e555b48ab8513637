-- What must never be so of alarms, beside what must never be so of nodes.
ALTER VIEW invariants RENAME TO node_invariants;
CREATE VIEW invariants AS
SELECT id, node_id, node_name, sentence FROM node_invariants
UNION ALL
-- A state that its own history does not tell.
SELECT 'I15', s.node_id, n.name, format('“%s” is %s (%s), and its history ends with %s (%s).', a.name, s.state, s.seq,
                                        coalesce(t.becomes, 'INSUFFICIENT_DATA'), coalesce(t.seq, 0))
FROM alarm_subject s JOIN alarm a ON a.id = s.alarm_id LEFT JOIN node n ON n.id = s.node_id
LEFT JOIN LATERAL (
  SELECT seq, becomes FROM alarm_transition WHERE alarm_id = s.alarm_id AND node_id IS NOT DISTINCT FROM s.node_id ORDER BY seq DESC LIMIT 1
) t ON true
WHERE s.seq > 0 AND (s.seq IS DISTINCT FROM t.seq OR s.state IS DISTINCT FROM t.becomes)
UNION ALL
-- A message that is due and that nobody takes up: what waits behind another that can not be delivered yet is in hand.
SELECT 'I15', t.node_id, NULL, format('A message to %s is due since %s, and nobody sends it.', g.name, t.due_at)
FROM notification t JOIN notify_target g ON g.id = t.target_id
WHERE t.delivery_id IS NULL AND g.enabled AND t.due_at < now() - interval '15 minutes'
  AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.target_id = t.target_id AND (d.state = 'waiting' OR d.created_at > now() - interval '15 minutes'))
UNION ALL
-- One that can not be delivered is tried at least every five minutes, for a day.
SELECT 'I15', NULL, NULL, format('A message to %s was to be tried again at %s, and nobody does.', g.name, d.next_at)
FROM delivery d JOIN notify_target g ON g.id = d.target_id
WHERE d.state = 'waiting' AND g.enabled AND d.next_at < now() - interval '15 minutes'
  AND (d.leased_until IS NULL OR d.leased_until < now() - interval '15 minutes');
