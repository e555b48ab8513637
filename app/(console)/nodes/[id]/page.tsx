import { redirect } from "next/navigation";
import { requireUser } from "@/lib/auth";

export default async function NodePage({ params }: { params: Promise<{ id: string }> }) {
  await requireUser();
  redirect(`/nodes/${(await params).id}/overview`);
}
