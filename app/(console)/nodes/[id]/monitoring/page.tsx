import { notFound } from "next/navigation";
import { MonitoringTab } from "@/components/nodes/tabs/monitoring";
import { requireUser } from "@/lib/auth";
import { readNode } from "../node";

export default async function MonitoringPage({ params }: { params: Promise<{ id: string }> }) {
  await requireUser();
  const node = await readNode((await params).id);
  if (!node) notFound();
  const { inventory: _, ...row } = node;
  return <MonitoringTab node={row} joined={node.joinedAt !== null} />;
}
