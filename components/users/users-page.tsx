"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { usePageNews } from "@/components/shell/use-page-news";
import { Button } from "@/components/ui/button";
import { Lead } from "@/components/ui/lead";
import { onDemand } from "@/components/ui/on-demand";
import { toast } from "@/components/ui/toast";
import { enableUser } from "@/lib/actions/users";
import { USER_DIALOGS, USERS } from "@/lib/messages/users";
import type { Refusal } from "@/lib/outcome";
import type { InvitationRow, People, UserRow } from "@/lib/services/users/list";
import type { UserAsk } from "./user-menu";
import { UsersTable } from "./users-table";

const InviteDialog = onDemand(() => import("./invite-dialog").then((module) => module.InviteDialog));
const RevokeInvitationDialog = onDemand(() => import("./revoke-invitation-dialog").then((module) => module.RevokeInvitationDialog));
const RoleDialog = onDemand(() => import("./role-dialog").then((module) => module.RoleDialog));
const EndUserDialog = onDemand(() => import("./end-user-dialog").then((module) => module.EndUserDialog));
const PasswordLinkDialog = onDemand(() => import("./password-link-dialog").then((module) => module.PasswordLinkDialog));
const SessionsDialog = onDemand(() => import("./sessions-dialog").then((module) => module.SessionsDialog));

type Asked =
  | { what: "invite"; again?: InvitationRow }
  | { what: "revoke"; invitation: InvitationRow }
  | { what: Exclude<UserAsk, "enable">; user: UserRow };

/** Everybody who may sign in, who is invited, and what may be done about each. */
export function UsersPage({ users, invitations, now }: People) {
  usePageNews(({ access }) => access);
  const router = useRouter();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => {
    setAsked(null);
    router.refresh();
  };
  const ask = async (what: UserAsk, user: UserRow) => {
    if (what !== "enable") return setAsked({ what, user });
    const outcome = await enableUser({ userId: user.id, enabled: true }).catch((): Refusal => USERS.unreached);
    router.refresh();
    if (outcome.ok) toast.success(USER_DIALOGS.enabled(user.name));
    else toast.error([outcome.reason, outcome.hint].filter(Boolean).join(" "), { duration: Infinity });
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] max-w-[100rem] gap-4">
      <Lead help={USERS.help}>
        <Button variant="primary" onClick={() => setAsked({ what: "invite" })}>
          {USERS.invite}
        </Button>
      </Lead>
      <UsersTable
        users={users}
        invitations={invitations}
        now={now}
        onAsk={(what, user) => void ask(what, user)}
        onInvitation={(what, invitation) =>
          setAsked(what === "again" ? { what: "invite", again: invitation } : { what: "revoke", invitation })
        }
      />
      {asked && <Asking asked={asked} onClose={close} />}
    </div>
  );
}

function Asking({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  switch (asked.what) {
    case "invite":
      return <InviteDialog again={asked.again ?? null} onClose={onClose} />;
    case "revoke":
      return <RevokeInvitationDialog invitation={asked.invitation} onClose={onClose} />;
    case "role":
      return <RoleDialog user={asked.user} onClose={onClose} />;
    case "password":
      return <PasswordLinkDialog user={asked.user} onClose={onClose} />;
    case "sessions":
      return <SessionsDialog user={asked.user} onClose={onClose} />;
    case "disable":
    case "remove":
    case "factor":
      return <EndUserDialog what={asked.what} user={asked.user} onClose={onClose} />;
  }
}
