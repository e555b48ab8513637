import { NODE_STATUSES, type NodeStatus } from "@/lib/domain/status";
import { cellOf, openList } from "../console";
import { expect, test } from "../fixtures";

const DEFICIENCIES = ["achromatopsia", "deuteranopia", "protanopia", "tritanopia"] as const;

test("whoever sees no colours reads each status by its word and its glyph", async ({ region, viewer: page }, info) => {
  const nodes = await region.sql<{ name: string; status: NodeStatus }>(
    "SELECT DISTINCT ON (status) name, status::text AS status FROM node ORDER BY status, name",
  );
  expect(nodes.length).toBe(Object.keys(NODE_STATUSES).length);
  await openList(page, "?out=1");
  const glyphs = new Map<string, string>();
  for (const { name, status } of nodes) {
    const cell = await cellOf(page, name, "status");
    await expect(cell).toContainText(NODE_STATUSES[status].label);
    glyphs.set(status, await cell.locator("svg").first().innerHTML());
  }
  expect(new Set(glyphs.values()).size, "a glyph stands for one status only").toBe(nodes.length);
  const devtools = await page.context().newCDPSession(page);
  for (const type of DEFICIENCIES) {
    await devtools.send("Emulation.setEmulatedVisionDeficiency", { type });
    await info.attach(type, { body: await page.screenshot({ path: info.outputPath(`${type}.png`) }), contentType: "image/png" });
  }
});
