"use client";

import { Ban, CircleCheck, CircleDashed, EllipsisVertical, ShieldCheck, TriangleAlert } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useConsole } from "@/components/shell/console-context";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { NoData } from "@/components/ui/key-values";
import { OnAsk } from "@/components/ui/on-ask";
import { onDemand } from "@/components/ui/on-demand";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import { USER_ROLES } from "@/lib/domain/permissions";
import { formatDuration } from "@/lib/domain/units";
import { USERS } from "@/lib/messages/users";
import type { InvitationRow, People, UserRow } from "@/lib/services/users/list";
import { useTimeLeft } from "./use-time-left";
import type { UserAsk } from "./user-menu";

const UserMenu = onDemand(() => import("./user-menu").then((module) => module.UserMenu));
const InvitationMenu = onDemand(() => import("./invitation-menu").then((module) => module.InvitationMenu));

const { columns, states } = USERS;
const STEP_MS = 10_000;

type UsersTableProps = People & {
  onAsk: (what: UserAsk, user: UserRow) => void;
  onInvitation: (what: "again" | "revoke", invitation: InvitationRow) => void;
};

export function UsersTable({ users, invitations, now, onAsk, onInvitation }: UsersTableProps) {
  const admins = users.filter(({ role, disabled }) => role === "admin" && !disabled).length;
  return (
    <TableFrame label={USERS.title}>
      <Table>
        <thead>
          <tr>
            <Th>{columns.name}</Th>
            <Th>{columns.role}</Th>
            <Th>{columns.seen}</Th>
            <Th numeric>{columns.sessions}</Th>
            <Th>{columns.factor}</Th>
            <Th>{columns.state}</Th>
            <Th actions>
              <span className="sr-only">{USERS.actions}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <UserLine key={user.id} user={user} admins={admins} onAsk={onAsk} />
          ))}
          {invitations.map((invitation) => (
            <InvitationLine key={invitation.id} invitation={invitation} now={now} onAsk={onInvitation} />
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

function UserLine({ user, admins, onAsk }: { user: UserRow; admins: number; onAsk: UsersTableProps["onAsk"] }) {
  const { user: own } = useConsole();
  return (
    <Tr>
      <Td>
        <Person name={user.name} email={user.email} own={user.id === own.id} />
      </Td>
      <Td>{USER_ROLES[user.role].label}</Td>
      <Td>{user.seenAt ? <RelativeTime value={user.seenAt} /> : USERS.never}</Td>
      <Td numeric>{user.sessions}</Td>
      <Td>
        {user.factor ? (
          <Badge tone="positive" glyph={<ShieldCheck aria-hidden />}>
            {USERS.factors.on}
          </Badge>
        ) : (
          <span className="text-muted">{USERS.factors.off}</span>
        )}
      </Td>
      <Td>
        {user.disabled ? (
          <Badge tone="neutral" weight="outline" glyph={<Ban aria-hidden />}>
            {states.disabled}
          </Badge>
        ) : (
          <Badge tone="positive" glyph={<CircleCheck aria-hidden />}>
            {states.active}
          </Badge>
        )}
      </Td>
      <Td actions>
        <LineMenu name={user.name}>{(trigger) => <UserMenu trigger={trigger} user={user} admins={admins} onAsk={onAsk} />}</LineMenu>
      </Td>
    </Tr>
  );
}

type InvitationLineProps = { invitation: InvitationRow; now: string; onAsk: UsersTableProps["onInvitation"] };

function InvitationLine({ invitation, now, onAsk }: InvitationLineProps) {
  const { name, email, role, expiresAt } = invitation;
  const left = useTimeLeft(Date.parse(expiresAt) - Date.parse(now), STEP_MS);
  return (
    <Tr>
      <Td>
        <Person name={name} email={email} />
      </Td>
      <Td>{USER_ROLES[role].label}</Td>
      <Td>{USERS.never}</Td>
      <Td numeric>
        <NoData />
      </Td>
      <Td>
        <NoData />
      </Td>
      <Td>
        {left > 0 ? (
          <span className="inline-flex flex-wrap items-center gap-x-1.5">
            <Badge tone="fresh" weight="outline" glyph={<CircleDashed aria-hidden />}>
              {states.invited}
            </Badge>{" "}
            <span className="text-muted">{USERS.goodFor(formatDuration(left))}</span>
          </span>
        ) : (
          <Badge tone="warning" weight="outline" glyph={<TriangleAlert aria-hidden />}>
            {states.expired}
          </Badge>
        )}
      </Td>
      <Td actions>
        <LineMenu name={name}>{(trigger) => <InvitationMenu trigger={trigger} onAsk={(what) => onAsk(what, invitation)} />}</LineMenu>
      </Td>
    </Tr>
  );
}

function Person({ name, email, own = false }: { name: string; email: string; own?: boolean }) {
  return (
    <div className="w-max max-w-80 wrap-anywhere whitespace-normal">
      <bdi className="font-medium">{name}</bdi>
      {own && <span className="ms-2 rounded-sm border border-line px-1 text-xs text-muted">{USERS.you}</span>}
      <bdi className="block text-muted">{email}</bdi>
    </div>
  );
}

function LineMenu({ name, children }: { name: string; children: (trigger: ReactElement) => ReactNode }) {
  const button = (
    <Button variant="ghost" size="icon" aria-label={USERS.actionsOf(name)}>
      <EllipsisVertical aria-hidden size={16} />
    </Button>
  );
  return (
    <OnAsk haspopup="menu" button={button}>
      {children}
    </OnAsk>
  );
}
