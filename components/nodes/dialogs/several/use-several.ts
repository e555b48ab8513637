"use client";

import { useMemo, useRef, useState, type SubmitEvent } from "react";
import { requestKey } from "@/components/shell/request-key";
import { useConsole } from "@/components/shell/console-context";
import { isRunning } from "@/components/shell/use-operations";
import { addSeveral, lookAtServers } from "@/lib/actions/nodes";
import { addRefusal } from "@/lib/domain/lifecycle";
import type { Trust } from "@/lib/domain/requests";
import { readServers, serversText, type Server } from "@/lib/domain/several";
import { SEVERAL } from "@/lib/messages/several";
import type { Outcome, Refusal } from "@/lib/outcome";
import type { OperationDetail } from "@/lib/services/operations/read";
import { useOperation } from "../../use-operation";
import { useDialogAddress } from "../address";
import { followOperation } from "../follow";
import { UNREACHED } from "../shell";
import { ADD_WORDS } from "../words";
import { useBeginning } from "./beginning";
import { useAddressFaults } from "./use-address-faults";

/** A server of the look: its key, or why none was read. `key` names the server with this very host key. */
export type SeenServer = {
  ip: string;
  reading: boolean;
  key: string | null;
  hostKey: { type: string; sha256: string } | null;
  refusal: string | null;
};

/**
 * The wizard behind Add Several Candidates. The look at the servers stands in the address, so that a reload goes on with it; what is
 * trusted belongs to a host key and not to a line, so that another key is never trusted by an older tick.
 */
export function useSeveral(onClose: () => void) {
  const { user } = useConsole();
  const address = useDialogAddress();
  const { againId, first } = useBeginning();
  const { sending, refused, setRefused, send } = useRequest();
  const [text, setText] = useState(first);
  const [suggest, setSuggest] = useState(false);
  const [wentBack, setWentBack] = useState(false);
  const [trusts, setTrusts] = useState<ReadonlyMap<string, Trust>>(new Map());
  const [password, setPassword] = useState("");

  const operation = useOperation(address.operationId ?? againId);
  const look = address.operationId ? operation : null;
  const known = useFilled(operation, address.operationId !== null, (servers) => {
    setText(serversText(servers));
    setSuggest(servers.some(({ macs }) => macs.length === 0));
  });
  const page = address.operationId && !wentBack && (look === null || look.bulk?.command === "look") ? 1 : 0;

  const read = useMemo(() => readServers(text, { suggest }), [text, suggest]);
  const { faults, state: checked } = useAddressFaults(read.lines.flatMap(({ server }) => server?.ip ?? []));
  const good = read.lines.flatMap(({ server }) => (server && !faults.has(server.ip) ? server : []));
  const seen = useMemo(() => (look?.items ?? []).flatMap(seenServer), [look]);
  const trusted = seen.flatMap(({ ip, key }) => {
    const trust = key && trusts.get(key);
    return trust ? [{ ip, trust }] : [];
  });

  const lookAt = async (servers: Server[]) => {
    const started = await send((key) => lookAtServers({ servers }, key));
    if (!started) return;
    known(started.operationId);
    setWentBack(false);
    address.replace({ op: started.operationId, again: null, first: null });
  };
  const finish = async () => {
    const started = await send((key) => addSeveral({ lookId: address.operationId ?? "", trusted, password }, key));
    if (!started) return;
    followOperation(started.operationId, ADD_WORDS);
    onClose();
  };

  const role = addRefusal(user.role)?.reason;
  const blocked = [
    role ?? (text.trim() === "" ? SEVERAL.nothing : (read.refusal?.reason ?? (good.length ? undefined : SEVERAL.noneGood))),
    role ?? keysBlocked({ reading: look === null || isRunning(look), trusted: trusted.length, password }),
  ][page];
  return {
    page,
    text,
    suggest,
    password,
    read,
    faults,
    checked,
    good,
    seen,
    trusts,
    trusted,
    sending,
    refused,
    blocked,
    reading: look === null || isRunning(look),
    dirty: (text.trim() !== "" || password !== "") && !sending,
    setText: (typed: string) => {
      setRefused(null);
      setText(typed);
    },
    setSuggest,
    setPassword: (typed: string) => {
      setRefused(null);
      setPassword(typed);
    },
    /** Null takes the trust away. */
    trust: (keys: readonly string[], trust: Trust | null) =>
      setTrusts((now) => new Map([...now].filter(([key]) => !keys.includes(key)).concat(trust ? keys.map((key) => [key, trust]) : []))),
    back: () => {
      setRefused(null);
      setWentBack(true);
    },
    lookAgain: () => void lookAt((look?.items ?? []).flatMap(({ server }) => (server ? asked(server) : []))),
    submit: (event: SubmitEvent) => {
      event.preventDefault();
      if (blocked === undefined) void (page === 0 ? lookAt(good) : finish());
    },
  };
}

export type SeveralWizard = ReturnType<typeof useSeveral>;

const asked = ({ ip, user, role, macs }: Server): Server => ({ ip, user, role, macs });

/** What is still missing before Finish, one thing at a time. */
function keysBlocked({ reading, trusted, password }: { reading: boolean; trusted: number; password: string }): string | undefined {
  if (reading) return SEVERAL.stillReading;
  if (!trusted) return SEVERAL.noneTrusted;
  return password ? undefined : SEVERAL.noPassword;
}

function seenServer({ server, state, refusal }: OperationDetail["items"][number]): SeenServer[] {
  if (!server) return [];
  const { ip, hostKey } = server;
  return [
    {
      ip,
      reading: state === "waiting" || state === "running",
      key: hostKey && `${ip} ${hostKey.type} ${hostKey.sha256}`,
      hostKey,
      refusal: refusal ? [refusal.reason, refusal.hint].filter(Boolean).join(" ") : null,
    },
  ];
}

/**
 * Fills the form once from an operation that this dialog did not start: all of a look that a reload found, else what failed. Returns
 * how to say that what is typed is what the operation was started with.
 */
function useFilled(operation: OperationDetail | null, whole: boolean, fill: (servers: Server[]) => void): (operationId: string) => void {
  const [filledFrom, setFilledFrom] = useState<string | null>(null);
  if (!operation || filledFrom === operation.id) return setFilledFrom;
  const items = operation.items.filter(({ state }) => whole || state === "failed" || state === "skipped");
  const servers = items.flatMap(({ server }) => (server ? asked(server) : []));
  setFilledFrom(operation.id);
  if (servers.length) fill(servers);
  return setFilledFrom;
}

/** One request at a time. One that was not answered keeps its key, so that the next press is the same request. */
function useRequest() {
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<Refusal | null>(null);
  const key = useRef(requestKey());
  const send = async <Value>(request: (key: string) => Promise<Outcome<Value>>): Promise<Value | null> => {
    setSending(true);
    setRefused(null);
    const outcome = await request(key.current).catch((): Refusal => UNREACHED);
    setSending(false);
    if (outcome !== UNREACHED) key.current = requestKey();
    if (outcome.ok) return outcome.value;
    setRefused(outcome);
    return null;
  };
  return { sending, refused, setRefused, send };
}
