import { db } from "../../db";

/** Whom an alarm can tell, as its form offers it. Of a webhook only the host: whoever knows its whole address may write there. */
export type Recipient = { id: string; kind: "email" | "webhook"; name: string; address: string; enabled: boolean; problem: string | null };

export async function alarmRecipients(): Promise<Recipient[]> {
  const rows = await db.notifyTarget.findMany({
    select: { id: true, kind: true, name: true, address: true, enabled: true, failingSince: true, problem: true },
    orderBy: [{ kind: "asc" }, { name: "asc" }],
  });
  return rows.map(({ kind, failingSince, problem, ...row }) => ({
    ...row,
    kind: kind === "webhook" ? "webhook" : "email",
    address: kind === "webhook" ? new URL(row.address).host : row.address,
    problem: failingSince ? (problem ?? "") : null,
  }));
}
