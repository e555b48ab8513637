import Link from "next/link";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  return (
    <main id="main">
      <EmptyState
        page
        title="There is no such page"
        actions={
          <Link href="/nodes" className="underline">
            Go to Nodes
          </Link>
        }
      >
        The node may have been deleted; its events are still on the Events page.
      </EmptyState>
    </main>
  );
}
