import { readiness } from "@/lib/services/readiness";

export const dynamic = "force-dynamic";

/** Database, migrations and a live worker; 503 with what is missing otherwise. */
export async function GET(): Promise<Response> {
  const checks = await readiness();
  const ready = Object.values(checks).every(Boolean);
  return Response.json(checks, { status: ready ? 200 : 503, headers: { "cache-control": "no-store" } });
}
