import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { command, dialog, live, openList, row } from "../console";
import { expect, test } from "../fixtures";
import { nodeNamed } from "../records";
import type { Region } from "../region";

/** The server process that started all others, which PostgreSQL writes first in this file, and where it listens. */
async function postgres(region: Region): Promise<{ pid: number; port: number }> {
  const [{ file, port } = { file: "", port: 0 }] = await region.sql<{ file: string; port: number }>(
    "SELECT current_setting('data_directory') || '/postmaster.pid' AS file, current_setting('port')::int AS port",
  );
  return { pid: Number(readFileSync(file, "utf8").split("\n")[0]), port };
}

/** Kills PostgreSQL and takes its port, so that it stays away until the port is given back. */
async function keepAway(region: Region): Promise<{ comeBack: () => Promise<void> }> {
  const { pid, port } = await postgres(region);
  process.kill(pid, "SIGKILL");
  const server = createServer((socket) => socket.on("error", () => undefined).destroy());
  await expect(async () => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  }).toPass({ intervals: [10], timeout: 2000 });
  return { comeBack: async () => void (await once(server.close(), "close")) };
}

test("PostgreSQL is killed: the list is live again by itself, the nodes are measured again, and work goes on", async ({
  region,
  operator: page,
  watch,
}) => {
  test.slow();
  watch.allow(/\b50[0-9]\b|ERR_/);
  const name = "compute-west-12";
  const { id } = await nodeNamed(region, name);
  await openList(page);
  const [killed] = await region.sql<{ at: Date }>("SELECT now() AS at");
  process.kill((await postgres(region)).pid, "SIGKILL");
  const count = (sql: string) => async () => (await region.sql(sql, [id, killed?.at]).catch(() => [])).length;
  const measured = "SELECT 1 FROM metrics.node_now WHERE node_id = $1 AND sampled_at > $2::timestamptz + interval '3 s'";
  await expect.poll(count(measured), { timeout: 40_000 }).toBe(1);
  await live(page);

  await command(page, name, "Re-inspect");
  await dialog(page, `Re-inspect ${name}`).getByRole("button", { name: "Re-inspect" }).click();
  const inspected = "SELECT 1 FROM operation WHERE node_id = $1 AND kind = 'reinspect' AND status = 'succeeded' AND created_at > $2";
  await expect.poll(count(inspected), { timeout: 20_000 }).toBe(1);
  const call = (as: string) => region.sql("UPDATE node SET name = $2, version = version + 1 WHERE id = $1", [id, as]);
  await call("after-the-outage");
  await expect(row(page, "after-the-outage")).toBeVisible();
  await call(name);
  await expect(row(page, name)).toBeVisible();
});

test("a page that is asked for while PostgreSQL is away comes by itself when it is back", async ({ region, viewer: page, watch }) => {
  test.slow();
  watch.allow(/\b50[0-9]\b|ERR_|error #441|Server Components render/);
  await openList(page);
  const fault = page.getByRole("heading", { name: "This page could not be shown" });
  const { comeBack } = await keepAway(region);
  try {
    await page.getByRole("navigation").getByRole("link", { name: "Events" }).first().click();
    await expect(fault).toBeVisible();
  } finally {
    await comeBack();
  }
  await expect(page.getByRole("heading", { name: "Events", level: 1 })).toBeVisible({ timeout: 30_000 });
  await expect(fault).toBeHidden();
  await live(page);
});
