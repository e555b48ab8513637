"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useMemo, useSyncExternalStore } from "react";
import { ROUTER_SENT } from "./router-sent";

/**
 * The query of the address, for what a page shows without asking the server: the open dialog, the filter, the range of a chart.
 *
 * It is kept apart from Next's router. That takes a changed query for a page it has to fetch, and all links for pages to fetch again; and
 * a refresh that meets such a change leaves the page waiting for an answer that never comes. So the router keeps the address that it went
 * to itself, and what is written here stands in the browser's. What is drawn follows at once, and not when a transition is over.
 */

/** The router's address of an entry of the history; a page's own entries have it, so that Back among them asks nobody. */
const ROUTED = "regent";

/** What the server draws by: the "#" is none of it, and may be a secret that is to be forgotten. "" is what is shown. */
function pageOf(address: string | URL): string {
  const { pathname, search } = new URL(address, location.href);
  return pathname + search;
}

/** What the page itself wrote last, over the router's address of the same path; null while the router's address is what is shown. */
let own: URL | null = null;
let routed = "";
let sent: string | null = null;
/** Of the entry that was shown last, for one that the browser made itself. */
let known: Record<string, unknown> | null = null;
const listeners = new Set<() => void>();

const here = () => new URL(location.href);
const ownAddress = (): typeof own => own;
const tell = (): void => listeners.forEach((listener) => listener());

/** By the prototype's own, which the router has not laid its own over. Without an address it stays as it is. */
function lay(how: "pushState" | "replaceState", state: unknown, address?: string): void {
  known = { ...(state as object | null), [ROUTED]: routed };
  History.prototype[how].call(history, known, "", address);
}

function write(how: "pushState" | "replaceState", address: string): void {
  lay(how, history.state, address);
  // A link to the page that is open already was pressed before this, and its answer comes after.
  if (sent === routed) sent = null;
  own = here();
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
    const to = pageOf(url ?? "");
    // Also where it would push: it can take a refresh for the link that was followed before.
    if (own && to === routed && to !== sent) return lay("replaceState", data);
    known = { ...(data as object | null), [ROUTED]: to };
    before(known, unused, url);
    [routed, sent] = [to, null];
    own = null;
    queueMicrotask(tell); // the router writes while React commits
  };
}

function goneTo(event: PopStateEvent): void {
  if (event.state || !routed) known = event.state as typeof known;
  else {
    // A "#" that the browser went to has no state, and could not be come back to.
    if (location.pathname !== routed.replace(/\?.*/, "")) return location.reload();
    lay("replaceState", known);
  }
  // While the router is on its way, it is called back.
  const mine = sent === null && (known?.[ROUTED] || pageOf("")) === routed;
  if (mine) event.stopImmediatePropagation();
  // The router goes there; until it has, its page stays as it is.
  else routed = "";
  if (mine || own?.pathname === location.pathname) own = here();
  tell();
}

if (typeof window !== "undefined") {
  routed = pageOf("");
  known = history.state as typeof known;
  follow("pushState");
  follow("replaceState");
  addEventListener("popstate", goneTo, true);
  addEventListener(ROUTER_SENT, (event) => {
    sent = pageOf((event as CustomEvent<string>).detail);
  });
}
