import { z } from "zod";
import { currentUser } from "@/lib/auth";
import { neighbours } from "@/lib/services/nodes/neighbours";

export const dynamic = "force-dynamic";

const ids = z
  .string()
  .transform((text) => text.split(",").filter(Boolean))
  .pipe(z.array(z.uuid()).max(20));
const Seen = z.object({ before: ids, after: ids });

/** The nodes before and after one: in the list whose ids are given (`before`, `after`, nearest first), otherwise by name. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  if (!(await currentUser())) return Response.json({ reason: "You are signed out." }, { status: 401 });
  const id = z.uuid().safeParse((await params).id);
  if (!id.success) return Response.json({ reason: "There is no such node." }, { status: 404 });
  const seen = Seen.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  return Response.json(await neighbours(id.data, seen.data ?? null), { headers: { "cache-control": "no-store" } });
}
