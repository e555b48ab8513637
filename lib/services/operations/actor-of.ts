import { type Actor, SYSTEM } from "../actor";

/** The administrator who asked for an operation, as its events name him. The role is that of the request, which was checked then. */
export const actorOf = (operation: { actorId: string | null; actorName: string }): Actor =>
  operation.actorId ? { kind: "user", id: operation.actorId, name: operation.actorName, role: "operator" } : SYSTEM;
