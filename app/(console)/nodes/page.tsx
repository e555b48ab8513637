import type { Metadata } from "next";
import { Suspense } from "react";
import { AddButton } from "@/components/nodes/add-button";
import { NodesList } from "@/components/nodes/list";
import { PageNodes } from "@/components/nodes/page-nodes";
import { NodesSummary } from "@/components/nodes/summary";
import { ViewSwitch } from "@/components/nodes/view-switch";
import { PageFrame } from "@/components/shell/page-frame";
import { packTable } from "@/lib/domain/table-wire";
import { consoleRegion } from "@/lib/services/nodes/console-region";
import { nodeRows } from "@/lib/services/nodes/read";
import { requireUser } from "@/lib/auth";

export const metadata: Metadata = { title: "Nodes" };

export default async function NodesPage() {
  await requireUser();
  const [rows, { name }] = await Promise.all([nodeRows(), consoleRegion()]);
  return (
    <PageNodes table={packTable(rows)}>
      <PageFrame
        fill
        crumbs={[{ label: "Nodes" }]}
        title="Nodes"
        summary={<NodesSummary />}
        actions={
          <>
            <Suspense>
              <ViewSwitch />
            </Suspense>
            <AddButton />
          </>
        }
      >
        <Suspense>
          <NodesList regionName={name} />
        </Suspense>
      </PageFrame>
    </PageNodes>
  );
}
