"use client";

import { useRef, useState } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { RelativeTime } from "@/components/ui/relative-time";
import { removeNode } from "@/lib/actions/maintenance";
import { REMOVE } from "@/lib/messages/maintenance";
import { WARNINGS } from "@/lib/messages/mission";
import type { Refusal } from "@/lib/outcome";
import type { RemovalView } from "@/lib/services/maintenance/last-removal";
import type { DialogNode } from "./node-of";
import { requestKey } from "@/components/shell/request-key";
import { UNREACHED } from "./shell";

type RemovalNotesProps = {
  node: DialogNode;
  /** Undefined until it is read. */
  removal: RemovalView | undefined;
  /** Reads `removal` again. */
  onAsked: () => Promise<void>;
};

/** What the last look at the machine found. It stands, with its button and the focus on that, while the next one is under way. */
export function RemovalNotes({ node, removal, onAsked }: RemovalNotesProps) {
  const found = removal?.found;
  const check = <CheckAgain node={node} running={removal?.running ?? false} onAsked={onAsked} />;
  const { code, reason = "", hint } = found?.refusal ?? {};
  if (code === "pools-degraded")
    return (
      <Callout kind="danger" role="alert" title={WARNINGS.removePools} actions={check}>
        <p className="font-medium text-ink">{WARNINGS.removeDataLoss}</p>
        <p>
          {/* The reason begins with the caution, which stands above. */}
          {reason.replace(WARNINGS.removePools, "").trim()} <Found at={found?.endedAt} />
        </p>
      </Callout>
    );
  if (code === "pools-unknown")
    return (
      <Callout kind="warning" title={REMOVE.unknown} actions={check}>
        {reason} {WARNINGS.removePools}
      </Callout>
    );
  if (code)
    return (
      <Callout kind="warning" title={REMOVE.refused} actions={check}>
        {reason} {hint} <Found at={found?.endedAt} />
      </Callout>
    );
  if (found?.checkOnly)
    return (
      <Callout kind="success" role="status" title={REMOVE.healthy}>
        <Found at={found.endedAt} />
      </Callout>
    );
  return <Callout kind="warning">{WARNINGS.removePools}</Callout>;
}

const Found = ({ at }: { at: string | undefined }) =>
  at && (
    <span className="text-sm">
      {REMOVE.found} <RelativeTime value={at} />.
    </span>
  );

/** Looks, and removes nothing. */
function CheckAgain({ node, running, onAsked }: { node: DialogNode; running: boolean; onAsked: () => Promise<void> }) {
  const key = useRef(requestKey());
  const [sent, setSent] = useState(false);
  const check = async () => {
    setSent(true);
    const outcome = await removeNode({ nodeId: node.id, version: node.version, checkOnly: true, recordOnly: false }, key.current).catch(
      (): Refusal => UNREACHED,
    );
    await onAsked(); // Otherwise the button would rest until the stream tells that it runs.
    setSent(false);
    if (outcome !== UNREACHED) key.current = requestKey();
    if (!outcome.ok) toast.error(outcome.reason, { description: outcome.hint });
  };
  return (
    <Button busy={sent || running} onClick={() => void check()}>
      {REMOVE.check}
    </Button>
  );
}
