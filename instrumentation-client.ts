import { ROUTER_SENT } from "./components/shell/router-sent";

/** Next.js calls this when somebody goes somewhere, and not when a page is only read again: see components/shell/address.ts. */
export function onRouterTransitionStart(url: string): void {
  dispatchEvent(new CustomEvent(ROUTER_SENT, { detail: url }));
}
