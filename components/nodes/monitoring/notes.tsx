"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { useServerNow } from "@/components/shell/live-updates";
import { STALE_SECONDS } from "@/lib/domain/sample-times";
import { MONITORING, NEVER_SAMPLED } from "@/lib/messages/monitoring";
import type { NodeRow } from "@/lib/services/nodes/read";
import { useSamplesOf } from "../use-heartbeat";

const LOOK_MS = 2000;
const MS = 1000;

/** Above the charts while no samples come: since when, and why. `sampledAt` in seconds since 1970. */
export function StaleNote({ node: { silence, status, hostKeyChanged, hostKeyRevoked }, sampledAt }: { node: NodeRow; sampledAt: number }) {
  const serverNow = useServerNow();
  const [stale, setStale] = useState(false);
  useEffect(() => {
    const look = () => setStale(serverNow() / MS - sampledAt > STALE_SECONDS);
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [sampledAt, serverNow]);
  if (!stale) return null;
  const { title, since, unknown } = MONITORING.stale;
  const why =
    status === "Out"
      ? NEVER_SAMPLED.out
      : hostKeyChanged
        ? NEVER_SAMPLED[hostKeyRevoked ? "revoked" : "hostKey"]
        : (silence?.reason ?? unknown);
  return (
    <Callout kind="warning" role="status" title={title}>
      {since} <RelativeTime value={sampledAt * MS} />. {why} {silence?.hint}
    </Callout>
  );
}

/** Instead of charts, until the first sample comes. */
export function NeverSampled({
  node: { id, silence, status, hostKeyChanged, hostKeyRevoked },
  joined,
}: {
  node: NodeRow;
  joined: boolean;
}) {
  const router = useRouter();
  useSamplesOf(id, () => router.refresh());
  const why = () => {
    if (status === "Out") return NEVER_SAMPLED.out;
    if (!joined) return NEVER_SAMPLED.candidate;
    if (hostKeyChanged) return NEVER_SAMPLED[hostKeyRevoked ? "revoked" : "hostKey"];
    return silence ? `${silence.reason} ${silence.hint ?? ""}` : NEVER_SAMPLED.soon;
  };
  return <EmptyState title={NEVER_SAMPLED.title}>{why()}</EmptyState>;
}
