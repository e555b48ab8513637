import { z } from "zod";
import { currentUser } from "@/lib/auth";
import { CSV_TYPE } from "@/lib/domain/csv";
import { EventFilter } from "@/lib/domain/events";
import { reportFault } from "@/lib/log";
import { exportEvents } from "@/lib/services/events/export";

export const dynamic = "force-dynamic";

const Asked = EventFilter.extend({ node: z.uuid().optional() });

/** The event log as CSV, newest first: of the region or of `?node=`, filtered as the page is. */
export async function GET(request: Request): Promise<Response> {
  const user = await currentUser();
  if (!user) return Response.json({ reason: "You are signed out." }, { status: 401 });
  const asked = Asked.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) return Response.json({ reason: "There is no such node." }, { status: 404 });
  const { node, ...filter } = asked.data;
  const file = await exportEvents(filter, node, user.id);
  if (!file.ok) return Response.json({ reason: file.reason, hint: file.hint }, { status: 429 });
  const headers = {
    "content-type": CSV_TYPE,
    "content-disposition": `attachment; filename="${file.value.name}"`,
    "cache-control": "no-store",
  };
  return new Response(streamOf(file.value.pieces), { headers });
}

/** Piece by piece, as fast as the browser takes them; a browser that goes away ends the reading. */
function streamOf(pieces: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const piece = await pieces.next();
        if (piece.done) controller.close();
        else controller.enqueue(encoder.encode(piece.value));
      } catch (error) {
        reportFault(error);
        controller.error(error); // what was sent is cut off, and the browser says that it failed
      }
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
