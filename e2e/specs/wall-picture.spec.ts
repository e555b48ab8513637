import type { BrowserContext, Locator } from "@playwright/test";
import { expect, test } from "../fixtures";
import { attention, picture, pixelsOf, SCREEN } from "../wall-page";
import { wallNodes, wallView } from "../wall-nodes";
import { startWallServer } from "../wall-server";

/** Each state that the legend names, with what a list has to say of three of them. */
const IN_ALL_STATES = {
  0: "Inadequate",
  1: "Starting",
  3: "InMaintenance",
  4: "EnteringMaintenance",
  5: "Unfencing",
  6: "Failed",
  7: "Fenced",
} as const;
const ALMOST_A_DAY_MS = 86_340_000;

/** The words in a part of the screen that end outside of it. */
const cutOff = (part: Locator): Promise<string[]> =>
  part.evaluate((box) => {
    const edge = box.getBoundingClientRect();
    const words = Array.from(box.querySelectorAll("span")).filter(({ textContent }) => textContent);
    const isOutside = ({ right, bottom }: DOMRect) => right > edge.right + 1 || bottom > edge.bottom + 1;
    return words.filter((word) => isOutside(word.getBoundingClientRect())).map(({ textContent }) => textContent);
  });

test("neither the legend nor an entry of the list is cut, whatever there is to say", async ({ region, newContext }) => {
  const server = await startWallServer(region.url);
  const wall = await (await newContext({ viewport: SCREEN })).newPage();
  const statusSince = new Date(Date.now() - ALMOST_A_DAY_MS).toISOString();
  const readiness = ["ready", "noRoom", "refused", "unknown"] as const;
  const rows = wallNodes(100, IN_ALL_STATES).map((row, index) => ({ ...row, statusSince, readiness: readiness[index % 4] ?? null }));
  for (const color of ["status", "readiness", "used-cpu"] as const) {
    server.greet([wallView(rows, { color })]);
    await wall.goto("about:blank");
    await wall.goto(`${server.url}/wall#test`);
    await expect(attention(wall).getByText("Inadequate · 23 h")).toBeVisible();
    expect(await cutOff(attention(wall)), `the list beside ${color}`).toEqual([]);
    expect(await cutOff(wall.locator("footer")), `the legend of ${color}`).toEqual([]);
  }
  await wall.close();
  server.stop();
});

/** How many pixels are next to white. */
async function whiteIn(context: BrowserContext, png: Buffer): Promise<number> {
  const { data } = await pixelsOf(context, png);
  let white = 0;
  for (let at = 0; at < data.length; at += 4) if (Math.min(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) > 225) white += 1;
  return white;
}

/** Px of a head at this size of the screen. */
const HEAD = 80;
const DEFICIENCIES = ["none", "achromatopsia", "deuteranopia", "protanopia", "tritanopia"] as const;

test("what failed is framed in white whatever colours somebody sees, also among a thousand nodes", async ({ region, newContext }) => {
  test.setTimeout(120_000);
  const server = await startWallServer(region.url);
  const context = await newContext({ viewport: SCREEN });
  const wall = await context.newPage();
  const devtools = await context.newCDPSession(wall);
  const white = async () => {
    // Below the head of the only group, which is white as well.
    const { x, y, width, height } = (await picture(wall).boundingBox()) ?? { x: 0, y: 0, width: 1, height: 1 };
    const clip = { x, y: y + HEAD, width, height: height - HEAD };
    return whiteIn(context, await wall.screenshot({ clip }));
  };
  for (const nodes of [100, 1000]) {
    const [well, failed] = [wallNodes(nodes), wallNodes(nodes, { 40: "Failed" })];
    for (const rows of [well, failed]) {
      server.greet([wallView(rows, { label: "none", group: "tag:nobody-" })]);
      await wall.goto("about:blank");
      await wall.goto(`${server.url}/wall#test`);
      await expect(picture(wall)).toBeVisible();
      for (const type of DEFICIENCIES) {
        await devtools.send("Emulation.setEmulatedVisionDeficiency", { type });
        if (rows === well) expect(await white(), `${nodes} nodes, all well, ${type}`).toBe(0);
        else await expect.poll(white, { message: `${nodes} nodes, one failed, ${type}` }).toBeGreaterThan(20);
      }
    }
  }
  await context.close();
  server.stop();
});
