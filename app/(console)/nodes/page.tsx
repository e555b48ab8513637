import type { Metadata } from "next";
import { Suspense } from "react";
import { AddButton } from "@/components/nodes/add-button";
import { NodesList } from "@/components/nodes/list";
import { NodesSummary } from "@/components/nodes/summary";
import { ViewSwitch } from "@/components/nodes/view-switch";
import { PageFrame } from "@/components/shell/page-frame";
import { consoleRegion } from "@/lib/services/nodes/console-region";
import { nodeRows } from "@/lib/services/nodes/read";
import { requireUser } from "@/lib/auth";

export const metadata: Metadata = { title: "Nodes" };

export default async function NodesPage() {
  await requireUser();
  const [rows, { name }] = await Promise.all([nodeRows(), consoleRegion()]);
  return (
    <PageFrame
      fill
      crumbs={[{ label: "Nodes" }]}
      title="Nodes"
      summary={<NodesSummary initial={rows} />}
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
        <NodesList initial={rows} regionName={name} />
      </Suspense>
    </PageFrame>
  );
}
