"use client";

import { useState } from "react";
import { FormDialog } from "@/components/shell/form-dialog";
import { useAsked } from "@/components/shell/use-asked";
import { RadioCards } from "@/components/ui/radio-cards";
import { changeRole } from "@/lib/actions/users";
import type { UserRole } from "@/lib/domain/permissions";
import { USER_DIALOGS, USERS } from "@/lib/messages/users";
import type { UserRow } from "@/lib/services/users/list";
import { ROLE_CARDS } from "./role-cards";

export function RoleDialog({ user: { id, name, role }, onClose }: { user: UserRow; onClose: () => void }) {
  const { busy, refusal, send } = useAsked(onClose, USERS.unreached);
  const [chosen, setChosen] = useState<UserRole>(role);
  return (
    <FormDialog
      title={USER_DIALOGS.roleTitle(name)}
      description={USER_DIALOGS.roleHelp}
      submit={USER_DIALOGS.save}
      busy={busy}
      refusal={refusal}
      onSubmit={() => void send(() => changeRole({ userId: id, role: chosen }), USER_DIALOGS.roleChanged(name, chosen))}
      onClose={onClose}
    >
      <RadioCards
        legend={USERS.role}
        name="role"
        options={ROLE_CARDS}
        value={chosen}
        // The cards are the roles.
        onValueChange={(value) => setChosen(value as UserRole)}
      />
    </FormDialog>
  );
}
