import { Callout } from "@/components/ui/callout";
import { Disclosure } from "@/components/ui/disclosure";
import { ProgressBar } from "@/components/ui/progress-bar";
import { RelativeTime } from "@/components/ui/relative-time";
import type { DrainProgress } from "@/lib/domain/drain-progress";
import { formatDuration } from "@/lib/domain/units";
import { DRAIN } from "@/lib/messages/maintenance";
import type { MaintenanceView } from "@/lib/services/maintenance/read";
import type { NodeRow } from "@/lib/services/nodes/read";
import { DrainButtons } from "./drain-buttons";
import { DrainLines } from "./drain-lines";
import { Frame } from "./frame";

/** How far the drain is, what becomes of each VM, until when, and what can be done meanwhile. */
export function Drain({ node, stay }: { node: NodeRow; stay: MaintenanceView }) {
  const { progress, lines, actorName, reason, rules } = stay;
  const stands = node.operation === null;
  return (
    <Frame
      title={DRAIN.title}
      aside={
        <>
          {DRAIN.asked(actorName)} <RelativeTime value={stay.startedAt} />
          {reason && <>: {reason}</>}
        </>
      }
      actions={<DrainButtons node={node} stands={stands} />}
    >
      {stands && (
        <Callout kind="warning" role="alert" title={DRAIN.stands}>
          <p className="text-ink">{node.statusReason}</p>
          <p>{DRAIN.standing}</p>
        </Callout>
      )}
      <div className="grid gap-1.5">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span role="status" className="font-medium">
            {stands && progress.count ? DRAIN.movedOf(progress.moved, progress.count) : at(progress)}
          </span>
          {progress.totalBytes > 0 && <span>{DRAIN.bytes(progress.movedBytes, progress.totalBytes)}</span>}
          {progress.leftMs !== null && <span>{DRAIN.left(formatDuration(Math.max(1000, progress.leftMs)))}</span>}
          {progress.failed > 0 && <span className="font-medium text-danger">{DRAIN.couldNot(progress.failed)}</span>}
          {node.deadlineAt && (
            <span className="text-sm text-muted sm:ms-auto">
              {DRAIN.deadline[rules.deadline]} <RelativeTime value={node.deadlineAt} /> {DRAIN.unless}
            </span>
          )}
        </p>
        {progress.totalBytes > 0 && <ProgressBar share={progress.movedBytes / progress.totalBytes} />}
      </div>
      {lines.length > 0 && (
        <Disclosure open summary={DRAIN.lines} className="-mx-2">
          <DrainLines label={DRAIN.lines} lines={lines} tries={rules.tries} />
        </Disclosure>
      )}
    </Frame>
  );
}

const at = ({ count, over }: DrainProgress): string => (count ? DRAIN.at(Math.min(over + 1, count), count) : DRAIN.none);
