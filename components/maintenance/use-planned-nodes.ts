import { useEffect, useState } from "react";
import { useLiveMessages } from "@/components/shell/live-updates";
import type { Refusal } from "@/lib/outcome";
import type { PreflightView } from "@/lib/services/maintenance/preflight";
import type { NodeRow } from "@/lib/services/nodes/read";

/** Whether a node could be taken out now: null yes, a refusal why not, "unknown" when nobody answered, undefined while it is asked. */
export type Possible = Refusal | "unknown" | null;

const AGAIN_MS = 5000;

/** The checks of these nodes as they are now, asked again while the dialog is open. */
export function useReadiness(nodes: readonly NodeRow[]): ReadonlyMap<string, Possible> {
  const [known, setKnown] = useState<ReadonlyMap<string, Possible>>(new Map());
  const ids = nodes.map(({ id }) => id).join();
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      for (const id of ids.split(",").filter(Boolean)) {
        const found = await preflightOf(id);
        if (over) return;
        setKnown((before) => new Map(before).set(id, found));
      }
      timer = setTimeout(() => void ask(), AGAIN_MS);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [ids]);
  return known;
}

async function preflightOf(id: string): Promise<Possible> {
  const answer = await fetch(`/api/v1/nodes/${id}/preflight`).catch(() => null);
  return answer?.ok ? ((await answer.json()) as PreflightView).refusal : "unknown"; // our own server's answer, see the route
}

/** The nodes of the plan in their order, kept true; null until those that the address names are read. */
export function usePlannedNodes(ids: string) {
  const [order, setOrder] = useState<string[] | null>(ids ? null : []);
  const [rows, setRows] = useState<NodeRow[]>([]);
  useEffect(() => {
    if (!ids) return;
    void fetch(`/api/v1/nodes?ids=${encodeURIComponent(ids)}`)
      .then(async (answer) => {
        const found = answer.ok ? ((await answer.json()) as NodeRow[]) : []; // our own server's answer, see the route
        setRows(found);
        setOrder(ids.split(",").filter((id) => found.some((row) => row.id === id)));
      })
      .catch(() => setOrder([])); // they can be added by hand
  }, [ids]);
  useLiveMessages((message) => {
    if (message.type === "resync") return;
    const told = new Map(message.patch.nodes.map((row) => [row.id, row]));
    setRows((known) => (known.some(({ id }) => told.has(id)) ? known.map((row) => told.get(row.id) ?? row) : known));
  });
  const nodes = (order ?? []).flatMap((id) => rows.find((row) => row.id === id) ?? []);
  return {
    nodes,
    loading: order === null,
    add: (row: NodeRow) => {
      setRows((known) => [...known.filter(({ id }) => id !== row.id), row]);
      setOrder((known) => [...(known ?? []).filter((id) => id !== row.id), row.id]);
    },
    remove: (id: string) => setOrder((known) => (known ?? []).filter((other) => other !== id)),
    move: (id: string, by: -1 | 1) => setOrder((known) => moved(known ?? [], id, by)),
  };
}

function moved(order: readonly string[], id: string, by: -1 | 1): string[] {
  const next = [...order];
  const from = next.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= next.length) return next;
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
