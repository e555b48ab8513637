import type { Metadata } from "next";
import { EventsList } from "@/components/events/events-list";
import { VerifyChain } from "@/components/events/verify-chain";
import { PageFrame } from "@/components/shell/page-frame";
import { EventFilter } from "@/lib/domain/events";
import { eventActors, eventPage } from "@/lib/services/events/read";
import { requireUser } from "@/lib/auth";

export const metadata: Metadata = { title: "Events" };

export default async function EventsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  await requireUser();
  const filter = EventFilter.parse(await searchParams);
  const [page, actors] = await Promise.all([eventPage(filter), eventActors()]);
  return (
    <PageFrame crumbs={[{ label: "Events" }]} title="Events" actions={<VerifyChain />}>
      <EventsList page={page} filter={filter} actors={actors} />
    </PageFrame>
  );
}
