import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { coversStatus, MaintenancePanel } from "@/components/nodes/maintenance/panel";
import { PlanNote } from "@/components/maintenance/plan-note";
import { NodeActions } from "@/components/nodes/node-actions";
import { NodeHeader } from "@/components/nodes/node-header";
import { NodeNotes } from "@/components/nodes/node-notes";
import { NodePager } from "@/components/nodes/node-pager";
import { NodeTags } from "@/components/nodes/tags/node-tags";
import { PageFrame } from "@/components/shell/page-frame";
import { TabsNav } from "@/components/ui/tabs-nav";
import { lastMaintenance } from "@/lib/services/maintenance/read";
import { countEvents } from "@/lib/services/events/read";
import { planOfNode } from "@/lib/services/maintenance/plan/read";
import { NODE_TABS } from "@/lib/messages/node";
import { requireUser } from "@/lib/auth";
import { readNode } from "./node";

type Props = { params: Promise<{ id: string }>; children: ReactNode };

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
  // The inventory may be large, and the header needs little of it: what decides about Join.
  const { inventory, ...row } = node;
  const shown = { ...row, inventory: inventory && { links: row.candidate ? inventory.links : [] } };
  const stay = await lastMaintenance(id);
  const plan = await planOfNode(id);
  const counts: Partial<Record<keyof typeof NODE_TABS, number>> = {
    events: await countEvents(id),
    ...(inventory && {
      links: inventory.links.filter(({ type }) => type !== "loopback").length,
      disks: inventory.disks.length,
      vms: inventory.vms.length,
      services: inventory.services.length,
      pci: inventory.pci.length,
    }),
  };
  const tabs = (Object.keys(NODE_TABS) as (keyof typeof NODE_TABS)[]) // the keys of a const object are its type
    .map((tab) => ({ href: `/nodes/${id}/${tab}`, label: NODE_TABS[tab], ...(counts[tab] === undefined ? {} : { count: counts[tab] }) }));
  return (
    <PageFrame
      crumbs={[{ label: "Nodes", href: "/nodes" }, { label: node.name }]}
      aside={<NodePager id={id} />}
      title={<bdi>{node.name}</bdi>}
      summary={<NodeHeader node={shown} />}
      actions={<NodeActions node={shown} />}
    >
      <NodeTags node={row} />
      <NodeNotes node={row} statusSaid={coversStatus(row, stay)} />
      {plan && <PlanNote plan={plan} />}
      <MaintenancePanel node={shown} stay={stay} />
      <TabsNav label={`About ${node.name}`} tabs={tabs} />
      {children}
    </PageFrame>
  );
}
