import { z } from "zod";
import { currentUser } from "@/lib/auth";
import { HistoryRequest, type HistoryAnswer } from "@/lib/domain/history-request";
import { happened } from "@/lib/services/events/marks";
import { nodeHistory, regionMedian } from "@/lib/services/metrics/history";

export const dynamic = "force-dynamic";

/** What was measured of a node `?from=&to=` (seconds since 1970), in at most `points` points, a column for each metric. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  if (!(await currentUser())) return Response.json({ reason: "You are signed out." }, { status: 401 });
  const id = z.uuid().safeParse((await params).id);
  if (!id.success) return Response.json({ reason: "There is no such node." }, { status: 404 });
  const asked = HistoryRequest.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) return Response.json({ reason: asked.error.issues[0]?.message }, { status: 400 });
  const { from, to, points, median } = asked.data;
  const [history, told] = await Promise.all([nodeHistory(id.data, from, to, points), happened(id.data, from, to)]);
  if (!told) return Response.json({ reason: "There is no such node." }, { status: 404 });
  const { start, step, series } = history;
  const answer: HistoryAnswer = {
    ...history,
    ...told,
    median: median === "1" ? await regionMedian(start, step, series.cpu.average.length) : null,
  };
  return Response.json(answer, { headers: { "cache-control": "no-store" } });
}
