import { randomUUID } from "node:crypto";
import { escrowAad } from "../../domain/sealing";
import { sharedEnv } from "../../env";
import { seal } from "../../secrets";

/** A password that only the worker can open, bound to the row it lies in. */
export type SealedPassword = { id: string; sealed: Uint8Array<ArrayBuffer> };

export function sealPassword(password: string): SealedPassword {
  const id = randomUUID();
  return { id, sealed: seal(sharedEnv().REGENT_SEAL_PUBLIC_KEY, password, escrowAad(id)) };
}
