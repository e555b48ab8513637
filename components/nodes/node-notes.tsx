import { Callout, type CalloutKind } from "@/components/ui/callout";
import { RelativeTime } from "@/components/ui/relative-time";
import { NODE_STATUSES, type NodeStatus, type StatusGroup } from "@/lib/domain/status";
import { HOST_KEYS } from "@/lib/messages/host-keys";
import { FENCING_NOTES } from "@/lib/messages/fencing";
import { NODE_PAGE } from "@/lib/messages/node";
import type { NodeDetail } from "@/lib/services/nodes/read";

const KINDS: Partial<Record<StatusGroup, CalloutKind>> = { failed: "danger", fenced: "danger", inadequate: "warning" };

type NodeNotesProps = {
  node: Pick<NodeDetail, "ip" | "status" | "statusReason" | "changedHostKey" | "deadlineAt" | "silence" | "note">;
  /** Something else on the page says it. */
  statusSaid?: boolean;
};

/** A drain that takes too long never makes a node Failed: it waits, or is rolled back. */
const AT_DEADLINE: Partial<Record<NodeStatus, string>> = { EnteringMaintenance: "The drain ends" };

/** Why the node is in its status and what to do next, above every tab. A node that is simply well needs no note. */
export function NodeNotes({ node, statusSaid = false }: NodeNotesProps) {
  const { description, nextSteps, group } = NODE_STATUSES[node.status];
  const worthANote = !statusSaid && (node.statusReason !== null || nextSteps.length > 0 || node.deadlineAt !== null);
  return (
    <>
      {node.changedHostKey && (
        <Callout kind="danger" title={node.changedHostKey.revoked ? HOST_KEYS.retrustTitle(node.ip) : `The host key of ${node.ip} changed`}>
          {node.changedHostKey.revoked && `${HOST_KEYS.revokedBy(node.changedHostKey.revoked.by, node.changedHostKey.revoked.reason)} `}
          Nothing is sent to it until an Admin compares the {!node.changedHostKey.revoked && "new "}key and trusts it: Actions, Re-trust
          host key.
        </Callout>
      )}
      {node.silence && (
        <Callout
          kind="warning"
          title={
            <>
              {NODE_PAGE.silent} <RelativeTime value={node.silence.since} />
            </>
          }
        >
          {node.silence.reason} {node.silence.hint}
        </Callout>
      )}
      {node.note && <Note note={node.note} fenced={node.status === "Fenced"} />}
      {worthANote && (
        <Callout kind={KINDS[group] ?? "info"} title={node.statusReason ?? description}>
          {(nextSteps.length > 0 || node.deadlineAt) && (
            <ul>
              {nextSteps.map((step) => (
                <li key={step}>{step}</li>
              ))}
              {node.deadlineAt && (
                <li>
                  {AT_DEADLINE[node.status] ?? "Ends in Failed"} <RelativeTime value={node.deadlineAt} /> unless it is done before.
                </li>
              )}
            </ul>
          )}
        </Callout>
      )}
    </>
  );
}

/** What the status alone does not say: that a fence is due, or that the node answers again. */
function Note({ note: { kind, text, since }, fenced }: { note: NonNullable<NodeDetail["note"]>; fenced: boolean }) {
  const words = kind === "answers" ? FENCING_NOTES.answersAgain : fenced ? FENCING_NOTES.notBack : FENCING_NOTES.pending;
  return (
    <Callout
      kind={kind === "pending" && !fenced ? "warning" : "info"}
      title={
        <>
          {words} <RelativeTime value={since} />
        </>
      }
    >
      {text || FENCING_NOTES.answersHint}
    </Callout>
  );
}
