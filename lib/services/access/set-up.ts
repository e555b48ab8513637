import { db } from "../../db";
import { done, refuse, type Outcome } from "../../outcome";
import { record } from "../events/record";
import { lockRegion } from "../region";
import { takeLink } from "./links";
import { hashPassword } from "./passwords";

export type FirstAdministrator = { token: string; name: string; email: string; password: string };

/** Creates the first administrator with the set-up link. Refused once there is one. */
export async function setUp(input: FirstAdministrator): Promise<Outcome> {
  const passwordHash = await hashPassword(input.password);
  return db.$transaction(async (tx) => {
    await lockRegion(tx);
    if (await tx.user.count())
      return refuse("set-up-done", "Regent has an administrator already.", { hint: "Sign in, or ask that administrator for an account." });
    if (!(await takeLink(input.token, "set-up", tx)))
      return refuse("link-invalid", "This set-up link was used already or has expired.", {
        hint: "Restart Regent: it prints a new one as long as there is no administrator.",
      });
    const user = await tx.user.create({ data: { name: input.name, email: input.email.toLowerCase(), role: "admin", passwordHash } });
    await record(tx, {
      kind: "access.set-up",
      message: `${user.name} became the first administrator.`,
      actor: { kind: "user", id: user.id, name: user.name, role: "admin" },
    });
    return done(undefined);
  });
}
