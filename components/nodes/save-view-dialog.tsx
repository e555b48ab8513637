"use client";

import { toast } from "@/components/ui/toast";
import { Checkbox } from "@/components/ui/checkbox";
import { useConsole } from "@/components/shell/console-context";
import { NamingDialog } from "@/components/shell/naming-dialog";
import { saveView } from "@/lib/actions/views";
import { permissionRefusal, permits } from "@/lib/domain/permissions";
import { VIEWS } from "@/lib/messages/views";

/** Keeps the address of what is shown under a name. */
export function SaveViewDialog({ address, onClose }: { address: string; onClose: () => void }) {
  const { user } = useConsole();
  return (
    <NamingDialog
      title={VIEWS.save}
      submit={VIEWS.submit}
      nameHelp={VIEWS.nameHelp}
      unreached={VIEWS.notSaved}
      onSubmit={(name, form) => saveView({ name, address, shared: form.get("shared") === "on" })}
      onDone={(_, name) => {
        toast.success(VIEWS.saved(name));
        onClose();
      }}
      onClose={onClose}
    >
      {permits(user.role, "view.share") ? (
        <Checkbox name="shared" label={VIEWS.share} description={VIEWS.shareHelp} />
      ) : (
        <p className="text-sm text-muted">{VIEWS.noShare(permissionRefusal("view.share").reason)}</p>
      )}
    </NamingDialog>
  );
}
