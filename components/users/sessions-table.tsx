"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { NoData } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { SortedTable, type SortedColumn } from "@/components/ui/sorted-table";
import { toast } from "@/components/ui/toast";
import { endSession } from "@/lib/actions/account";
import { ACCOUNT, SESSIONS } from "@/lib/messages/account";
import type { Refusal } from "@/lib/outcome";
import type { SessionView } from "@/lib/services/users/sessions";

const { columns: HEADERS } = SESSIONS;

/** Where somebody is signed in. The session that looks is marked, and ends by signing out. */
export function SessionsTable({ sessions, onEnded }: { sessions: readonly SessionView[]; onEnded: () => void }) {
  const [busy, setBusy] = useState<string | null>(null);
  const end = async (sessionId: string) => {
    setBusy(sessionId);
    const outcome = await endSession({ sessionId }).catch((): Refusal => ACCOUNT.unreached);
    setBusy(null);
    onEnded();
    if (outcome.ok) toast.success(SESSIONS.ended);
    else toast.error([outcome.reason, outcome.hint].filter(Boolean).join(" "), { duration: Infinity });
  };
  return <SortedTable label={SESSIONS.list} columns={[...COLUMNS, ending(busy, end)]} rows={sessions} rowKey={({ id }) => id} />;
}

const COLUMNS: SortedColumn<SessionView>[] = [
  { id: "browser", header: HEADERS.browser, value: ({ browser }) => browser, cell: ({ browser }) => browser ?? SESSIONS.unknown },
  {
    id: "address",
    header: HEADERS.address,
    value: ({ address }) => address || null,
    cell: ({ address }) => (address ? <bdi>{address}</bdi> : <NoData />),
  },
  { id: "since", header: HEADERS.since, value: ({ since }) => since, cell: ({ since }) => <RelativeTime value={since} /> },
  { id: "seen", header: HEADERS.seen, value: ({ seenAt }) => seenAt, cell: ({ seenAt }) => <RelativeTime value={seenAt} /> },
];

/** `busy` is the session whose end is asked for. */
const ending = (busy: string | null, end: (sessionId: string) => Promise<void>): SortedColumn<SessionView> => ({
  id: "end",
  header: SESSIONS.end,
  cell: ({ id, browser, address, own }) =>
    own ? (
      <span className="text-muted">{SESSIONS.own}</span>
    ) : (
      <Button
        size="small"
        busy={busy === id}
        aria-label={SESSIONS.endOf(browser ?? SESSIONS.unknown, address)}
        onClick={() => void end(id)}
      >
        {SESSIONS.end}
      </Button>
    ),
});
