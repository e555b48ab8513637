import type { NodeRow } from "@/lib/services/nodes/read";
import type { MaintenanceView } from "@/lib/services/maintenance/read";
import { Away } from "./away";
import { Drain } from "./drain";
import { Serviced } from "./serviced";

/** A stay of a node out of service, above the tabs of its page: while it is drained, while it is serviced, and what is left to bring back. */
export function MaintenancePanel({ node, stay }: { node: NodeRow; stay: MaintenanceView | null }) {
  if (!stay) return null;
  if (stay.endedAt) return <Away node={node} stay={stay} />;
  if (node.status === "EnteringMaintenance") return <Drain node={node} stay={stay} />;
  return node.status === "InMaintenance" ? <Serviced node={node} stay={stay} /> : null;
}

/** Whether the panel says all that a note about the status would. */
export const coversStatus = ({ status }: Pick<NodeRow, "status">, stay: MaintenanceView | null): boolean =>
  stay !== null && stay.endedAt === null && (status === "EnteringMaintenance" || status === "InMaintenance");
