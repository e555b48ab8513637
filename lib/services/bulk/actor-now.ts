import { bulkPermission, type BulkWork } from "../../domain/bulk";
import { permissionRefusal } from "../../domain/permissions";
import type { Tx } from "../../db";
import type { Operation } from "../../generated/prisma/client";
import { refuse, type Refusal } from "../../outcome";
import type { UserActor } from "../actor";

/** Who asked, with the role of this moment: it may have been taken away since. */
export async function actorNow(tx: Tx, { actorId, actorName }: Operation, work: BulkWork): Promise<UserActor | Refusal> {
  const user = actorId ? await tx.user.findUnique({ where: { id: actorId } }) : null;
  if (!user) return permissionRefusal(bulkPermission(work));
  if (user.disabledAt)
    return refuse("forbidden", `${actorName} may not sign in any more.`, { hint: "Somebody else can try the failed ones again." });
  return { kind: "user", id: user.id, name: user.name, role: user.role };
}
