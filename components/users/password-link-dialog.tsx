"use client";

import { useState } from "react";
import { FormDialog } from "@/components/shell/form-dialog";
import { useMade } from "@/components/shell/use-made";
import { makePasswordLink } from "@/lib/actions/users";
import { USER_DIALOGS, USERS } from "@/lib/messages/users";
import type { UserRow } from "@/lib/services/users/list";
import { LifeField } from "./life-field";
import { MadeLinkDialog } from "./made-link-dialog";

export function PasswordLinkDialog({ user: { id, name }, onClose }: { user: UserRow; onClose: () => void }) {
  const { busy, refusal, send } = useMade(USERS.unreached);
  const [made, setMade] = useState<{ token: string; minutes: number } | null>(null);
  if (made)
    return (
      <MadeLinkDialog
        title={USER_DIALOGS.passwordMade(name)}
        name={USER_DIALOGS.passwordLink}
        path="/login/password"
        {...made}
        onClose={onClose}
      />
    );
  const make = async (form: FormData) => {
    const minutes = Number(form.get("minutes"));
    const link = await send(() => makePasswordLink({ userId: id, minutes }));
    if (link) setMade({ token: link.token, minutes });
  };
  return (
    <FormDialog
      title={USER_DIALOGS.passwordTitle(name)}
      description={USER_DIALOGS.passwordHelp}
      submit={USER_DIALOGS.passwordSubmit}
      busy={busy}
      refusal={refusal}
      onSubmit={(form) => void make(form)}
      onClose={onClose}
    >
      <LifeField />
    </FormDialog>
  );
}
