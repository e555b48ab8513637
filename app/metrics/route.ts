import { createHash, timingSafeEqual } from "node:crypto";
import { webEnv } from "@/lib/env";
import { exposedMetrics } from "@/lib/services/metrics/expose";

export const dynamic = "force-dynamic";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** For Prometheus and its like. There is nothing here until REGENT_METRICS_TOKEN is set, and nothing without it then. */
export async function GET(request: Request): Promise<Response> {
  const token = webEnv().REGENT_METRICS_TOKEN;
  if (token === undefined) return new Response("Set REGENT_METRICS_TOKEN to have metrics here.\n", { status: 404 });
  const given = /^Bearer (.{1,256})$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  if (!timingSafeEqual(digest(given), digest(token)))
    return new Response("Send the token of REGENT_METRICS_TOKEN as a bearer.\n", {
      status: 401,
      headers: { "www-authenticate": "Bearer" },
    });
  const headers = { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" };
  return new Response(await exposedMetrics(), { headers });
}
