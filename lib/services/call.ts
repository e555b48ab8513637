import type { UserActor } from "./actor";

/** Who acts, the key that makes a repeated request the same request, and the session it came by where it came by one. */
export type Call = { actor: UserActor; idempotencyKey: string | null; sessionHash?: Uint8Array<ArrayBuffer> };
