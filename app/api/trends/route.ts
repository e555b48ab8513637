import { gzip } from "node:zlib";
import { promisify } from "node:util";
import { currentUser } from "@/lib/auth";
import { writeHours } from "@/lib/domain/sample-wire";
import { readHours } from "@/lib/services/metrics/read";

export const dynamic = "force-dynamic";

const compress = promisify(gzip);
const FAST = { level: 1 };

/** The last hour of every node, for the sparklines: bytes as lib/domain/sample-wire.ts says, in gzip, whose header Next.js takes away. */
export async function GET(): Promise<Response> {
  if (!(await currentUser())) return new Response("You are signed out.", { status: 401 });
  const hours = await readHours();
  const bytes = await compress(writeHours(hours.map((hour) => ({ ...hour, at: Math.floor(hour.at) }))), FAST);
  return new Response(bytes, {
    headers: { "content-type": "application/gzip", "cache-control": "no-store" },
  });
}
