import type { Metadata } from "next";
import { Wall } from "@/components/wall/wall";
import { parseWallOptions } from "@/lib/domain/wall-options";
import { WALL } from "@/lib/messages/wall";

export const metadata: Metadata = { title: WALL.title };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Nobody is signed in here, and nothing is read: all that the screen shows comes by its own stream, for the token behind "#". */
export default async function WallPage({ searchParams }: Props) {
  const given = Object.entries(await searchParams).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : []));
  return <Wall options={parseWallOptions(new URLSearchParams(given))} />;
}
