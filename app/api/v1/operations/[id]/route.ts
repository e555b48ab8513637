import { z } from "zod";
import { currentUser } from "@/lib/auth";
import { operationDetail } from "@/lib/services/operations/read";

export const dynamic = "force-dynamic";

/** One operation with its steps and what it found: what a dialog shows while it waits. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  if (!(await currentUser())) return Response.json({ reason: "You are signed out." }, { status: 401 });
  const id = z.uuid().safeParse((await params).id);
  const operation = id.success ? await operationDetail(id.data) : null;
  return operation
    ? Response.json(operation, { headers: { "cache-control": "no-store" } })
    : Response.json({ reason: "There is no such operation." }, { status: 404 });
}
