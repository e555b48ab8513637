"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { saveFile } from "@/components/ui/save-file";
import { toast } from "@/components/ui/toast";
import type { EventFilter } from "@/lib/domain/events";

const UNREAD = "The events could not be read whole, and nothing was saved. Try again.";

/** Saves every event that matches the filter, not only those of the page. */
export function ExportEvents({ filter: { before: _page, ...filter }, nodeId }: { filter: EventFilter; nodeId: string | undefined }) {
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const said = await fetchFile({ ...filter, node: nodeId }).catch(() => UNREAD);
    setBusy(false);
    if (said) toast.error(said, { duration: Infinity });
  };
  return (
    <Button size="small" className="no-print" busy={busy} onClick={() => void save()}>
      <Download aria-hidden size={14} /> Export CSV
    </Button>
  );
}

/** Resolves to why it was refused, or to null. Rejects when the answer ended early. */
async function fetchFile(asked: Record<string, string | undefined>): Promise<string | null> {
  const query = new URLSearchParams(Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  const answer = await fetch(`/api/v1/events?${query}`);
  if (!answer.ok) {
    const { reason, hint } = (await answer.json()) as { reason: string; hint?: string }; // our own server's answer, see the route
    return [reason, hint].filter(Boolean).join(" ");
  }
  const [, name = "events.csv"] = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "") ?? [];
  saveFile(await answer.blob(), name);
  return null;
}
