import type { Metadata } from "next";
import { EventsList } from "@/components/events/events-list";
import { VerifyChain } from "@/components/events/verify-chain";
import { PageFrame } from "@/components/shell/page-frame";
import { eventPage } from "@/lib/services/events/read";

export const metadata: Metadata = { title: "Events" };

export default async function EventsPage({ searchParams }: { searchParams: Promise<{ before?: string }> }) {
  const { before } = await searchParams;
  const page = await eventPage(before && /^\d{1,18}$/.test(before) ? { before: BigInt(before) } : {});
  return (
    <PageFrame crumbs={[{ label: "Events" }]} title="Events" actions={<VerifyChain />}>
      <EventsList page={page} older="/events" />
    </PageFrame>
  );
}
