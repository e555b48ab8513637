-- The ids alone: a whole row as JSON, with a node's inventory in it, took longer to make than the change that is told.
CREATE OR REPLACE FUNCTION tell_browsers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed record;
  told json;
BEGIN
  IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
  IF TG_TABLE_NAME = 'node' THEN told := json_build_object('node', changed.id);
  ELSIF TG_TABLE_NAME = 'operation' THEN told := json_build_object('operation', changed.id, 'node', changed.node_id);
  ELSIF TG_TABLE_NAME = 'operation_step' THEN told := json_build_object('operation', changed.operation_id);
  ELSE told := json_build_object('event', changed.id::text, 'node', changed.node_id);
  END IF;
  PERFORM pg_notify('regent_live', told::text);
  RETURN NULL;
END $$;
