"use client";

import { useRef, useState, type SubmitEvent } from "react";
import { addCandidate, contactMachine, inspectMachine } from "@/lib/actions/nodes";
import { parseIPv4 } from "@/lib/domain/address";
import type { NodeRole } from "@/lib/domain/roles";
import { refuse, type Outcome, type Refusal } from "@/lib/outcome";
import { useOperation } from "../use-operation";
import { useDialogAddress } from "./address";
import { followOperation } from "./follow";
import { requestKey } from "@/components/shell/request-key";
import { ADD_WORDS } from "./words";

export type Info = { ip: string; user: string; password: string; role: NodeRole };

const EMPTY: Info = { ip: "", user: "root", password: "", role: "Worker" };
const UNREACHED = refuse("unreached", "Regent did not answer.", { hint: "Check the connection to the console and press again." });

/**
 * The wizard behind Add Candidate Node. The host key is read as soon as the address is complete; nothing secret leaves this page
 * before the administrator has trusted it. The running inspection stands in the address, so that a reload goes on with it.
 */
export function useAddCandidate(onClose: () => void) {
  const address = useDialogAddress();
  const [info, setInfo] = useState(EMPTY);
  const [contactId, setContactId] = useState<string | null>(null);
  const [trusted, setTrusted] = useState<"verified" | "unverified" | null>(null);
  const [macs, setMacs] = useState<string[]>([]);
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<Refusal | null>(null);
  const [wentBack, setWentBack] = useState(false);
  const testedIp = useRef("");
  const key = useRef(requestKey());

  const contact = useOperation(contactId);
  const inspecting = useOperation(address.operationId);
  const inspection = inspecting?.inspection ?? null;
  const inspected = inspecting?.status === "succeeded" && inspection !== null;
  const page = inspected && !wentBack ? 1 : 0;
  const running = [contact, inspecting].some((operation) => operation?.status === "pending" || operation?.status === "running");

  // An inspection that this tab did not start (a reload, a shared link) fills the form with all but the password.
  const [filledFrom, setFilledFrom] = useState<string | null>(null);
  if (inspecting && inspection && inspected && filledFrom !== inspecting.id) {
    setFilledFrom(inspecting.id);
    setInfo((typed) => ({ ...typed, ip: inspecting.ip ?? "", user: inspection.user, role: inspection.role }));
    setMacs(inspection.suggestedMacs);
  }

  const send = async <Value>(request: (key: string) => Promise<Outcome<Value>>): Promise<Value | null> => {
    setSending(true);
    setRefused(null);
    const outcome = await request(key.current).catch(() => UNREACHED);
    setSending(false);
    // A request that was answered is over; one that was not keeps its key, so that the next press is the same request.
    if (outcome !== UNREACHED) key.current = requestKey();
    if (outcome.ok) return outcome.value;
    setRefused(outcome);
    return null;
  };

  const test = async () => {
    const ip = info.ip.trim();
    if (!parseIPv4(ip) || ip === testedIp.current) return;
    testedIp.current = ip;
    if (address.operationId) address.replace({ op: null });
    setTrusted(null);
    setContactId(null);
    const started = await send((once) => contactMachine({ ip }, once));
    setContactId(started?.operationId ?? null);
  };
  const testAgain = () => {
    testedIp.current = "";
    return test();
  };

  const inspect = async () => {
    const hostKey = contact?.hostKey;
    if (!hostKey || !trusted) return testAgain();
    const started = await send((once) => inspectMachine({ ...info, ip: info.ip.trim(), hostKey, trust: trusted }, once));
    if (!started) return;
    setWentBack(false);
    address.replace({ op: started.operationId });
  };

  const finish = async () => {
    if (!inspecting) return;
    const started = await send((once) => addCandidate({ inspectionId: inspecting.id, macs: macs.filter((mac) => mac.trim()) }, once));
    if (!started) return;
    followOperation(started.operationId, ADD_WORDS);
    onClose();
  };

  const failed = [inspecting, contact].find((operation) => operation?.status === "failed")?.refusal;
  const refusal: Refusal | null = refused ?? (failed ? { ok: false, ...failed } : null);
  return {
    page,
    info,
    contact,
    inspecting,
    inspection,
    trusted,
    macs,
    setMacs,
    setTrusted,
    sending,
    refusal,
    test,
    testAgain,
    busy: sending || running,
    dirty: Boolean(info.ip || info.password) && !sending,
    blocked: page === 0 ? blockedBecause(info, contact?.hostKey !== null && contact !== null, trusted !== null, running) : undefined,
    set: (part: Partial<Info>) => {
      setRefused(null);
      setInfo((typed) => ({ ...typed, ...part }));
    },
    back: () => setWentBack(true),
    /** What is typed becomes the first line there; but not the password, which is typed for all of them later. */
    several: () => {
      const ip = info.ip.trim();
      address.replace({ do: "several", op: null, first: ip ? [ip, info.user, info.role].join() : null });
    },
    submit: (event: SubmitEvent) => {
      event.preventDefault();
      void (page === 0 ? inspect() : finish());
    },
  };
}

export type AddWizard = ReturnType<typeof useAddCandidate>;

/** What is still missing before Next, one thing at a time. */
function blockedBecause({ ip, user, password }: Info, hasKey: boolean, trusted: boolean, running: boolean): string | undefined {
  if (running) return undefined;
  if (!ip.trim()) return "Type the Candidate Access IP.";
  if (!hasKey) return parseIPv4(ip.trim()) ? undefined : "The Candidate Access IP is not complete.";
  if (!trusted) return "Compare and trust the host key first.";
  if (!user.trim()) return "Type the SSH User.";
  return password ? undefined : "Type the SSH Password.";
}
