import { Check, Trash2 } from "lucide-react";
import { useEffect, useRef, useState, type MouseEvent } from "react";
import { flushSync } from "react-dom";
import { pushAddress } from "@/components/shell/address";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { usePopoverClose } from "@/components/ui/popover";
import { deleteView } from "@/lib/actions/views";
import { VIEWS } from "@/lib/messages/views";
import type { SavedView } from "@/lib/services/views/list";

type LineProps = { view: SavedView; current: boolean; href: string; onGone: () => void };

/** A view to open, with a button that asks before it deletes. */
export function ViewLine({ view, current, href, onGone }: LineProps) {
  const [asking, setAsking] = useState(false);
  const bin = useRef<HTMLButtonElement>(null);
  const close = usePopoverClose();
  const keep = () => {
    flushSync(() => setAsking(false));
    bin.current?.focus();
  };
  if (asking) return <DeleteQuestion view={view} onKeep={keep} onGone={onGone} />;
  const note = [view.mine ? null : view.owner, view.mine && view.shared ? "Shared" : null].filter(Boolean).join(", ");
  return (
    <li className="flex items-center rounded-md hover:bg-hover">
      <a
        href={href}
        aria-current={current ? "page" : undefined}
        className="flex min-h-8 min-w-0 flex-1 items-center gap-2 rounded-md px-1.5 no-underline aria-[current=page]:font-medium"
        onClick={(event) => {
          if (goTo(event, href)) close();
        }}
      >
        <Check aria-hidden size={14} className={current ? "text-accent" : "invisible"} />
        <bdi className="truncate">{view.name}</bdi>
        {note && <span className="ms-auto shrink-0 text-xs font-normal text-muted">{note}</span>}
      </a>
      {view.mayDelete && (
        <Button
          ref={bin}
          variant="ghost"
          size="icon"
          aria-label={`Delete view ${view.name}`}
          className="text-muted"
          onClick={() => setAsking(true)}
        >
          <Trash2 aria-hidden size={14} />
        </Button>
      )}
    </li>
  );
}

/** The list is there already: a plain click changes its address only. Any other is the browser’s. */
function goTo(event: MouseEvent, href: string): boolean {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  event.preventDefault();
  pushAddress(href);
  return true;
}

function DeleteQuestion({ view, onKeep, onGone }: { view: SavedView; onKeep: () => void; onGone: () => void }) {
  const keep = useRef<HTMLButtonElement>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => keep.current?.focus(), []);
  const remove = async () => {
    setBusy(true);
    const answer = await deleteView({ viewId: view.id }).catch(() => null);
    if (answer?.ok || answer?.code === "view-gone") {
      toast.success(VIEWS.deleted(view.name));
      return onGone();
    }
    setBusy(false);
    toast.error(answer?.reason ?? VIEWS.unreached, { duration: Infinity });
  };
  return (
    <li className="grid gap-1.5 rounded-md bg-panel px-1.5 py-1.5">
      <p role="alert" className="wrap-anywhere">
        {VIEWS.ask(view.name)}
      </p>
      <div className="flex gap-2">
        <Button ref={keep} size="small" onClick={onKeep}>
          Keep
        </Button>
        <Button size="small" variant="danger" busy={busy} onClick={() => void remove()}>
          Delete
        </Button>
      </div>
    </li>
  );
}
