"use client";

import { useEffect, useMemo, useRef } from "react";
import { replaceAddress, useQuery, withQuery } from "@/components/shell/address";
import { useConsole } from "@/components/shell/console-context";
import { DEFAULT_ADDRESS, formatAddress, parseAddress, type ListAddress } from "@/lib/domain/list-address";
import { COLUMN_IDS, type ColumnId } from "@/lib/domain/node-sort";

type Change = Partial<ListAddress> | ((now: ListAddress) => Partial<ListAddress>);

const isColumn = (id: string): id is ColumnId => (COLUMN_IDS as readonly string[]).includes(id);

/**
 * What the list shows. The address decides, then what the person likes, then what is as delivered. Columns and widths that
 * somebody changes become both: the address for who gets the link, the preference for the next visit.
 */
export function useListAddress() {
  const search = useQuery();
  const { preferences, setPreferences } = useConsole();
  const address = useMemo(() => parseAddress(search), [search]);
  const shown = useMemo(() => {
    const liked = preferences.listColumns?.filter(isColumn);
    return {
      columns: address.columns ?? (liked?.length ? liked : COLUMN_IDS),
      widths: { ...preferences.listWidths, ...address.widths },
    };
  }, [address, preferences]);
  // A second quick press finds what the first one made of it before that is drawn.
  const newest = useRef<{ columns: readonly string[]; widths: Readonly<Record<string, number>> }>(shown);
  useEffect(() => void (newest.current = shown), [shown]);

  return useMemo(() => {
    // From the address itself: a second press may come before the first one has been drawn.
    const write = (change: Change) => {
      const search = new URLSearchParams(location.search);
      const now = parseAddress(search);
      const parameters = formatAddress({ ...now, ...(typeof change === "function" ? change(now) : change) }, search);
      replaceAddress(withQuery(parameters));
    };
    return {
      ...address,
      ...shown,
      density: address.density ?? preferences.density,
      set: write,
      setColumns: (change: (now: readonly string[]) => readonly string[]) => {
        const known = change(newest.current.columns).filter(isColumn);
        newest.current = { ...newest.current, columns: known };
        const delivered = known.join() === COLUMN_IDS.join();
        write({ columns: delivered ? null : known });
        setPreferences({ listColumns: delivered ? null : known });
      },
      setWidths: (change: (now: Readonly<Record<string, number>>) => Readonly<Record<string, number>>) => {
        const rounded = Object.fromEntries(Object.entries(change(newest.current.widths)).map(([id, width]) => [id, Math.round(width)]));
        newest.current = { ...newest.current, widths: rounded };
        write({ widths: Object.fromEntries(Object.entries(rounded).filter(([id]) => isColumn(id))) });
        setPreferences({ listWidths: rounded });
      },
      /** Shows every node again; what is seen of each, and in which order, stays. */
      clear: () => write({ q: DEFAULT_ADDRESS.q, filters: [], out: false }),
    };
  }, [address, shown, preferences.density, setPreferences]);
}

export type ListAddressState = ReturnType<typeof useListAddress>;
