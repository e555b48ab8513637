"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo, useSyncExternalStore } from "react";

/**
 * The query of the address, for what a page shows without asking the server: the open dialog, the filter, the range of a chart.
 *
 * It is kept apart from Next's router. That takes a changed query for a page it has to fetch, and all links for pages to fetch again; and
 * a refresh that meets such a change leaves the page waiting for an answer that never comes. So the router keeps the address that it went
 * to itself, and what is written here stands in the browser's. What is drawn follows at once, and not when a transition is over.
 */

/** The router's address of an entry of the history; a page's own entries have it, so that Back among them asks nobody. */
const ROUTED = "regentRouted";

const addressNow = (): string => location.pathname + location.search + location.hash;

/** What the page itself wrote last, over the router's address of the same path; null while the router's address is what is shown. */
let own: { pathname: string; search: string } | null = null;
let routed = "";
const listeners = new Set<() => void>();

const ownAddress = (): typeof own => own;
const tell = (): void => listeners.forEach((listener) => listener());

function write(how: "pushState" | "replaceState", address: string): void {
  // The prototype's, which the router has not laid its own over.
  History.prototype[how].call(history, { ...(history.state as object | null), [ROUTED]: routed }, "", address);
  own = { pathname: location.pathname, search: location.search };
  tell();
}

/** A new entry: Back leads to the address before. `address` is of the path that is shown. No request is made. */
export const pushAddress = (address: string): void => write("pushState", address);
/** The same entry with another query: Back leads to where it led before. */
export const replaceAddress = (address: string): void => write("replaceState", address);

/** The path that is shown with a query. */
export const withQuery = (query: URLSearchParams): string => (query.size ? `${location.pathname}?${query}` : location.pathname);

/** The query that is shown, at once after it was written; it must not be changed. */
export function useQuery(): URLSearchParams {
  const pathname = usePathname();
  const fromRouter = useSearchParams().toString();
  const shown = useSyncExternalStore(subscribe, ownAddress, () => null);
  const query = shown?.pathname === pathname ? shown.search : fromRouter;
  return useMemo(() => new URLSearchParams(query), [query]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** When the router goes somewhere, its address is shown; when it only draws again where it is, what the page wrote stays. */
function follow(how: "pushState" | "replaceState"): void {
  const before = history[how].bind(history);
  history[how] = (data: unknown, unused: string, url?: string | URL | null) => {
    const address = url ? new URL(url, location.href) : null;
    const to = address && address.pathname + address.search + address.hash;
    if (how === "replaceState" && own && to === routed)
      return before({ ...(data as object | null), [ROUTED]: routed }, unused, addressNow());
    before(data, unused, url);
    routed = addressNow();
    if (!own) return;
    own = null;
    queueMicrotask(tell); // the router writes while React commits
  };
}

if (typeof window !== "undefined") {
  routed = addressNow();
  follow("pushState");
  follow("replaceState");
  addEventListener(
    "popstate",
    (event) => {
      const state = event.state as Record<string, unknown> | null;
      // Without a state the browser went to another "#" of the same page.
      if (!state || (state[ROUTED] ?? addressNow()) === routed) {
        event.stopImmediatePropagation();
        own = { pathname: location.pathname, search: location.search };
      } else {
        // The router goes there; until it has, its page stays as it is.
        routed = "";
        if (own?.pathname === location.pathname) own = { pathname: location.pathname, search: location.search };
      }
      tell();
    },
    { capture: true },
  );
}
