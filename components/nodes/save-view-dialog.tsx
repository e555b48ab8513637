"use client";

import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useConsole } from "@/components/shell/console-context";
import { saveView } from "@/lib/actions/views";
import { permissionRefusal, permits } from "@/lib/domain/permissions";
import { VIEWS } from "@/lib/messages/list";
import { FIELDS } from "@/lib/messages/mission";
import { refuse, type Refusal } from "@/lib/outcome";

/** Keeps the address of what is shown under a name. */
export function SaveViewDialog({ address, onClose }: { address: string; onClose: () => void }) {
  const { user } = useConsole();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const mayShare = permits(user.role, "view.share");

  const save = async (form: FormData) => {
    setBusy(true);
    setRefusal(null);
    const name = String(form.get("name"));
    const outcome = await saveView({ name, address, shared: form.get("shared") === "on" }).catch(() => UNREACHED);
    setBusy(false);
    if (!outcome.ok) return setRefusal(outcome);
    toast.success(VIEWS.saved(name.trim()));
    onClose();
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={VIEWS.save}
      size="small"
      busy={busy}
      refusal={refusal && !refusal.field ? refusal : null}
      form={{
        onSubmit: (event) => {
          event.preventDefault();
          void save(new FormData(event.currentTarget));
        },
      }}
      footer={
        <>
          <DialogCancel />
          <Button type="submit" variant="primary" busy={busy}>
            Save
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field label={FIELDS.name} required help="Up to 60 characters." error={refusal?.field === "name" ? sentences(refusal) : null}>
          {(control) => <Input {...control} name="name" autoComplete="off" maxLength={60} />}
        </Field>
        {mayShare ? (
          <Checkbox name="shared" label="Share with everybody" description={VIEWS.shareHelp} />
        ) : (
          <p className="text-sm text-muted">Only you will see it. To share a view: {permissionRefusal("view.share").reason}</p>
        )}
      </div>
    </Dialog>
  );
}

const sentences = ({ reason, hint }: Refusal): string => [reason, hint].filter(Boolean).join(" ");

const UNREACHED = refuse("unreached", "Regent did not answer.", { hint: "Press Save again: a view of this name is never saved twice." });
