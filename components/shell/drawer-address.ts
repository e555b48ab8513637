"use client";

import { pushAddress, replaceAddress, useQuery, withQuery } from "./address";

/** The drawer without an operation that is looked at in particular. */
export const ALL_OPERATIONS = "operations";

/** What the drawer shows stands in the address, so that a reload and a pasted link show the same; null while it is closed. */
export const useDrawerAddress = (): string | null => useQuery().get("drawer");

/** Also for what stands outside of React, as a toast does. Back closes what was opened. */
export const openDrawer = (shown: string = ALL_OPERATIONS): void => pushAddress(at(shown));
/** Goes on within the open drawer. */
export const turnDrawer = (shown: string): void => replaceAddress(at(shown));
export const closeDrawer = (): void => replaceAddress(at(null));

function at(shown: string | null): string {
  const next = new URLSearchParams(location.search);
  if (shown === null) next.delete("drawer");
  else next.set("drawer", shown);
  return withQuery(next);
}
