import { readFileSync } from "node:fs";
import { join } from "node:path";
import { db } from "../db";

export type About = {
  version: string;
  build: string;
  /** As PostgreSQL calls itself: "18.4". */
  database: string;
  workers: { id: string; version: string; startedAt: string; seenAt: string }[];
};

export const version = (): string => process.env.npm_package_version ?? "dev";

let build: string | undefined;

/** The build that runs, by the name that `next build` gave it; read once, so that a build made meanwhile is not taken for it. */
export function buildId(): string {
  if (build !== undefined) return build;
  try {
    build = readFileSync(join(process.cwd(), ".next/BUILD_ID"), "utf8").trim();
  } catch {
    build = version(); // `next dev` has no build.
  }
  return build;
}

/** What a person tells when asking for help: versions, and which workers have shown themselves. */
export async function about(): Promise<About> {
  const [[server], workers] = await Promise.all([
    db.$queryRaw<{ server_version: string }[]>`SHOW server_version`,
    db.worker.findMany({ orderBy: { startedAt: "desc" } }),
  ]);
  return {
    version: version(),
    build: buildId(),
    database: server?.server_version ?? "",
    workers: workers.map(({ startedAt, seenAt, ...worker }) => ({
      ...worker,
      startedAt: startedAt.toISOString(),
      seenAt: seenAt.toISOString(),
    })),
  };
}
