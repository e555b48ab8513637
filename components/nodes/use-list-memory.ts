"use client";

import { useEffect } from "react";
import type { NodeRow } from "@/lib/services/nodes/read";
import { LIST_KEY, type ListMemory } from "./list-memory";

const MOST = 10_000;
const REST_MS = 500;

/** Leaves what is listed, and its address, for the pages of the nodes: they lead back to it, and to the next one in it. */
export function useListMemory(rows: readonly NodeRow[]): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      const memory: ListMemory = { search: location.search, ids: rows.slice(0, MOST).map(({ id }) => id) };
      sessionStorage.setItem(LIST_KEY, JSON.stringify(memory));
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [rows]);
}
