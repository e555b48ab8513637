"use client";

import { CircleCheck, OctagonX } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { KeyValues } from "@/components/ui/key-values";
import { onDemand } from "@/components/ui/on-demand";
import { RelativeTime } from "@/components/ui/relative-time";
import { SECURITIES } from "@/lib/domain/mail-server";
import { NOTIFY } from "@/lib/messages/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";
import type { ServerView } from "./mail-server-dialog";
import { MailTest } from "./mail-test";

const MailServerDialog = onDemand(() => import("./mail-server-dialog").then((module) => module.MailServerDialog));
const RemoveServerDialog = onDemand(() => import("./remove-server-dialog").then((module) => module.RemoveServerDialog));

/** The mail server as it is set, whether it works, and a test of it. */
export function MailServer({ server }: { server: ServerView | null }) {
  const [asked, setAsked] = useState<"set" | "remove" | null>(null);
  const close = () => setAsked(null);
  return (
    <>
      {server ? (
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-12 gap-y-5 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
          <div className="grid gap-3">
            <KeyValues items={factsOf(server)} />
            <div className="flex flex-wrap gap-2">
              <Button onClick={() => setAsked("set")}>{NOTIFY_PAGE.change}</Button>
              <Button onClick={() => setAsked("remove")}>{NOTIFY.remove}</Button>
            </div>
          </div>
          <MailTest />
        </div>
      ) : (
        <Callout title={NOTIFY.noServer} actions={<Button onClick={() => setAsked("set")}>{NOTIFY_PAGE.set}</Button>} />
      )}
      {asked === "set" && <MailServerDialog server={server} onClose={close} />}
      {asked === "remove" && server && <RemoveServerDialog host={server.host} onClose={close} />}
    </>
  );
}

const factsOf = (server: ServerView) => [
  { label: NOTIFY.host, value: <code>{`${server.host}:${server.port}`}</code> },
  { label: NOTIFY.security, value: SECURITIES[server.security] },
  { label: NOTIFY.login, value: server.login && <bdi>{server.login}</bdi> },
  { label: NOTIFY_PAGE.from, value: <bdi>{server.sender}</bdi> },
  { label: "State", value: <ServerState server={server} /> },
];

function ServerState({ server: { failingSince, problem } }: { server: ServerView }) {
  if (!failingSince)
    return (
      <Badge tone="positive" glyph={<CircleCheck aria-hidden />}>
        {NOTIFY_PAGE.works}
      </Badge>
    );
  return (
    <>
      <Badge tone="danger" weight="solid" glyph={<OctagonX aria-hidden />}>
        {NOTIFY_PAGE.failing}
      </Badge>{" "}
      <RelativeTime value={failingSince} className="text-muted" />
      <span className="block">{problem}</span>
    </>
  );
}
