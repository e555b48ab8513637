"use client";

import { useEffect, useState } from "react";

export type Spark = { values: (number | null)[] };
export type Sparks = Readonly<Record<string, Spark>>;

const NONE: Sparks = {};
const AGAIN_MS = 60_000;

/** The last three hours of what is listed, by the ids of the subjects; read again each minute. Without an answer there are none. */
export function useSparks(ids: readonly string[]): Sparks {
  const [sparks, setSparks] = useState<Sparks>(NONE);
  const asked = ids.join();
  useEffect(() => {
    if (!asked) return;
    const gone = new AbortController();
    const ask = () =>
      void fetch(`/api/v1/alarms/sparks?subjects=${asked}`, { signal: gone.signal })
        .then(async (answer) => answer.ok && setSparks((await answer.json()) as Sparks)) // our own route
        .catch(() => undefined); // the next minute asks again
    ask();
    const timer = setInterval(() => document.hidden || ask(), AGAIN_MS);
    return () => {
      gone.abort();
      clearInterval(timer);
    };
  }, [asked]);
  return sparks;
}
