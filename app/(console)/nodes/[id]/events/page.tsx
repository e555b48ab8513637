import { EventsList } from "@/components/events/events-list";
import { eventPage } from "@/lib/services/events/read";
import { requireUser } from "@/lib/auth";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ before?: string }> };

export default async function NodeEventsPage({ params, searchParams }: Props) {
  await requireUser();
  const { id } = await params;
  const { before } = await searchParams;
  const page = await eventPage({ nodeId: id, ...(before && /^\d{1,18}$/.test(before) ? { before: BigInt(before) } : {}) });
  return <EventsList page={page} nodeId={id} older={`/nodes/${id}/events`} />;
}
