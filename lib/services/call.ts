import type { UserActor } from "./actor";

/** Who acts, and the key that makes a repeated request the same request. */
export type Call = { actor: UserActor; idempotencyKey: string | null };
