"use client";

import { useEffect, useRef } from "react";
import { canonicalAddress } from "@/lib/domain/list-address";
import type { NodeRow } from "@/lib/services/nodes/read";
import { LIST_KEY, type ListMemory } from "./list-memory";

const MOST = 10_000;
const REST_MS = 500;

type Left = { search: string; rows: readonly NodeRow[] };

/** Leaves what is listed, and its address, for the pages of the nodes: they lead back to it, and to the next one in it. */
export function useListMemory(rows: readonly NodeRow[]): void {
  const newest = useRef<Left>({ search: "", rows });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    newest.current = { search: location.search, rows };
    // A busy region changes more often than this: the first change is written in time, with all that came after it.
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      leave(newest.current);
    }, REST_MS);
  }, [rows]);
  useEffect(
    () => () => {
      if (!timer.current) return;
      clearTimeout(timer.current);
      timer.current = undefined;
      leave(newest.current);
    },
    [],
  );
}

function leave({ search, rows }: Left): void {
  // The list's own part of the address: an open dialog is not what somebody comes back for.
  const memory: ListMemory = { search: canonicalAddress(search), ids: rows.slice(0, MOST).map(({ id }) => id) };
  try {
    sessionStorage.setItem(LIST_KEY, JSON.stringify(memory));
  } catch {
    return; // without storage, the pages of the nodes lead back to the whole list
  }
}
