"use client";

import { ArrowDown, ArrowUp, CornerDownRight, Minus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ExpandRow } from "@/components/ui/expand-row";
import { NoData } from "@/components/ui/key-values";
import { Table, Td, Th } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import type { Inventory, Link } from "@/lib/domain/inventory";
import { linkTree, type ClusterInterface, type LinkRow } from "@/lib/domain/links";
import { formatSpeed } from "@/lib/domain/units";
import { NODE_PAGE } from "@/lib/messages/node";

const HEADERS = [
  "Name",
  "MAC address",
  "Admin state",
  "Operational state",
  "MTU",
  "Vendor",
  "Model",
  "Bond type",
  "Speed",
  "Carrier",
] as const;
/** One step of the tree, in the order of depth; deeper ones stay there. */
const INDENT = ["", "ps-5", "ps-10", "ps-15"] as const;

/** Every network link where it belongs: members under their bond or bridge, VLANs under their parent. Opens to the cluster's interfaces. */
export function LinksTab({ links }: Pick<Inventory, "links">) {
  const rows = linkTree(links);
  const expandable = rows.filter(({ interfaces }) => interfaces.length > 0).map(({ link }) => link.name);
  const [open, setOpen] = useState<readonly string[]>([]);
  if (!rows.length) return <EmptyState title={NODE_PAGE.links.none} />;
  const all = expandable.every((name) => open.includes(name));
  return (
    <>
      {expandable.length > 0 && (
        <Button size="small" className="justify-self-start" onClick={() => setOpen(all ? [] : expandable)}>
          {all ? "Collapse all" : "Expand all"}
        </Button>
      )}
      <TableFrame label="Node Links" className="max-h-[max(18rem,calc(100dvh-17rem))]">
        <Table>
          <thead>
            <tr>
              <Th check>
                <span className="sr-only">{NODE_PAGE.links.interfaces}</span>
              </Th>
              {HEADERS.map((header) => (
                <Th key={header} numeric={header === "MTU" || header === "Speed"}>
                  {header}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <ExpandRow
                key={row.link.name}
                label={`${NODE_PAGE.links.interfaces} of ${row.link.name}`}
                columns={HEADERS.length}
                open={open.includes(row.link.name)}
                onToggle={() =>
                  setOpen((now) => (now.includes(row.link.name) ? now.filter((name) => name !== row.link.name) : [...now, row.link.name]))
                }
                cells={<LinkCells row={row} />}
              >
                {row.interfaces.length > 0 ? <Interfaces of={row.link.name} interfaces={row.interfaces} /> : null}
              </ExpandRow>
            ))}
          </tbody>
        </Table>
      </TableFrame>
    </>
  );
}

const UNDER = { member: "member of the link above", vlan: "VLAN on the link above" } as const;

function LinkCells({ row: { link, depth, under } }: { row: LinkRow }) {
  return (
    <>
      <Td>
        <span className={`flex items-center gap-1.5 font-medium ${INDENT[Math.min(depth, INDENT.length - 1)]}`}>
          {under && <CornerDownRight aria-hidden size={13} className="text-muted rtl:-scale-x-100" />}
          {link.name}
          <span className="text-xs font-normal text-muted">{link.type}</span>
          {under && <span className="sr-only">, {UNDER[under]}</span>}
        </span>
      </Td>
      <Td>
        <Mac link={link} />
      </Td>
      <Td>
        <State up={link.adminUp} word={link.adminUp ? "up" : "down"} />
      </Td>
      <Td>
        <State up={link.operState === "up" ? true : link.operState === "down" ? false : null} word={link.operState} />
      </Td>
      <Td numeric>{link.mtu}</Td>
      <Td>{link.vendor ?? <NoData />}</Td>
      <Td className="min-w-40 max-w-56 whitespace-normal">{link.model ?? <NoData />}</Td>
      <Td>{link.bondMode ?? <NoData />}</Td>
      <Td numeric>{link.speedMbps ? formatSpeed(link.speedMbps) : <NoData />}</Td>
      <Td>{link.carrier === null ? <NoData /> : <State up={link.carrier} word={link.carrier ? "up" : "down"} />}</Td>
    </>
  );
}

/** Inside a bond a card shows the bond's address; its own is what a converged MAC address names. */
function Mac({ link: { address, permanentAddress } }: { link: Link }) {
  if (!address) return <NoData />;
  return (
    <>
      <code>{address}</code>
      {permanentAddress && permanentAddress !== address && (
        <span className="block text-xs text-muted">
          own <code>{permanentAddress}</code>
        </span>
      )}
    </>
  );
}

/** Up and down as arrow and word; what is neither, as the kernel says it. */
function State({ up, word }: { up: boolean | null; word: string }) {
  const [Glyph, tone] =
    up === null ? ([Minus, "neutral"] as const) : up ? ([ArrowUp, "positive"] as const) : ([ArrowDown, "danger"] as const);
  return (
    <span data-tone={tone} className="inline-flex items-center gap-1 align-middle">
      <Glyph aria-hidden size={13} className="text-(--tone)" />
      {word}
    </span>
  );
}

/** Its header is no `thead`, which would stick above the rows of the outer table. */
function Interfaces({ of, interfaces }: { of: string; interfaces: readonly ClusterInterface[] }) {
  return (
    <table aria-label={`${NODE_PAGE.links.interfaces} of ${of}`} className="border-s-2 border-line">
      <tbody>
        <tr className="text-xs text-muted">
          {["Interface", "IP address", "VLAN ID", "State"].map((header) => (
            <Th key={header}>{header}</Th>
          ))}
        </tr>
        {interfaces.map(({ name, address, vlanId, state }) => (
          <tr key={`${name} ${address}`}>
            <Td>{name}</Td>
            <Td>{address ? <code>{address}</code> : <NoData />}</Td>
            <Td>{vlanId ?? <NoData />}</Td>
            <Td>
              <State up={state === "up" ? true : state === "down" ? false : null} word={state} />
            </Td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
