"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { KeyValues } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { useConsole } from "@/components/shell/console-context";
import { joinNode } from "@/lib/actions/nodes";
import { joinChecks } from "@/lib/domain/join-checks";
import { NODE_ROLES, type NodeRole } from "@/lib/domain/roles";
import { DIALOGS, FIELDS } from "@/lib/messages/mission";
import { Checks } from "../checks";
import { LinkDetails } from "../link-details";
import { ROLE_OPTIONS } from "../role-options";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";
import { JOIN_WORDS } from "./words";

export function JoinDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  const { settings, region } = useConsole();
  const [role, setRole] = useState<NodeRole>(node.role);
  const { inventory, convergedMacs } = node;
  const checks = inventory ? joinChecks({ inventory, convergedMacs, role, region, settings }) : [];
  return (
    <NodeDialog
      command="join"
      node={node}
      {...DIALOGS.join}
      confirm={`Join ${node.name} as ${NODE_ROLES[role].label}?`}
      joinRole={role}
      size="large"
      words={JOIN_WORDS}
      onSubmit={(_, key, target) => joinNode({ ...target, role }, key)}
      onClose={onClose}
    >
      <div className="grid gap-5">
        <KeyValues
          items={[
            { label: FIELDS.nodeIp, value: <code>{node.ip}</code> },
            { label: "Inspected", value: node.inspectedAt && <RelativeTime value={node.inspectedAt} /> },
          ]}
        />
        {inventory && <LinkDetails links={inventory.links} convergedMacs={convergedMacs} />}
        <Field label={FIELDS.role}>
          {(control) => (
            <Select
              {...control}
              value={role}
              options={ROLE_OPTIONS}
              onChange={(event) => setRole(event.target.value === "Control" ? "Control" : "Worker")}
            />
          )}
        </Field>
        <Checks checks={checks} />
      </div>
    </NodeDialog>
  );
}
