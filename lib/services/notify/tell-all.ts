import type { Note } from "../../domain/notes";
import type { Tx } from "../../db";
import { enqueue } from "./enqueue";

/** Tells everybody who is told anything, in the transaction that makes it true. */
export const tellAll = async (tx: Tx, note: Note): Promise<number> =>
  tell(tx, note, await tx.notifyTarget.findMany({ select: { id: true }, where: { enabled: true } }));

/** Tells the people, by mail; a pager has no use for it. */
export const tellMailboxes = async (tx: Tx, note: Note): Promise<number> =>
  tell(tx, note, await tx.notifyTarget.findMany({ select: { id: true }, where: { enabled: true, kind: "email" } }));

/** Tells those who can still be told that others can not; of a mail server no mailbox can. */
export const tellOthers = async (tx: Tx, note: Note, failing: { targetId: string; server: boolean }): Promise<number> =>
  tell(
    tx,
    note,
    await tx.notifyTarget.findMany({
      select: { id: true },
      where: { enabled: true, failingSince: null, id: { not: failing.targetId }, ...(failing.server ? { kind: "webhook" } : {}) },
    }),
  );

const tell = (tx: Tx, note: Note, targets: readonly { id: string }[]): Promise<number> =>
  enqueue(
    tx,
    targets.map(({ id }) => ({ targetId: id, note })),
  );
