"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyText } from "@/components/ui/copy-text";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { listViews } from "@/lib/actions/views";
import { makeWallLink } from "@/lib/actions/wall";
import { FIELDS } from "@/lib/messages/mission";
import { WALL_LINKS } from "@/lib/messages/wall";
import type { Refusal } from "@/lib/outcome";
import type { SavedView } from "@/lib/services/views/list";

/** Asks where the screen hangs and what it shows, and then gives the address once. */
export function MakeLinkDialog({ shown, onClose }: { shown: string | null; onClose: () => void }) {
  const views = useViews();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [made, setMade] = useState<{ name: string; address: string } | null>(null);

  const make = async (form: FormData) => {
    setBusy(true);
    setRefusal(null);
    const name = String(form.get("name")).trim();
    const view = String(form.get("viewId"));
    const choice = view === SHOWN.value ? { viewId: null, address: shown } : { viewId: view || null, address: null };
    const outcome = await makeWallLink({ name, ...choice }).catch(() => WALL_LINKS.unreached);
    setBusy(false);
    if (!outcome.ok) return setRefusal(outcome);
    setMade({ name, address: wallAddress(outcome.value.token) });
  };
  const options = [...(shown === null ? [] : [SHOWN]), ALL, ...views.map(({ id, name }) => ({ value: id, label: name }))];
  if (made) return <MadeDialog {...made} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title={WALL_LINKS.make}
      size="small"
      busy={busy}
      refusal={refusal && !refusal.field ? refusal : null}
      form={{
        onSubmit: (event) => {
          event.preventDefault();
          void make(new FormData(event.currentTarget));
        },
      }}
      footer={
        <>
          <DialogCancel />
          <Button type="submit" variant="primary" busy={busy}>
            Make
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field label={FIELDS.name} required help={WALL_LINKS.nameHelp} error={errorAt("name", refusal)}>
          {(control) => <Input {...control} name="name" autoComplete="off" maxLength={60} />}
        </Field>
        <Field label={WALL_LINKS.view} help={WALL_LINKS.viewHelp} error={errorAt("viewId", refusal)}>
          {(control) => <Select {...control} name="viewId" options={options} />}
        </Field>
      </div>
    </Dialog>
  );
}

const SHOWN = { value: "shown", label: WALL_LINKS.shown };
const ALL = { value: "", label: WALL_LINKS.allNodes };

const errorAt = (field: string, refusal: Refusal | null): string | null =>
  refusal?.field === field ? [refusal.reason, refusal.hint].filter(Boolean).join(" ") : null;

/** Behind "#": what stands there is never sent, so it reaches no server's log, no proxy and no Referer. A query string reaches all three. */
const wallAddress = (token: string): string => `${window.location.origin}/wall#${token}`;

function MadeDialog({ name, address, onClose }: { name: string; address: string; onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title={WALL_LINKS.made(name)} size="small" footer={<DialogCancel>Close</DialogCancel>}>
      <div className="grid gap-3">
        <p>{WALL_LINKS.once}</p>
        <CopyText text={address} name={WALL_LINKS.address} />
        <a className="w-fit font-medium text-accent underline" href={address} target="_blank" rel="noreferrer">
          {WALL_LINKS.open}
        </a>
      </div>
    </Dialog>
  );
}

/** Asked for when the dialog opens: another tab may have saved one. Without an answer, all nodes can still be chosen. */
function useViews(): SavedView[] {
  const [views, setViews] = useState<SavedView[]>([]);
  useEffect(() => {
    let closed = false;
    const show = (answer: Awaited<ReturnType<typeof listViews>>) => void (answer.ok && !closed && setViews(answer.value));
    listViews({}).then(show, () => undefined);
    return () => {
      closed = true;
    };
  }, []);
  return views;
}
