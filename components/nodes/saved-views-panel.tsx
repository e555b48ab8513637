"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { usePopoverClose } from "@/components/ui/popover";
import { listViews } from "@/lib/actions/views";
import { VIEWS } from "@/lib/messages/views";
import type { SavedView } from "@/lib/services/views/list";
import { ViewLine } from "./saved-view-line";

type PanelProps = { current: string; hrefOf: (address: string) => string; onSave: () => void };

/** Asks for the views each time it opens: another tab, or another person, may have changed them. */
export function SavedViewsPanel({ current, hrefOf, onSave }: PanelProps) {
  const [views, setViews] = useState<SavedView[] | string | null>(null);
  const panel = useRef<HTMLDivElement>(null);
  const close = usePopoverClose();
  const forget = (gone: string) => {
    setViews((known) => (Array.isArray(known) ? known.filter(({ id }) => id !== gone) : known));
    panel.current?.focus();
  };
  useEffect(() => {
    let closed = false;
    const asked = listViews({}).then(
      (answer) => (answer.ok ? answer.value : answer.reason),
      () => VIEWS.unreached,
    );
    void asked.then((answer) => closed || setViews(answer));
    return () => {
      closed = true;
    };
  }, []);
  const groups = Array.isArray(views)
    ? [
        { title: "Yours", list: views.filter(({ mine }) => mine) },
        { title: "Shared by others", list: views.filter(({ mine }) => !mine) },
      ].filter(({ list }) => list.length)
    : [];
  return (
    <div ref={panel} tabIndex={-1} className="grid gap-3 outline-none">
      {views === null && (
        <p role="status" className="text-sm text-muted">
          Loading
        </p>
      )}
      {typeof views === "string" && (
        <p role="alert" className="text-sm text-danger">
          {views}
        </p>
      )}
      {Array.isArray(views) && !views.length && <p className="text-sm text-muted">{VIEWS.none}</p>}
      {groups.map(({ title, list }) => (
        <section key={title} aria-label={title}>
          <h3 aria-hidden className="mb-1 text-xs font-semibold text-muted">
            {title}
          </h3>
          <ul className="-mx-1.5">
            {list.map((view) => (
              <ViewLine
                key={view.id}
                view={view}
                current={view.address === current}
                href={hrefOf(view.address)}
                onGone={() => forget(view.id)}
              />
            ))}
          </ul>
        </section>
      ))}
      <Button
        onClick={() => {
          close();
          onSave();
        }}
      >
        {VIEWS.save}
      </Button>
    </div>
  );
}
