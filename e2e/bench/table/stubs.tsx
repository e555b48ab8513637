/** What of the console the list asks for and the benchmark has not: a router, an address, a stream. Nothing of it is measured. */
import type { ComponentProps } from "react";
import { SAMPLED_AT } from "./rows";

const nothing = () => undefined;
export const useRouter = () => ({ push: nothing, refresh: nothing });
export const usePathname = () => "/nodes";
export const useSearchParams = () => new URLSearchParams();
export const useLiveMessages = nothing;
export const useLiveSamples = nothing;
/** When the rows were measured: nothing is stale, on no side. */
const now = () => Date.parse(SAMPLED_AT);
export const useServerNow = () => now;
export const useDataAge = () => ({ stale: false, since: 0 });

/** next/link without a router. */
export default function Link({ prefetch: _prefetch, ...anchor }: ComponentProps<"a"> & { prefetch?: boolean }) {
  return <a {...anchor} />;
}
