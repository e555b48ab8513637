"use client";

import { useEffect, useEffectEvent } from "react";

const ASK_MS = 2000;
/** A page that fails though the database answers is at fault itself: it is not drawn over and over. */
const APART_MS = 60_000;
let triedAt = -APART_MS;

/**
 * A fault while drawing a page. The digest is the reference under which the server's log has the cause. It comes along with every
 * page, and is built of nothing that could be at fault itself.
 */
export default function PageFault({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const again = useEffectEvent(retry);
  useEffect(() => {
    let away = false;
    const ask = async () => {
      if (!(await databaseAnswers())) away = true;
      else if (away || performance.now() - triedAt > APART_MS) {
        triedAt = performance.now();
        again();
      }
    };
    const timer = setInterval(() => void ask(), ASK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <main id="main" className="mx-auto grid max-w-md justify-items-center gap-2 px-4 py-12 text-center">
      <h1 className="text-lg font-semibold">This page could not be shown</h1>
      <p className="text-muted">
        Regent failed inside itself, or PostgreSQL is away. Nothing was changed; the page comes back by itself when it can.
        {error.digest ? ` Reference ${error.digest}.` : ""}
      </p>
      <button
        type="button"
        className="mt-3 min-h-8 rounded-md bg-accent px-3 font-medium text-on-accent hover:bg-accent-strong"
        onClick={retry}
      >
        Try again
      </button>
    </main>
  );
}

async function databaseAnswers(): Promise<boolean> {
  const answer = await fetch("/readyz", { cache: "no-store", signal: AbortSignal.timeout(ASK_MS) }).catch(() => null);
  const checks = (await answer?.json().catch(() => null)) as { database?: boolean } | null | undefined; // see the route
  return checks?.database ?? false;
}
