import { z } from "zod";
import { currentUser } from "@/lib/auth";
import { permissionRefusal, permits } from "@/lib/domain/permissions";
import { OPERATION_FILTERS, operationPage } from "@/lib/services/operations/page";

export const dynamic = "force-dynamic";

const Filter = z.enum(OPERATION_FILTERS).catch("all");

/** A page of the region's operations, newest first: `?filter=failed&before=` with what the page before named as `older`. */
export async function GET(request: Request): Promise<Response> {
  const user = await currentUser();
  if (!user) return Response.json({ reason: "You are signed out." }, { status: 401 });
  if (!permits(user.role, "operation.read")) return Response.json(permissionRefusal("operation.read"), { status: 403 });
  const { searchParams } = new URL(request.url);
  const page = await operationPage(Filter.parse(searchParams.get("filter")), user.id, searchParams.get("before"));
  return Response.json(page, { headers: { "cache-control": "no-store" } });
}
