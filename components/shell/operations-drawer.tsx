"use client";

import { X } from "lucide-react";
import { useEffectEvent, useId, useLayoutEffect, useRef, useState, type RefObject, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { giveBack, openerOf } from "@/components/ui/dialog-focus";
import { Skeleton } from "@/components/ui/skeleton";
import { OPERATIONS_DRAWER } from "@/lib/messages/console";
import type { OperationFilter } from "@/lib/services/operations/page";
import { useOperation } from "../nodes/use-operation";
import { useConsole } from "./console-context";
import { ALL_OPERATIONS, turnDrawer } from "./drawer-address";
import { OperationLine } from "./operation-line";
import { merged, useOperations } from "./use-operations";

const FILTERS = Object.keys(OPERATIONS_DRAWER.filters) as OperationFilter[]; // the keys of a const object are its type

type OperationsDrawerProps = { shown: string; takesFocus: boolean; onClose: () => void };

/** Every operation of the region, over the page and not instead of it: the page goes on to work, for pointer and keyboard. */
export function OperationsDrawer({ shown, takesFocus, onClose }: OperationsDrawerProps) {
  const { user } = useConsole();
  const [filter, setFilter] = useState<OperationFilter>("all");
  const { shown: found, older, state, readOlder } = useOperations(filter, user.id);
  const opened = shown === ALL_OPERATIONS ? null : shown;
  const detail = useOperation(opened);
  const { sheet, title, narrow } = useSheet(takesFocus);
  useEscape(sheet, onClose);
  const id = useId();
  /** The back gesture of a phone. */
  const leaveByGesture = (event: SyntheticEvent) => {
    event.preventDefault();
    onClose();
  };
  // What the address names is shown, however old it is and whatever the filter leaves out.
  const operations = detail ? merged(found, [{ ...detail, parentId: null }]) : found;
  return (
    <dialog ref={sheet} open={!narrow} aria-labelledby={`${id}-title`} className="drawer" onCancel={leaveByGesture}>
      <div className="flex items-center gap-2 px-4 pt-3">
        <h2 ref={title} id={`${id}-title`} tabIndex={-1} className="me-auto text-lg font-semibold outline-none">
          {OPERATIONS_DRAWER.title}
        </h2>
        <Button variant="ghost" size="icon" aria-label={OPERATIONS_DRAWER.close} className="-me-2 text-muted" onClick={onClose}>
          <X aria-hidden size={16} />
        </Button>
      </div>
      <div role="group" aria-label={OPERATIONS_DRAWER.show} className="flex flex-wrap gap-1.5 border-b border-line px-4 pt-1 pb-3">
        {FILTERS.map((name) => (
          <Chip key={name} pressed={filter === name} onClick={() => setFilter(name)}>
            {OPERATIONS_DRAWER.filters[name]}
          </Chip>
        ))}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain" aria-busy={state === "reading" || undefined}>
        {state === "unread" && <p className="px-4 py-3 text-muted">{OPERATIONS_DRAWER.unread}</p>}
        {state === "reading" && operations.length === 0 && <Reading />}
        {state === "read" && operations.length === 0 && (
          <p className="px-4 py-10 text-center text-muted">{OPERATIONS_DRAWER.empty[filter]}</p>
        )}
        <ul role="list" aria-label={OPERATIONS_DRAWER.title}>
          {operations.map((operation) => (
            <OperationLine
              key={operation.id}
              operation={operation}
              detail={detail?.id === operation.id ? detail : null}
              open={operation.id === opened}
              onToggle={() => turnDrawer(operation.id === opened ? ALL_OPERATIONS : operation.id)}
            />
          ))}
        </ul>
        {older !== null && (
          <div className="p-4 text-center">
            <Button onClick={readOlder}>{OPERATIONS_DRAWER.older}</Button>
          </div>
        )}
      </div>
    </dialog>
  );
}

/** As lines will stand. */
function Reading() {
  return (
    <div className="grid gap-5 px-4 py-4">
      {[0, 1, 2, 3].map((line) => (
        <div key={line} className="grid gap-2">
          <Skeleton className="w-40" />
          <Skeleton className="w-64" />
        </div>
      ))}
    </div>
  );
}

/** Escape closes it from within, and from where nothing has the focus: a toast that goes takes the focus along. */
function useEscape(sheet: RefObject<HTMLDialogElement | null>, onClose: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const at = document.activeElement;
    const here = sheet.current?.contains(at) || at === document.body || at?.tagName === "MAIN";
    if (event.key !== "Escape" || event.defaultPrevented || !here) return;
    event.preventDefault();
    onClose();
  });
  // Before it is seen, as the focus below: a key that is pressed at once must not be lost.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}

/**
 * The title has the focus when somebody opened it; at the end it goes back to where it came from. On a narrow screen the sheet hides
 * the page, and nothing that is hidden may have the focus: there it is modal.
 */
function useSheet(takesFocus: boolean) {
  const sheet = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const [narrow] = useState(() => matchMedia("(width < 40rem)").matches);
  useLayoutEffect(() => {
    const opener = openerOf(document.activeElement);
    if (narrow && !sheet.current?.open) sheet.current?.showModal();
    if (takesFocus || narrow) title.current?.focus();
    return () => {
      if (takesFocus || narrow) giveBack(opener);
    };
    // Only how it was opened counts, not what changed since.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  return { sheet, title, narrow };
}
