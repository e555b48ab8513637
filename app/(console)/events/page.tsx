import type { Metadata } from "next";
import { EventsList } from "@/components/events/events-list";
import { VerifyChain } from "@/components/events/verify-chain";
import { PageFrame } from "@/components/shell/page-frame";
import { eventPage } from "@/lib/services/events/read";
import { requireUser } from "@/lib/auth";

export const metadata: Metadata = { title: "Events" };

export default async function EventsPage({ searchParams }: { searchParams: Promise<{ before?: string }> }) {
  await requireUser();
  const { before } = await searchParams;
  const page = await eventPage(before && /^\d{1,18}$/.test(before) ? { before: BigInt(before) } : {});
  return (
    <PageFrame crumbs={[{ label: "Events" }]} title="Events" actions={<VerifyChain />}>
      <EventsList page={page} older="/events" />
    </PageFrame>
  );
}
