import type { Page } from "@playwright/test";
import { HEATMAP } from "@/lib/messages/heatmap";
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

/** How much of the cell that can have the focus is not of its most frequent colour, its edge left out: its glyph, label and hatch. */
const drawnIn = (page: Page): Promise<number> =>
  page
    .getByRole("grid", { name: HEATMAP.grid })
    .getByRole("gridcell")
    .evaluate((cell) => {
      const canvas = cell.closest(".heatmap-map")?.querySelector("canvas");
      const context = canvas?.getContext("2d");
      if (!canvas || !context) return 0;
      const [box, map] = [cell.getBoundingClientRect(), canvas.getBoundingClientRect()];
      const [edge, scale] = [6, canvas.width / map.width];
      const of = (value: number) => Math.round(value * scale);
      const size = of(box.width - 2 * edge);
      const words = new Uint32Array(
        context.getImageData(of(box.left - map.left + edge), of(box.top - map.top + edge), size, size).data.buffer,
      );
      const counts = new Map<number, number>();
      for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
      return 1 - Math.max(...counts.values()) / words.length;
    });

test("no cell of the heatmap says by its colour alone what its node is, or whether it can be taken out", async ({ viewer: page }, info) => {
  const devtools = await page.context().newCDPSession(page);
  for (const [query, nodes] of [
    ["color=used-cpu&label=none", ["Failed", "Fenced", "In maintenance"]],
    ["color=status", ["Failed", "Fenced", "Candidate"]],
    ["color=readiness", ["Active", "Failed"]],
  ] as const) {
    for (const label of nodes) {
      await page.goto(`/nodes?view=heatmap&${query}&q=${encodeURIComponent(`status = "${label}"`)}`);
      const cell = page.getByRole("grid", { name: HEATMAP.grid }).getByRole("gridcell");
      await expect(cell).toHaveAccessibleName(new RegExp(`, ${label}`));
      if (query.includes("readiness")) await expect(cell).not.toHaveAccessibleName(new RegExp(HEATMAP.readinessAsked));
      await expect.poll(() => drawnIn(page), `${label} of ${query}`).toBeGreaterThan(0.02);
    }
  }
  await page.goto("/nodes?view=heatmap&color=readiness");
  for (const type of DEFICIENCIES) {
    await devtools.send("Emulation.setEmulatedVisionDeficiency", { type });
    await info.attach(type, { body: await page.screenshot(), contentType: "image/png" });
  }
});
