"use client";

import { CircleCheck, ShieldOff, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useId, useState } from "react";
import { useDialogAddress } from "@/components/nodes/dialogs/address";
import { usePageNews } from "@/components/shell/use-page-news";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NoData } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { SortedTable, type SortedColumn } from "@/components/ui/sorted-table";
import { HOST_KEYS } from "@/lib/messages/host-keys";
import type { HostKeyRow } from "@/lib/services/settings/host-keys";

const { columns: HEADERS, states: STATES } = HOST_KEYS;
/** As many as a page bears; the others are found by a word of theirs. */
const SHOWN = 300;
/** What wants a person stands first. */
const ORDER: Record<HostKeyRow["state"], number> = { changed: 0, revoked: 1, trusted: 2 };

/** Every host key that Regent trusts, with the way to take the trust away and to give it again. */
export function HostKeys({ keys }: { keys: readonly HostKeyRow[] }) {
  const [typed, setTyped] = useState("");
  usePageNews(({ nodes, gone, events }) => nodes.length > 0 || gone.length > 0 || events);
  const { open } = useDialogAddress();
  const found = keys.filter((key) => matches(key, typed)).toSorted((a, b) => ORDER[a.state] - ORDER[b.state]);
  const rest = found.length - SHOWN;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] max-w-[100rem] gap-4">
      <p className="max-w-3xl text-muted">{HOST_KEYS.help}</p>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="w-full max-w-md">
          <Field label={HOST_KEYS.search} help={HOST_KEYS.searchHelp}>
            {(control) => (
              <Input {...control} type="search" autoComplete="off" value={typed} onChange={({ target }) => setTyped(target.value)} />
            )}
          </Field>
        </div>
        <p role="status" className="text-muted">
          {HOST_KEYS.count(found.length, keys.length)}
        </p>
      </div>
      {found.length > 0 ? (
        <SortedTable label={HOST_KEYS.title} columns={columns(open)} rows={found} most={SHOWN} rowKey={({ nodeId }) => nodeId} />
      ) : (
        <EmptyState title={keys.length ? HOST_KEYS.noMatch : HOST_KEYS.none}>{keys.length ? null : HOST_KEYS.noneHelp}</EmptyState>
      )}
      {rest > 0 && <p className="text-muted">{HOST_KEYS.more(rest)}</p>}
    </div>
  );
}

const matches = ({ name, ip, type, sha256, state }: HostKeyRow, typed: string): boolean =>
  typed
    .toLowerCase()
    .split(/\s+/)
    .every((part) => [name, ip, type, sha256, STATES[state]].some((fact) => fact.toLowerCase().includes(part)));

type Open = ReturnType<typeof useDialogAddress>["open"];

function columns(open: Open): SortedColumn<HostKeyRow>[] {
  return [
    {
      id: "node",
      header: HEADERS.node,
      value: ({ name }) => name,
      cell: ({ nodeId, name }) => (
        <Link href={`/nodes/${nodeId}/overview`} className="link">
          {name}
        </Link>
      ),
    },
    { id: "ip", header: HEADERS.ip, value: ({ ip }) => ip, cell: ({ ip }) => <code>{ip}</code> },
    { id: "state", header: HEADERS.state, value: ({ state }) => ORDER[state], cell: (key) => <State hostKey={key} /> },
    { id: "type", header: HEADERS.type, value: ({ type }) => type, cell: ({ type }) => <code>{type}</code> },
    {
      id: "sha256",
      header: HEADERS.sha256,
      value: ({ sha256 }) => sha256,
      cell: ({ sha256 }) => <code className="select-all">{sha256}</code>,
    },
    { id: "since", header: HEADERS.since, value: ({ since }) => since, cell: ({ since }) => <RelativeTime value={since} /> },
    { id: "by", header: HEADERS.by, value: ({ by }) => by, cell: ({ by }) => by ?? <NoData /> },
    {
      id: "deed",
      header: HOST_KEYS.deed,
      cell: (key) => <Deed hostKey={key} onAsk={open} />,
    },
  ];
}

function Deed({ hostKey: { nodeId, name, state, refused }, onAsk }: { hostKey: HostKeyRow; onAsk: Open }) {
  const id = useId();
  const trusted = state === "trusted";
  return (
    <>
      <Button
        size="small"
        aria-label={trusted ? HOST_KEYS.revokeOf(name) : HOST_KEYS.retrustOf(name)}
        disabledReason={refused ?? undefined}
        reasonId={id}
        onClick={() => onAsk(trusted ? "revokeTrust" : "retrust", nodeId)}
      >
        {trusted ? HOST_KEYS.revoke : HOST_KEYS.retrust}
      </Button>
      {refused && (
        <span id={id} className="block w-28 text-xs whitespace-normal text-muted">
          {refused}
        </span>
      )}
    </>
  );
}

const LOOKS = {
  trusted: { tone: "positive", weight: "quiet", glyph: CircleCheck },
  changed: { tone: "danger", weight: "solid", glyph: TriangleAlert },
  revoked: { tone: "warning", weight: "outline", glyph: ShieldOff },
} as const;

function State({ hostKey: { state, note } }: { hostKey: HostKeyRow }) {
  const { tone, weight, glyph: Glyph } = LOOKS[state];
  return (
    <>
      <Badge tone={tone} weight={weight} glyph={<Glyph aria-hidden />}>
        {STATES[state]}
      </Badge>
      {note && (
        <span className="block w-max max-w-80 text-sm wrap-anywhere whitespace-normal text-muted">
          {HOST_KEYS.revokedBy(note.by, note.reason)}
        </span>
      )}
    </>
  );
}
