import type { UserActor } from "./actor";

/** Who acts, the key that makes a repeated request the same request, and, where it came by a browser, the session and the address it came from. */
export type Call = { actor: UserActor; idempotencyKey: string | null; sessionHash?: Uint8Array<ArrayBuffer>; from?: string };
