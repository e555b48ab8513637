"use client";

import { useMemo } from "react";
import { pushAddress, replaceAddress, useQuery, withQuery } from "@/components/shell/address";
import { formatRange, isMisread, parseRange, type TimeRange } from "@/lib/domain/time-range";

const COMPARE = "compare";

export type RangeChange = TimeRange | ((now: TimeRange) => TimeRange);

/** What the tab shows. It stands in the address alone, so that a link, a reload and the way back show the same. */
export function useRange() {
  const search = useQuery();
  return useMemo(() => {
    // A press that changes nothing is no step that Back would have to take.
    const go = (parameters: URLSearchParams, write: (address: string) => void) =>
      parameters.toString() === now().toString() || write(withQuery(parameters));
    const now = () => new URLSearchParams(location.search);
    return {
      range: parseRange(search),
      misread: isMisread(search),
      compare: search.get(COMPARE) === "1",
      /** Back leads to the range before. From the address itself: a second press may come before the first one has been drawn. */
      setRange: (range: RangeChange) => {
        const address = now();
        go(formatRange(typeof range === "function" ? range(parseRange(address)) : range, address), pushAddress);
      },
      setCompare: (compare: boolean) => {
        const parameters = now();
        if (compare) parameters.set(COMPARE, "1");
        else parameters.delete(COMPARE);
        go(parameters, replaceAddress);
      },
    };
  }, [search]);
}
