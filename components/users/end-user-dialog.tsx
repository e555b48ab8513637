"use client";

import { RemovalDialog } from "@/components/shell/removal-dialog";
import { useAsked } from "@/components/shell/use-asked";
import { enableUser, removeUser, resetFactor } from "@/lib/actions/users";
import { USER_DIALOGS, USERS } from "@/lib/messages/users";
import type { UserRow } from "@/lib/services/users/list";

const { disableTitle, disableHelp, disabled, removeTitle, removeHelp, removed, factorTitle, factorHelp, factorReset } = USER_DIALOGS;

/** Everything that takes something from a user and needs no more than a yes. */
const ENDS = {
  disable: {
    title: disableTitle,
    help: disableHelp,
    label: USERS.disable,
    done: disabled,
    act: (userId: string) => enableUser({ userId, enabled: false }),
  },
  remove: { title: removeTitle, help: removeHelp, label: USERS.remove, done: removed, act: (userId: string) => removeUser({ userId }) },
  factor: {
    title: factorTitle,
    help: factorHelp,
    label: USERS.resetFactor,
    done: factorReset,
    act: (userId: string) => resetFactor({ userId }),
  },
} as const;

type EndUserDialogProps = { what: keyof typeof ENDS; user: UserRow; onClose: () => void };

export function EndUserDialog({ what, user: { id, name }, onClose }: EndUserDialogProps) {
  const { busy, refusal, send } = useAsked(onClose, USERS.unreached);
  const { title, help, label, done, act } = ENDS[what];
  return (
    <RemovalDialog
      title={title(name)}
      label={label}
      busy={busy}
      refusal={refusal}
      onRemove={() => void send(() => act(id), done(name))}
      onClose={onClose}
    >
      {help}
    </RemovalDialog>
  );
}
