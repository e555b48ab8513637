"use client";

import { CopyText } from "@/components/ui/copy-text";
import { Field } from "@/components/ui/field";
import { KeyValues } from "@/components/ui/key-values";
import { Textarea } from "@/components/ui/textarea";
import { retrustHostKey } from "@/lib/actions/nodes";
import { HOST_KEYS } from "@/lib/messages/host-keys";
import { TOASTS } from "@/lib/messages/mission";
import type { DialogNode } from "./node-of";
import { HostKeyHelp } from "./host-key";
import { NodeDialog } from "./shell";
import { inspectWords } from "./words";

export function RetrustDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  const { type = "", sha256 = "", revoked } = node.changedHostKey ?? {};
  return (
    <NodeDialog
      command="retrust"
      node={node}
      title={revoked ? HOST_KEYS.retrustTitle(node.ip) : `The host key of ${node.ip} changed`}
      description={
        revoked
          ? `${HOST_KEYS.revokedBy(revoked.by, revoked.reason)} ${HOST_KEYS.retrustHelp}`
          : "Either the server was reinstalled, or someone intercepts the connection. Nothing is sent to it until you trust the new key."
      }
      submit="Trust and re-inspect"
      danger
      words={{ ...inspectWords(node.name), success: TOASTS.retrusted(node.name) }}
      onSubmit={(form, key, target) => retrustHostKey({ ...target, hostKey: { type, sha256 }, reason: String(form.get("reason")) }, key)}
      onClose={onClose}
    >
      {(refusal) => (
        <div className="grid gap-4">
          <KeyValues
            items={[
              {
                label: "Trusted until now",
                value: <CopyText name="old fingerprint" text={`${node.hostKey.type} ${node.hostKey.sha256}`} />,
              },
              { label: "Seen now", value: <CopyText name="new fingerprint" text={`${type} ${sha256}`} /> },
            ]}
          />
          <HostKeyHelp type={type} />
          <Field
            label="Reason"
            required
            help="Kept in the event log. At least 10 characters."
            error={refusal?.field === "reason" ? refusal.reason : null}
          >
            {(control) => <Textarea {...control} name="reason" rows={2} />}
          </Field>
        </div>
      )}
    </NodeDialog>
  );
}
