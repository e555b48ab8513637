-- What lists sort and filter by: the memory given to virtual machines, and what is left for more of them. From the last inspection.
ALTER TABLE node ADD COLUMN vm_memory_total_bytes bigint, ADD COLUMN vm_memory_available_bytes bigint;

UPDATE node SET vm_memory_total_bytes = given, vm_memory_available_bytes = greatest(0, memory_bytes - given)
FROM (
  SELECT id AS node_id, (
    SELECT coalesce(sum((vm ->> 'memoryBytes')::bigint), 0) FROM jsonb_array_elements(inventory -> 'vms') vm
    WHERE vm ->> 'state' NOT IN ('shut off', 'crashed')
  ) AS given
  FROM node WHERE inventory -> 'hypervisor' ->> 'running' = 'true'
) AS found
WHERE node.id = found.node_id;
