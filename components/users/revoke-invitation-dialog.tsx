"use client";

import { RemovalDialog } from "@/components/shell/removal-dialog";
import { useAsked } from "@/components/shell/use-asked";
import { revokeInvitation } from "@/lib/actions/users";
import { INVITE, USERS } from "@/lib/messages/users";
import type { InvitationRow } from "@/lib/services/users/list";

export function RevokeInvitationDialog({ invitation: { id, name }, onClose }: { invitation: InvitationRow; onClose: () => void }) {
  const { busy, refusal, send } = useAsked(onClose, USERS.unreached);
  return (
    <RemovalDialog
      title={INVITE.revokeTitle(name)}
      label={USERS.revoke}
      busy={busy}
      refusal={refusal}
      onRemove={() => void send(() => revokeInvitation({ invitationId: id }), INVITE.revoked(name))}
      onClose={onClose}
    >
      {INVITE.revokeHelp}
    </RemovalDialog>
  );
}
