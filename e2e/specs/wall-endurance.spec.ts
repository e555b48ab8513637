import { MOST_GROUPS } from "@/lib/domain/wall-layout";
import { expect, test } from "../fixtures";
import { attention, makeLink, picture, SCREEN } from "../wall-page";
import { wallNodes, wallSamples, wallView } from "../wall-nodes";
import { startWallServer } from "../wall-server";

test("ten thousand updates leave no trace in the memory of the page", async ({ region, newContext }) => {
  test.setTimeout(240_000);
  const rows = wallNodes(100, { 3: "Failed", 9: "Fenced", 20: "InMaintenance" });
  const server = await startWallServer(region.url);
  server.greet([wallView(rows)]);
  const context = await newContext({ viewport: SCREEN });
  const page = await context.newPage();
  await page.goto(`${server.url}/wall?rotate=used-cpu,used-memory,throughput&every=5#test`);
  await expect(picture(page)).toBeVisible();
  const devtools = await context.newCDPSession(page);
  const measure = async () => {
    for (let turn = 0; turn < 3; turn += 1) await devtools.send("HeapProfiler.collectGarbage");
    const { usedSize } = await devtools.send("Runtime.getHeapUsage");
    const { nodes } = await devtools.send("Memory.getDOMCounters");
    return { heap: usedSize, nodes, elements: await page.evaluate(() => document.querySelectorAll("*").length) };
  };
  const start = Math.floor(Date.now() / 1000);
  let update = 0;
  /** Samples of all nodes, and states that come and go. */
  const push = async (count: number) => {
    for (const end = update + count; update < end; update += 1) {
      await server.tell(wallSamples(rows, start + Math.floor(update / 100), update));
      if (update % 5) continue;
      const row = rows[update % rows.length];
      const status = update % 2 ? ("Active" as const) : ("Failed" as const);
      if (row) await server.tell({ type: "rows", changed: [{ ...row, status, reason: `Update ${update}` }], gone: [] });
      await server.tell({ type: "beat", at: Date.now() });
      // As fast as pictures are drawn.
      if (update % 10 === 0) await page.evaluate(() => new Promise((resolve) => void requestAnimationFrame(resolve)));
    }
    const last = wallNodes(1).map((row) => ({
      ...row,
      id: "00000000-0000-4000-8000-ffffffffffff",
      name: `after-${update}`,
      status: "Failed" as const,
    }));
    // The last one is seen: all before it were taken.
    await server.tell({ type: "rows", changed: last.map((row) => ({ ...row, statusSince: new Date().toISOString() })), gone: [] });
    await expect(attention(page).getByText(`after-${update}`)).toBeVisible();
    await server.tell({ type: "rows", changed: [], gone: last.map(({ id }) => id) });
    await server.tell(wallView(rows));
    await expect(attention(page).getByText(`after-${update}`)).toBeHidden();
  };
  await push(1000);
  const before = await measure();
  await push(10_000);
  const after = await measure();
  const grown = (after.heap - before.heap) / 2 ** 20;
  console.log(`10,000 updates: heap ${grown.toFixed(2)} MiB, ${JSON.stringify({ before, after })}`);
  expect(grown).toBeLessThan(5);
  expect(after.nodes).toBe(before.nodes);
  expect(after.elements).toBe(before.elements);
  expect(after.elements).toBeGreaterThan(MOST_GROUPS);
  await page.close();
  server.stop();
});

test("a web process with two hundred open streams ends within two seconds", async ({ region, admin, signedIn }) => {
  test.setTimeout(120_000);
  const address = await makeLink(admin, "Crowd");
  await admin.close();
  const { cookies } = await signedIn("viewer");
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const headers: Record<string, string>[] = [{ authorization: `Bearer ${address.split("#")[1]}` }, { cookie }];
  const open = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const path = index % 2 ? "/api/live" : "/api/wall/live";
      const answer = await fetch(`${region.url}${path}`, { headers: headers[index % 2] ?? {} });
      expect(answer.status).toBe(200);
      const reader = answer.body?.getReader();
      await reader?.read();
      return reader;
    }),
  );
  const pid = region.pids.web();
  if (!pid) throw new Error("No web process runs.");
  const at = performance.now();
  process.kill(pid, "SIGTERM");
  await expect.poll(() => isAlive(pid), { timeout: 10_000, intervals: [20] }).toBe(false);
  const took = performance.now() - at;
  console.log(`SIGTERM with ${open.length} streams: ${Math.round(took)} ms`);
  expect(took).toBeLessThan(2000);
  await Promise.allSettled(open.map(async (reader) => reader?.cancel()));
  await expect
    .poll(
      () =>
        fetch(`${region.url}/healthz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 60_000 },
    )
    .toBe(true);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
