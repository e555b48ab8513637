"use client";

import { CircleDashed, OctagonX } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { TableFrame } from "@/components/ui/table-frame";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { Trust } from "@/lib/domain/requests";
import { SEVERAL } from "@/lib/messages/several";
import type { SeenServer, SeveralWizard } from "./use-several";

type KeysTableProps = { seen: readonly SeenServer[]; trusts: SeveralWizard["trusts"]; onTrust: (key: string, trust: Trust | null) => void };

/** A line for each server: its host key with a box for who compared it, or what kept Regent from reading it. */
export function KeysTable({ seen, trusts, onTrust }: KeysTableProps) {
  const { keyColumns } = SEVERAL;
  return (
    <TableFrame label={SEVERAL.keys} className="max-h-80">
      <Table>
        <thead>
          <tr>
            <Th check>
              <span className="sr-only">{keyColumns.trust}</span>
            </Th>
            <Th>{keyColumns.ip}</Th>
            <Th>{keyColumns.key}</Th>
          </tr>
        </thead>
        <tbody>
          {seen.map((server) => (
            <Line key={server.ip} server={server} trust={trusts.get(server.key ?? "") ?? null} onTrust={onTrust} />
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

function Line({ server, trust, onTrust }: { server: SeenServer; trust: Trust | null; onTrust: KeysTableProps["onTrust"] }) {
  const { ip, key } = server;
  return (
    <Tr selected={trust !== null}>
      <Td check>
        {key && (
          <Checkbox
            label={SEVERAL.compared(ip)}
            labelHidden
            checked={trust === "verified"}
            onChange={(event) => onTrust(key, event.target.checked ? "verified" : null)}
          />
        )}
      </Td>
      <Td>
        <code>{ip}</code>
      </Td>
      <Td className="min-w-48 py-1! whitespace-normal!">
        <div className="flex flex-wrap items-center gap-x-3">
          <KeyOrCause server={server} />
          {key && trust === "unverified" && (
            <span className="inline-flex items-center gap-2">
              <Badge tone="warning" weight="outline">
                {SEVERAL.notCompared}
              </Badge>
              <button type="button" className="link min-h-6" aria-label={SEVERAL.distrust(ip)} onClick={() => onTrust(key, null)}>
                {SEVERAL.undo}
              </button>
            </span>
          )}
        </div>
      </Td>
    </Tr>
  );
}

function KeyOrCause({ server: { hostKey, refusal } }: { server: SeenServer }) {
  if (hostKey) return <code className="min-w-0 wrap-anywhere">{hostKey.sha256}</code>;
  const Glyph = refusal ? OctagonX : CircleDashed;
  return (
    <span data-tone={refusal ? "danger" : "neutral"} className="flex gap-2 wrap-anywhere">
      <Glyph aria-hidden size={16} className="mt-0.5 shrink-0 text-(--tone)" />
      {refusal ?? SEVERAL.reading}
    </span>
  );
}
