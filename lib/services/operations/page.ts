import type { Prisma } from "../../generated/prisma/client";
import { operationsWhere, type OperationView } from "./read";

export const OPERATION_FILTERS = ["all", "running", "failed", "mine"] as const;
export type OperationFilter = (typeof OPERATION_FILTERS)[number];

/** `older` is what to pass as `before` for the next page, or null at the end. */
export type OperationPage = { operations: OperationView[]; older: string | null };

/** What runs is counted in the header, so it comes whole unless there is very much of it. */
const PAGE: Record<OperationFilter, number> = { all: 30, running: 200, failed: 30, mine: 30 };
/** Where a page ends: the time and id of its last operation, which keep their place whatever is added meanwhile. */
const cursorOf = ({ createdAt, id }: OperationView): string => `${createdAt}_${id}`;

const WHERE: Record<OperationFilter, (userId: string) => Prisma.OperationWhereInput> = {
  all: () => ({}),
  running: () => ({ status: { in: ["pending", "running"] } }),
  failed: () => ({ status: "failed" }),
  mine: (userId) => ({ actorId: userId }),
};

/** A page of the region's operations, newest first. A cursor that is none is the beginning. */
export async function operationPage(filter: OperationFilter, userId: string, before?: string | null): Promise<OperationPage> {
  const found = await operationsWhere({ ...WHERE[filter](userId), ...after(before ?? "") }, PAGE[filter] + 1);
  const operations = found.slice(0, PAGE[filter]);
  const last = operations.at(-1);
  return { operations, older: found.length > PAGE[filter] && last ? cursorOf(last) : null };
}

function after(cursor: string): Prisma.OperationWhereInput {
  const [, time, id] = /^(\d{4}-[\d-]{5}T[\d:.]{8,12}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor) ?? [];
  const at = new Date(time ?? "");
  if (!id || Number.isNaN(at.getTime())) return {};
  return { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] };
}
