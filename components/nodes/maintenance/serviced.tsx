import { Callout } from "@/components/ui/callout";
import { Disclosure } from "@/components/ui/disclosure";
import { RelativeTime } from "@/components/ui/relative-time";
import { formatDuration } from "@/lib/domain/units";
import { DRAIN, STAY } from "@/lib/messages/maintenance";
import type { MaintenanceView } from "@/lib/services/maintenance/read";
import type { NodeRow } from "@/lib/services/nodes/read";
import { DrainLines } from "./drain-lines";
import { Frame } from "./frame";
import { OpenButton } from "./open-button";

/** What was done to get it here, against what was planned; after a forced one, what was skipped and how to repair it. */
export function Serviced({ node, stay }: { node: NodeRow; stay: MaintenanceView }) {
  const { lines, forced, reason, actorName, startedAt, enteredAt, housekeeping, rules } = stay;
  return (
    <Frame
      title={forced ? STAY.forced : STAY.title}
      aside={
        <>
          {DRAIN.asked(actorName)} <RelativeTime value={(forced && enteredAt) || startedAt} />
          {reason && <>: {reason}</>}
        </>
      }
      actions={<OpenButton command="activate" node={node} />}
    >
      {housekeeping.length > 0 && (
        <Callout kind="warning" title={STAY.skipped}>
          <ul role="list" className="mt-1 grid gap-2">
            {housekeeping.map(({ skipped, repair }) => (
              <li key={skipped}>
                <span className="text-ink">{skipped}</span>
                <span className="block">{repair}</span>
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {!forced && <p>{lines.length ? outcomeOf(stay) : STAY.nothing}</p>}
      {lines.length > 0 && (
        <Disclosure summary={STAY.show} className="-mx-2">
          <DrainLines label={STAY.show} lines={lines} tries={rules.tries} />
        </Disclosure>
      )}
    </Frame>
  );
}

function outcomeOf({ lines, startedAt, enteredAt }: MaintenanceView): string {
  const moved = lines.filter(({ state }) => state === "moved");
  const asPlanned = moved.filter(({ plannedName, targetName }) => plannedName === targetName).length;
  return STAY.outcome(moved.length, lines.length, asPlanned, formatDuration(Date.parse(enteredAt ?? startedAt) - Date.parse(startedAt)));
}
