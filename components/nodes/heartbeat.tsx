"use client";

import { TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { useAbsoluteTime } from "@/components/ui/time-zone";
import { useServerNow } from "@/components/shell/live-updates";
import { STALE_SECONDS } from "@/lib/domain/sample-times";
import { formatAge } from "@/lib/domain/units";
import { HEARTBEAT } from "@/lib/messages/node";
import type { NodeRow } from "@/lib/services/nodes/read";
import { useHeartbeat } from "./use-heartbeat";

const LOOK_MS = 1000;
const MS = 1000;

type HeartbeatProps = {
  node: Pick<NodeRow, "id" | "status">;
  /** ISO 8601. */
  sampledAt: string;
  /** When the page was drawn, ms since 1970: the browser begins with what the server drew. */
  drawnAt: number;
};

/** How long ago the node answered last, by the server's clock and as samples come; from a minute on it is stale. */
export function Heartbeat({ node: { id, status }, sampledAt, drawnAt }: HeartbeatProps) {
  const serverNow = useServerNow();
  const absolute = useAbsoluteTime();
  const at = useHeartbeat(id, Date.parse(sampledAt) / MS) * MS;
  const [now, setNow] = useState(drawnAt);
  useEffect(() => {
    const look = () => setNow(serverNow());
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [serverNow]);
  // A sample may be newer than the last look at the clock.
  const age = Math.max(0, now - at);
  const stale = age > STALE_SECONDS * MS;
  const moment = new Date(at);
  const ago = (
    <time dateTime={moment.toISOString()} title={absolute(moment)}>
      {formatAge(age)}
    </time>
  );
  if (status === "Out")
    return (
      <>
        {ago}. <span className="text-muted">{HEARTBEAT.out}</span>
      </>
    );
  if (!stale) return ago;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <Badge tone="warning" glyph={<TriangleAlert aria-hidden />}>
        {HEARTBEAT.stale}
      </Badge>
      {ago}
    </span>
  );
}
