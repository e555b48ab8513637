import { notFound } from "next/navigation";
import { NodeAlarms } from "@/components/alarms/node-alarms";
import { Overview } from "@/components/nodes/tabs/overview";
import { NODE_STATUSES } from "@/lib/domain/status";
import { alarmsOfNode } from "@/lib/services/alarms/read";
import { lastInspection } from "@/lib/services/events/history";
import { readFencing } from "@/lib/services/fencing/read";
import { recentOperations } from "@/lib/services/operations/read";
import { requireUser } from "@/lib/auth";
import { readNode } from "../node";

export default async function OverviewPage({ params }: { params: Promise<{ id: string }> }) {
  await requireUser();
  const { id } = await params;
  const node = await readNode(id);
  if (!node) notFound();
  const [operations, inspection, fencing, alarms] = await Promise.all([
    recentOperations(1, id),
    lastInspection(id),
    readFencing(id),
    alarmsOfNode(id),
  ]);
  return (
    <Overview
      node={node}
      latest={operations[0] ?? null}
      inspection={inspection}
      fencing={fencing}
      alarms={NODE_STATUSES[node.status].joined && <NodeAlarms nodeId={id} {...alarms} />}
      now={new Date()}
    />
  );
}
