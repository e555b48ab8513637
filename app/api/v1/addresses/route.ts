import { z } from "zod";
import { currentUser } from "@/lib/auth";
import { parseIPv4 } from "@/lib/domain/address";
import { SEVERAL_MAX } from "@/lib/domain/several";
import { addressFaults } from "@/lib/services/nodes/addresses";

export const dynamic = "force-dynamic";

const Addresses = z.array(z.string().refine((text) => parseIPv4(text) !== null)).max(SEVERAL_MAX);

/** Which of the addresses that `?ips=` lists can not become candidates, each with the reason. */
export async function GET(request: Request): Promise<Response> {
  if (!(await currentUser())) return Response.json({ reason: "You are signed out." }, { status: 401 });
  const asked = new URL(request.url).searchParams.get("ips") ?? "";
  const ips = Addresses.safeParse([...new Set(asked.split(",").filter(Boolean))]);
  return ips.success
    ? Response.json(await addressFaults(ips.data), { headers: { "cache-control": "no-store" } })
    : Response.json({ reason: `Name at most ${SEVERAL_MAX} IPv4 addresses.` }, { status: 400 });
}
