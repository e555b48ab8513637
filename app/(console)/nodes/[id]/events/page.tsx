import { notFound } from "next/navigation";
import { EventsList } from "@/components/events/events-list";
import { StatusStrip } from "@/components/nodes/tabs/status-strip";
import { EventFilter } from "@/lib/domain/events";
import { lastDay } from "@/lib/services/events/history";
import { eventActors, eventPage } from "@/lib/services/events/read";
import { requireUser } from "@/lib/auth";
import { readNode } from "../node";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NodeEventsPage({ params, searchParams }: Props) {
  await requireUser();
  const node = await readNode((await params).id);
  if (!node) notFound();
  const filter = EventFilter.parse(await searchParams);
  const [page, actors, spans] = await Promise.all([eventPage(filter, node.id), eventActors(node.id), lastDay(node, new Date())]);
  return (
    <div className="grid gap-5">
      <StatusStrip spans={spans} />
      <EventsList page={page} filter={filter} actors={actors} nodeId={node.id} />
    </div>
  );
}
