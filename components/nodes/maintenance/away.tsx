import { Callout } from "@/components/ui/callout";
import { STAY } from "@/lib/messages/maintenance";
import type { MaintenanceView } from "@/lib/services/maintenance/read";
import type { NodeRow } from "@/lib/services/nodes/read";
import { DrainLines } from "./drain-lines";
import { Frame } from "./frame";
import { OpenButton } from "./open-button";

/** After the stay: what Regent moved away and nobody has brought back, and what runs nowhere. */
export function Away({ node, stay: { lines, rules } }: { node: NodeRow; stay: MaintenanceView }) {
  const looking = node.operation?.kind === "cancelMaintenance";
  const returning = lines.filter(({ state }) => state === "returning");
  const away = lines.filter(({ state, targetId }) => state === "moved" && targetId !== null);
  const lost = lines.filter(({ state, detail }) => state === "stopped" && detail !== "");
  if (node.status === "Out" || (!looking && !away.length && !returning.length && !lost.length)) return null;
  const count = away.length + returning.length;
  return (
    <Frame
      title={looking ? STAY.lookingBack : count ? STAY.away(count) : STAY.lost(lost.length)}
      actions={!looking && count > 0 && <OpenButton command="moveBack" node={node} />}
    >
      {!looking && lost.length > 0 && (
        <Callout kind="danger" title={STAY.lost(lost.length)}>
          {lost.map(({ name, detail }) => `${name}: ${detail}`).join(" ")}
        </Callout>
      )}
      {!looking &&
        count > 0 &&
        (returning.length > 0 ? (
          <DrainLines label={STAY.away(count)} lines={[...returning, ...away]} tries={rules.tries} />
        ) : (
          <p className="wrap-anywhere text-muted">{STAY.elsewhere(away)}</p>
        ))}
    </Frame>
  );
}
