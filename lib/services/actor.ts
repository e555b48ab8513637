import type { UserRole } from "../domain/permissions";

/** Who an event names. A user acts through the console; the system and the deadline act by themselves. */
export type Actor =
  | { kind: "user"; id: string; name: string; role: UserRole }
  | { kind: "system"; name: string }
  | { kind: "deadline"; name: string };

export type UserActor = Extract<Actor, { kind: "user" }>;

export const SYSTEM: Actor = { kind: "system", name: "Regent" };
export const DEADLINE: Actor = { kind: "deadline", name: "Deadline" };

export const actorId = (actor: Actor): string | null => (actor.kind === "user" ? actor.id : null);
