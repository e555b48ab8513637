"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { OperationFilter, OperationPage } from "@/lib/services/operations/page";
import type { OperationView } from "@/lib/services/operations/read";
import { useLiveMessages } from "./live-updates";

export const isRunning = ({ status }: Pick<OperationView, "status">): boolean => status === "pending" || status === "running";

const matches = (filter: OperationFilter, view: OperationView, userId: string): boolean =>
  ({ all: true, running: isRunning(view), failed: view.status === "failed", mine: view.actorId === userId })[filter];

/** Newest first, as the pages come. */
const order = (a: OperationView, b: OperationView): number =>
  a.createdAt === b.createdAt ? (a.id < b.id ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1;

/** Known operations as they are now, with those that are new. Parts of work on many nodes stand in their whole. */
export function merged(known: OperationView[], told: OperationView[]): OperationView[] {
  const byId = new Map([...known, ...told.filter(({ parentId }) => parentId === null)].map((view) => [view.id, view]));
  return [...byId.values()].toSorted(order);
}

export type Operations = { shown: OperationView[]; older: string | null; state: "reading" | "read" | "unread"; readOlder: () => void };

async function pageOf(filter: OperationFilter, before: string | null): Promise<OperationPage | null> {
  const query = new URLSearchParams({ filter, ...(before ? { before } : {}) });
  const answer = await fetch(`/api/v1/operations?${query}`).catch(() => null);
  return answer?.ok ? ((await answer.json()) as OperationPage) : null; // our own server's answer, see the route
}

/** The region's operations through a filter, a page at a time, kept true by the stream. */
export function useOperations(filter: OperationFilter, userId: string): Operations {
  const [{ known, older, state }, set] = useState<{ known: OperationView[]; older: string | null; state: Operations["state"] }>({
    known: [],
    older: null,
    state: "reading",
  });
  const asked = useRef(filter);
  /** What the stream has told since the last question: newer than its answer. */
  const told = useRef<OperationView[]>([]);
  const read = useCallback(
    async (before: string | null) => {
      asked.current = filter;
      told.current = [];
      const page = await pageOf(filter, before);
      if (asked.current !== filter) return; // the answer to a question that nobody asks any more
      set((now) =>
        page
          ? { known: merged(before ? merged(now.known, page.operations) : page.operations, told.current), older: page.older, state: "read" }
          : { ...now, state: "unread" },
      );
    },
    [filter],
  );
  useEffect(() => {
    // Of another question nothing is known yet, not even that there is nothing.
    set((now) => ({ ...now, older: null, state: "reading" }));
    void read(null);
  }, [read]);
  useLiveMessages((message) => {
    if (message.type === "resync") return void read(null);
    const { operations } = message.patch;
    told.current.push(...operations);
    if (operations.length)
      set((now) => ({
        ...now,
        known: merged(
          now.known,
          operations.filter((view) => belongs(now, view)),
        ),
      }));
  });
  return { shown: known.filter((view) => matches(filter, view, userId)), older, state, readOlder: () => void read(older) };
}

/** What is older than the pages read so far comes with its own page. */
const belongs = ({ known, older }: { known: OperationView[]; older: string | null }, view: OperationView): boolean =>
  older === null || view.createdAt >= (known.at(-1)?.createdAt ?? "");
