import { useEffect, useState } from "react";
import type { AddressFault } from "@/lib/services/nodes/addresses";

/** After the last key. */
const REST_MS = 300;

type Known = { asked: string; faults: ReadonlyMap<string, AddressFault>; state: "read" | "unread" };
const NOTHING: Known = { asked: "", faults: new Map(), state: "read" };

/** What the server has against each of these addresses, asked when nobody types any more. */
export function useAddressFaults(ips: readonly string[]) {
  const asked = ips.join();
  const [known, setKnown] = useState(NOTHING);
  useEffect(() => {
    if (asked === "") return;
    const leaving = new AbortController();
    const ask = async () => {
      const answer = await fetch(`/api/v1/addresses?ips=${asked}`, { signal: leaving.signal }).catch(() => null);
      if (leaving.signal.aborted) return;
      const faults = answer?.ok ? ((await answer.json()) as AddressFault[]) : []; // our own server's answer, see the route
      setKnown({ asked, faults: new Map(faults.map((fault) => [fault.ip, fault])), state: answer?.ok ? "read" : "unread" });
    };
    const timer = setTimeout(() => void ask(), REST_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [asked]);
  // What is known of an address stays true while others are typed.
  return { faults: known.faults, state: asked === known.asked || asked === "" ? known.state : ("reading" as const) };
}
