"use client";

import { useCallback, useEffect, useState } from "react";
import { RefusalCallout } from "@/components/shell/refusal-callout";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { listSessions } from "@/lib/actions/users";
import { SESSIONS } from "@/lib/messages/account";
import { USER_DIALOGS, USERS } from "@/lib/messages/users";
import type { Outcome, Refusal } from "@/lib/outcome";
import type { UserRow } from "@/lib/services/users/list";
import type { SessionView } from "@/lib/services/users/sessions";
import { SessionsTable } from "./sessions-table";

/** Read when the dialog opens, and after each end: a list of a minute ago would offer to end what has ended. */
export function SessionsDialog({ user: { id, name }, onClose }: { user: UserRow; onClose: () => void }) {
  const [read, setRead] = useState<Outcome<SessionView[]> | null>(null);
  const look = useCallback(
    () => void listSessions({ userId: id }).then(setRead, (): void => setRead(USERS.unreached satisfies Refusal)),
    [id],
  );
  useEffect(look, [look]);
  const none = read?.ok === true && read.value.length === 0;
  return (
    <Dialog
      open
      onClose={onClose}
      title={USER_DIALOGS.sessionsTitle(name)}
      size="large"
      // The last line takes the table with it.
      page={none ? "none" : "some"}
      footer={<DialogCancel>Close</DialogCancel>}
    >
      {read === null && <Skeleton className="h-24" />}
      {read && !read.ok && <RefusalCallout {...read} />}
      {read?.ok && !none && <SessionsTable sessions={read.value} onEnded={look} />}
      {none && <EmptyState title={SESSIONS.none} />}
    </Dialog>
  );
}
