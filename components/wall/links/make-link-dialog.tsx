"use client";

import { useEffect, useState } from "react";
import { CopyText } from "@/components/ui/copy-text";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { NamingDialog } from "@/components/shell/naming-dialog";
import { listViews } from "@/lib/actions/views";
import { makeWallLink } from "@/lib/actions/wall";
import { WALL_LINKS } from "@/lib/messages/wall";
import { refusalAt } from "@/lib/outcome";
import type { SavedView } from "@/lib/services/views/list";

/** Asks where the screen hangs and what it shows, and then gives the address once. */
export function MakeLinkDialog({ shown, onClose }: { shown: string | null; onClose: () => void }) {
  const views = useViews();
  const [made, setMade] = useState<{ name: string; address: string } | null>(null);
  const options = [...(shown === null ? [] : [SHOWN]), ALL, ...views.map(({ id, name }) => ({ value: id, label: name }))];
  const make = (name: string, form: FormData) => {
    const view = String(form.get("viewId"));
    const choice = view === SHOWN.value ? { viewId: null, address: shown } : { viewId: view || null, address: null };
    return makeWallLink({ name, ...choice }).catch(() => WALL_LINKS.unreached);
  };
  if (made) return <MadeDialog {...made} onClose={onClose} />;
  return (
    <NamingDialog
      title={WALL_LINKS.make}
      submit={WALL_LINKS.submit}
      nameHelp={WALL_LINKS.nameHelp}
      onSubmit={make}
      onDone={({ token }, name) => setMade({ name, address: wallAddress(token) })}
      onClose={onClose}
    >
      {(refusal) => (
        <Field label={WALL_LINKS.view} help={WALL_LINKS.viewHelp} error={refusalAt("viewId", refusal)}>
          {(control) => <Select {...control} name="viewId" options={options} />}
        </Field>
      )}
    </NamingDialog>
  );
}

const SHOWN = { value: "shown", label: WALL_LINKS.shown };
const ALL = { value: "", label: WALL_LINKS.allNodes };

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
