import { db } from "../../db";
import type { UserRole } from "../../domain/permissions";
import { factorOf, type FactorView } from "./factor";
import { sessionsOf, type SessionView } from "./sessions";

export type AccountView = {
  name: string;
  email: string;
  role: UserRole;
  hasPassword: boolean;
  factor: FactorView;
  sessions: SessionView[];
};

/** What somebody sees of the own account; `sessionHash` is of the session that looks. */
export async function readAccount(userId: string, sessionHash: Uint8Array): Promise<AccountView> {
  const [{ name, email, role, passwordHash }, factor, sessions] = await Promise.all([
    db.user.findUniqueOrThrow({ where: { id: userId } }),
    factorOf(userId),
    sessionsOf(userId, sessionHash),
  ]);
  return { name, email, role, hasPassword: passwordHash !== null, factor, sessions };
}
