"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { NODE_FILTERS, type NodeFilter } from "@/lib/domain/status";

const isFilter = (text: string): text is NodeFilter => Object.hasOwn(NODE_FILTERS, text);

/** The filters stand in the address: a pasted link shows the same rows. */
export function useFilterAddress() {
  const pathname = usePathname();
  const search = useSearchParams();
  const text = search.get("filter") ?? "";
  const filters = useMemo(() => text.split(",").filter(isFilter), [text]);
  const showOut = search.get("out") === "1";
  const write = (change: Record<string, string>) => {
    const next = new URLSearchParams(search);
    for (const [key, value] of Object.entries(change)) {
      if (value) next.set(key, value);
      else next.delete(key);
    }
    history.replaceState(null, "", next.size ? `${pathname}?${next}` : pathname);
  };
  return {
    filters,
    showOut,
    toggle: (filter: NodeFilter) =>
      write({ filter: (filters.includes(filter) ? filters.filter((other) => other !== filter) : [...filters, filter]).join(",") }),
    toggleOut: () => write({ out: showOut ? "" : "1" }),
    clear: () => write({ filter: "" }),
  };
}
