"use client";

/**
 * A fault while drawing a page. The digest is the reference under which the server's log has the cause. It comes along with every
 * page, and is built of nothing that could be at fault itself.
 */
export default function PageFault({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main" className="mx-auto grid max-w-md justify-items-center gap-2 px-4 py-12 text-center">
      <h1 className="text-lg font-semibold">This page could not be shown</h1>
      <p className="text-muted">
        Regent failed inside itself, or PostgreSQL is away. Nothing was changed.{error.digest ? ` Reference ${error.digest}.` : ""}
      </p>
      <button
        type="button"
        className="mt-3 min-h-8 rounded-md bg-accent px-3 font-medium text-on-accent hover:bg-accent-strong"
        onClick={reset}
      >
        Try again
      </button>
    </main>
  );
}
