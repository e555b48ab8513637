import { KeyPair, type HostKey } from "../../domain/requests";
import { nodeKeyAad } from "../../domain/sealing";
import { sharedEnv, workerEnv } from "../../env";
import { installKey, privilegeOf } from "../../machines/ask";
import { generateNodeKey } from "../../machines/keys";
import { withMachine } from "../../machines/dial";
import { done, type Outcome } from "../../outcome";
import { seal } from "../../secrets";
import { addressOf, noted, unseal, withPassword } from "../reach";
import type { Held } from "../held";
import { keepResult } from "./step";

/**
 * Puts Regent's own key on the machine with the password that came with the operation. The pair is kept, sealed, before it is
 * installed: a worker that dies in between installs the same key again, and the machine gets one line, not two.
 */
export async function installOwnKey(
  operation: Held,
  login: { user: string; hostKey: HostKey },
  existing?: KeyPair,
): Promise<Outcome<KeyPair>> {
  const pair = existing ?? KeyPair.safeParse((operation.result as { key?: unknown } | null)?.key).data ?? newPair(operation);
  await keepResult(operation, { key: pair });
  const installed = await withPassword(operation, login, (machine) => installKey(machine, pair.publicKey));
  return installed.ok ? done(pair) : installed;
}

function newPair(operation: Held): KeyPair {
  const { privateKey, authorizedKey } = generateNodeKey({ comment: `regent@${operation.ip}`, from: workerEnv().REGENT_KEY_FROM });
  const sealed = seal(sharedEnv().REGENT_SEAL_PUBLIC_KEY, privateKey, nodeKeyAad(authorizedKey));
  return { publicKey: authorizedKey, sealedPrivate: Buffer.from(sealed).toString("base64") };
}

/** Proves that the key works before the password is deleted. */
export async function loginWithOwnKey(
  operation: Held,
  login: { user: string; hostKey: HostKey },
  pair: KeyPair,
): Promise<Outcome<"root" | "sudo" | "none">> {
  const address = addressOf(operation.ip);
  if (!address.ok) return address;
  const privateKey = unseal(Buffer.from(pair.sealedPrivate, "base64"), nodeKeyAad(pair.publicKey)).reveal();
  const credential = { kind: "key", user: login.user, privateKey } as const;
  return noted(operation.nodeId, await withMachine(address.value, login.hostKey, credential, privilegeOf, { signal: operation.signal }));
}
