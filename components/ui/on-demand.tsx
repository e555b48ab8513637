"use client";

import { lazy, Suspense, useCallback, useId, useState, useSyncExternalStore, type ComponentType, type ReactNode } from "react";
import { Button } from "./button";

/** Everything that may be asked for on this page. */
const loads = new Set<() => Promise<unknown>>();
let warm = false;
/** Asked for again when it is needed. */
const fetchNow = (load: () => Promise<unknown>) => void load().catch(() => undefined);

/**
 * A part of the page whose code is fetched when it is first drawn, in the browser only; a `trigger` among its props stands there
 * meanwhile. What can not be fetched says so in its place.
 */
export function onDemand<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  if (warm) fetchNow(load);
  else loads.add(load);
  // Unavailable takes what it knows of any props.
  const Loaded = lazy(async () => ({ default: await load().catch(() => Unavailable as ComponentType<Props>) }));
  return function OnDemand(props: Props) {
    const inBrowser = useSyncExternalStore(
      () => () => undefined,
      () => true,
      () => false,
    );
    const meanwhile = "trigger" in props ? (props.trigger as ReactNode) : null; // see UnavailableProps
    return inBrowser ? (
      <Suspense fallback={meanwhile}>
        <Loaded {...props} />
      </Suspense>
    ) : (
      meanwhile
    );
  };
}

/** Fetches all of it: somebody is at work here, and may lose the connection before the first dialog. */
export function warmUp(): void {
  // What is fetched may bring further parts with it.
  warm = true;
  loads.forEach(fetchNow);
  loads.clear();
}

type UnavailableProps = { trigger?: ReactNode; onClose?: () => void };

/** Built of nothing that would have to be fetched itself. */
function Unavailable({ trigger, onClose }: UnavailableProps) {
  const id = useId();
  const [open, setOpen] = useState(true);
  const show = useCallback((dialog: HTMLDialogElement | null) => dialog?.showModal(), []);
  const close = () => {
    setOpen(false);
    onClose?.();
  };
  return (
    <>
      {trigger && <span onClickCapture={() => setOpen(true)}>{trigger}</span>}
      {open && (
        <dialog ref={show} className="dialog" data-size="small" aria-labelledby={`${id}-title`} onClose={close}>
          <form method="dialog" className="grid gap-4 p-5">
            <h2 id={`${id}-title`} className="text-xl font-semibold">
              This could not be loaded
            </h2>
            <p>Reload the page.</p>
            <Button type="submit" className="justify-self-end">
              Close
            </Button>
          </form>
        </dialog>
      )}
    </>
  );
}
