"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A fault while drawing a page. The digest is the reference under which the server's log has the cause. */
export default function PageFault({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main">
      <EmptyState
        page
        title="This page could not be shown"
        actions={
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
        }
      >
        Regent failed inside itself, or PostgreSQL is away. Nothing was changed.{error.digest ? ` Reference ${error.digest}.` : ""}
      </EmptyState>
    </main>
  );
}
