import type { Metadata } from "next";
import { Suspense } from "react";
import { AddButton } from "@/components/nodes/add-button";
import { NodesList } from "@/components/nodes/list";
import { NodesSummary } from "@/components/nodes/summary";
import { PageFrame } from "@/components/shell/page-frame";
import { nodeRows } from "@/lib/services/nodes/read";
import { requireUser } from "@/lib/auth";

export const metadata: Metadata = { title: "Nodes" };

export default async function NodesPage() {
  await requireUser();
  const rows = await nodeRows();
  return (
    <PageFrame crumbs={[{ label: "Nodes" }]} title="Nodes" summary={<NodesSummary initial={rows} />} actions={<AddButton />}>
      <Suspense>
        <NodesList initial={rows} />
      </Suspense>
    </PageFrame>
  );
}
