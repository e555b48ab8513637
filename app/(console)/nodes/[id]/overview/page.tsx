import { notFound } from "next/navigation";
import { Overview } from "@/components/nodes/tabs/overview";
import { nodeDetail } from "@/lib/services/nodes/read";
import { recentOperations } from "@/lib/services/operations/read";
import { requireUser } from "@/lib/auth";

export default async function OverviewPage({ params }: { params: Promise<{ id: string }> }) {
  await requireUser();
  const { id } = await params;
  const [node, operations] = await Promise.all([nodeDetail(id), recentOperations(1, id)]);
  if (!node) notFound();
  return <Overview node={node} latest={operations[0] ?? null} />;
}
