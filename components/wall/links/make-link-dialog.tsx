"use client";

import { useEffect, useState } from "react";
import { CopyText } from "@/components/ui/copy-text";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { QrCode } from "@/components/ui/qr-code";
import { Select } from "@/components/ui/select";
import { NamingDialog } from "@/components/shell/naming-dialog";
import { listViews } from "@/lib/actions/views";
import { makeWallLink } from "@/lib/actions/wall";
import { screenCode } from "@/lib/domain/wall-pairing";
import { WALL_LINKS } from "@/lib/messages/wall";
import { refusalAt } from "@/lib/outcome";
import type { SavedView } from "@/lib/services/views/list";
import { NetworksField } from "./networks-field";

type MakeLinkDialogProps = {
  shown: string | null;
  /** The token of the screen whose code was scanned. */
  screen: string | null;
  /** From where this browser is seen. */
  here: string;
  onClose: () => void;
};

/** Asks where the screen hangs and what it shows, and then gives the address once, or to the screen that was scanned. */
export function MakeLinkDialog({ shown, screen, here, onClose }: MakeLinkDialogProps) {
  const views = useViews();
  const [made, setMade] = useState<{ name: string; address: string | null } | null>(null);
  const options = [...(shown === null ? [] : [SHOWN]), ALL, ...views.map(({ id, name }) => ({ value: id, label: name }))];
  const make = (name: string, form: FormData) => {
    const view = String(form.get("viewId"));
    const choice = view === SHOWN.value ? { viewId: null, address: shown } : { viewId: view || null, address: null };
    return makeWallLink({ name, ...choice, screen, networks: String(form.get("networks")) });
  };
  if (made) return <MadeDialog {...made} onClose={onClose} />;
  return (
    <NamingDialog
      title={WALL_LINKS.make}
      submit={WALL_LINKS.submit}
      nameHelp={WALL_LINKS.nameHelp}
      unreached={WALL_LINKS.unreached}
      onSubmit={make}
      onDone={({ token }, name) => setMade({ name, address: token && wallAddress(token) })}
      onClose={onClose}
    >
      {(refusal) => (
        <>
          {screen && <p>{WALL_LINKS.screenHelp(screenCode(screen))}</p>}
          <Field label={WALL_LINKS.view} help={WALL_LINKS.viewHelp} error={refusalAt("viewId", refusal)}>
            {(control) => <Select {...control} name="viewId" options={options} />}
          </Field>
          <NetworksField here={here} error={refusalAt("networks", refusal)} />
        </>
      )}
    </NamingDialog>
  );
}

const SHOWN = { value: "shown", label: WALL_LINKS.shown };
const ALL = { value: "", label: WALL_LINKS.allNodes };

/** Behind "#": what stands there is never sent, so it reaches no server's log, no proxy and no Referer. A query string reaches all three. */
const wallAddress = (token: string): string => `${window.location.origin}/wall#${token}`;

function MadeDialog({ name, address, onClose }: { name: string; address: string | null; onClose: () => void }) {
  return (
    <Dialog
      open
      once={address !== null}
      onClose={onClose}
      title={WALL_LINKS.made(name)}
      size="small"
      footer={<DialogCancel>Close</DialogCancel>}
    >
      {address === null ? (
        <p>{WALL_LINKS.screenMade}</p>
      ) : (
        <div className="grid gap-3">
          <p>{WALL_LINKS.once}</p>
          <CopyText text={address} name={WALL_LINKS.address} />
          <a className="w-fit font-medium text-accent underline" href={address} target="_blank" rel="noreferrer">
            {WALL_LINKS.open}
          </a>
          <QrCode text={address} name={WALL_LINKS.qr} className="mx-auto w-56 max-w-full rounded-md" />
          <p className="text-sm text-muted">{WALL_LINKS.qrHelp}</p>
        </div>
      )}
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
