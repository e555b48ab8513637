"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
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
  const pathname = usePathname();
  const search = useSearchParams();
  const { preferences, setPreferences } = useConsole();
  const address = useMemo(() => parseAddress(new URLSearchParams(search)), [search]);
  const liked = preferences.listColumns?.filter(isColumn);

  return useMemo(() => {
    // From the address itself: a second press may come before the first one has been drawn.
    const write = (change: Change) => {
      const search = new URLSearchParams(location.search);
      const now = parseAddress(search);
      const parameters = formatAddress({ ...now, ...(typeof change === "function" ? change(now) : change) }, search);
      history.replaceState(null, "", parameters.size ? `${pathname}?${parameters}` : pathname);
    };
    return {
      ...address,
      columns: address.columns ?? (liked?.length ? liked : COLUMN_IDS),
      widths: { ...preferences.listWidths, ...address.widths },
      density: address.density ?? preferences.density,
      set: write,
      setColumns: (columns: readonly string[]) => {
        const known = columns.filter(isColumn);
        const delivered = known.join() === COLUMN_IDS.join();
        write({ columns: delivered ? null : known });
        setPreferences({ listColumns: delivered ? null : known });
      },
      setWidths: (widths: Record<string, number>) => {
        const rounded = Object.fromEntries(Object.entries(widths).map(([id, width]) => [id, Math.round(width)]));
        write({ widths: Object.fromEntries(Object.entries(rounded).filter(([id]) => isColumn(id))) });
        setPreferences({ listWidths: rounded });
      },
      /** Shows every node again; what is seen of each, and in which order, stays. */
      clear: () => write({ q: DEFAULT_ADDRESS.q, filters: [], out: false }),
    };
  }, [address, pathname, liked, preferences, setPreferences]);
}

export type ListAddressState = ReturnType<typeof useListAddress>;
