/** How the worker gets onto a machine: address rules, pinned key, credential, back-off. Checked before every dial. */
import { readFileSync } from "node:fs";
import { dialable } from "../domain/address";
import { distrusted } from "../domain/guards";
import type { HostKey } from "../domain/requests";
import { escrowAad, nodeKeyAad } from "../domain/sealing";
import { db } from "../db";
import { sharedEnv, workerEnv } from "../env";
import type { Node, NodeKey, Operation } from "../generated/prisma/client";
import type { Held } from "./held";
import { ownAddresses } from "../machines/addresses";
import { readHostKey, withMachine, type Address, type DialOptions, type DialRefusal, type Machine } from "../machines/dial";
import { MACHINE } from "../messages/machine";
import { refuse, type Outcome } from "../outcome";
import { open, type Secret } from "../secrets";
import { backoffFor, noteAccepted, noteRefused } from "../services/operations/backoff";
import { readRegion } from "../services/region";
import { isRevoked, noteChangedHostKey, noteHostKeyBack } from "../services/nodes/host-key";

export function addressOf(ip: string): Outcome<Address> {
  return dialable(ip, sharedEnv().REGENT_MANAGEMENT_NETWORKS, ownAddresses());
}

let cachedKey: string | undefined;
const sealPrivateKey = () => (cachedKey ??= readFileSync(workerEnv().REGENT_SEAL_PRIVATE_KEY_FILE, "utf8").trim());

export const unseal = (sealed: Uint8Array, aad: string): Secret => open(sealPrivateKey(), sealed, aad);

/** The password that came with an operation, or with the work on many that it is part of. */
export async function passwordOf({ id, parentId }: Operation): Promise<Outcome<Secret>> {
  const { now } = await readRegion(db);
  const escrow = await db.escrow.findFirst({ where: { operationId: { in: parentId ? [id, parentId] : [id] }, expiresAt: { gt: now } } });
  if (!escrow)
    return refuse("password-gone", "The SSH Password was deleted ten minutes after it was typed.", {
      hint: "Type the password again.",
      field: "password",
    });
  return { ok: true, value: unseal(escrow.sealed, escrowAad(escrow.id)) };
}

/** Logs in with the password of the operation, unless the address has just refused one. */
export async function withPassword<T>(
  operation: Held,
  login: { user: string; hostKey: HostKey },
  work: (machine: Machine) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const address = addressOf(operation.ip);
  if (!address.ok) return address;
  const backoff = await backoffFor(operation.ip);
  if (backoff.waitMs > 0) return backoff.refusal;
  const password = await passwordOf(operation);
  if (!password.ok) return password;
  const credential = { kind: "password", user: login.user, password: password.value.reveal() } as const;
  const outcome = await withMachine(address.value, login.hostKey, credential, (machine) => work(whileMine(operation, machine)), {
    recentlyRefused: backoff.failures > 0,
    signal: operation.signal,
  });
  if (!outcome.ok && outcome.code === "auth-refused") await noteRefused(operation.ip);
  else if (outcome.ok) await noteAccepted(operation.ip);
  return noted(operation.nodeId, outcome);
}

export type ReachableNode = Pick<Node, "id" | "ip" | "sshUser" | "hostKeyType" | "hostKeySha256" | "hostKeyChanged"> & {
  key: Pick<NodeKey, "publicKey" | "sealedPrivate"> | null;
};

/** Who looks only, for no operation, has nothing that could be taken from him. */
type Holder = Pick<Held, "signal"> & Partial<Pick<Held, "isMine">>;

/** A worker that slept between two commands does not run the second one on what is another's by now. */
const whileMine = ({ isMine }: Holder, machine: Machine): Machine =>
  isMine
    ? { ...machine, run: async (name, input) => ((await isMine()) ? machine.run(name, input) : MACHINE.connectionLost(machine.ip)) }
    : machine;

/** Logs in with Regent's own key for this node. A changed host key is remembered and stops every later dial. */
export async function withNode<T>(
  holder: Holder,
  node: ReachableNode,
  work: (machine: Machine) => Promise<Outcome<T>>,
  options: Pick<DialOptions, "sessionMs" | "admit"> = {},
): Promise<Outcome<T>> {
  const { signal } = holder;
  const address = addressOf(node.ip);
  if (!address.ok) return address;
  const back = node.hostKeyChanged ? await keyIsBack(node, address.value, signal) : null;
  if (back && !back.ok) return back;
  if (!node.key)
    return refuse("no-key", `Regent has no key for ${node.ip}.`, { hint: "Use Modify Candidate to log in with a password once." });
  const privateKey = unseal(node.key.sealedPrivate, nodeKeyAad(node.key.publicKey)).reveal();
  const pinned = { type: node.hostKeyType, sha256: node.hostKeySha256 };
  const credential = { kind: "key", user: node.sshUser, privateKey } as const;
  const mine = (machine: Machine) => work(whileMine(holder, machine));
  const outcome = await withMachine(address.value, pinned, credential, mine, { ...options, signal });
  return noted(node.id, outcome);
}

/** Remembers a changed host key of a node, wherever it was met. */
export async function noted<T>(nodeId: string | null, outcome: Outcome<T>): Promise<Outcome<T>> {
  const seen = outcome.ok ? undefined : (outcome as DialRefusal).seen;
  if (nodeId && seen) await noteChangedHostKey(nodeId, seen);
  return outcome;
}

/**
 * A node whose address showed another key is asked for its key again, and for nothing else. When the trusted key is back (the other
 * one was a neighbour's, or an attacker's), the mark goes; otherwise the newest key is what an administrator compares. A revoked one is
 * trusted again by an administrator alone.
 */
async function keyIsBack(node: ReachableNode, address: Address, signal: AbortSignal): Promise<Outcome> {
  const contact = await readHostKey(address, { signal });
  if (!contact.ok) return contact;
  const { hostKey } = contact.value;
  const hostKeyRevoked = isRevoked(node.hostKeyChanged);
  if (!hostKeyRevoked && hostKey.type === node.hostKeyType && hostKey.sha256 === node.hostKeySha256) {
    await noteHostKeyBack(node.id);
    return { ok: true, value: undefined };
  }
  const changed: DialRefusal = { ...distrusted({ ip: node.ip, hostKeyRevoked }), seen: hostKey };
  return noted(node.id, changed);
}
