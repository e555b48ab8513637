import { redirect } from "next/navigation";

export default async function NodePage({ params }: { params: Promise<{ id: string }> }) {
  redirect(`/nodes/${(await params).id}/overview`);
}
