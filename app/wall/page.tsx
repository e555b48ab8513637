import type { Metadata } from "next";
import { Wall } from "@/components/wall/wall";
import { parseWallOptions } from "@/lib/domain/wall-options";
import { WALL } from "@/lib/messages/wall";
import { buildId } from "@/lib/services/about";

export const metadata: Metadata = { title: WALL.title };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Nobody is signed in here, and nothing is read: all that the screen shows comes by its own stream, for the token behind "#". */
export default async function WallPage({ searchParams }: Props) {
  const given = Object.entries(await searchParams).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : []));
  return (
    <>
      {/* Of a browser that does not know its colours it is not known what else it can show: see wall.css. */}
      <p className="wall-old">{WALL.oldBrowser}</p>
      <Wall options={parseWallOptions(new URLSearchParams(given))} build={buildId()} />
    </>
  );
}
