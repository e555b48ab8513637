import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { z } from "zod";
import { NodeActions } from "@/components/nodes/node-actions";
import { NodeHeader } from "@/components/nodes/node-header";
import { PageFrame } from "@/components/shell/page-frame";
import { TabsNav } from "@/components/ui/tabs-nav";
import { countEvents } from "@/lib/services/events/read";
import { nodeDetail } from "@/lib/services/nodes/read";
import { requireUser } from "@/lib/auth";

type Props = { params: Promise<{ id: string }>; children: ReactNode };

const readNode = async (id: string) => (z.uuid().safeParse(id).success ? nodeDetail(id) : null);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireUser();
  const node = await readNode((await params).id);
  return { title: node ? `${node.name} · Nodes` : "No such node" };
}

export default async function NodeLayout({ params, children }: Props) {
  await requireUser();
  const { id } = await params;
  const node = await readNode(id);
  if (!node) notFound();
  const tabs = [
    { href: `/nodes/${id}/overview`, label: "Overview" },
    { href: `/nodes/${id}/events`, label: "Events", count: await countEvents(id) },
  ];
  return (
    <PageFrame
      crumbs={[{ label: "Nodes", href: "/nodes" }, { label: node.name }]}
      title={<bdi>{node.name}</bdi>}
      summary={<NodeHeader node={node} />}
      actions={<NodeActions node={node} />}
    >
      <TabsNav label={`About ${node.name}`} tabs={tabs} />
      {children}
    </PageFrame>
  );
}
