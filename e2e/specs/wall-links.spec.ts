import type { Page } from "@playwright/test";
import { decodeQR } from "qr/decode.js";
import { COLORS } from "@/lib/domain/heatmap-colors";
import { screenCode } from "@/lib/domain/wall-pairing";
import { HEATMAP } from "@/lib/messages/heatmap";
import { FIELDS } from "@/lib/messages/mission";
import { WALL, WALL_LINKS } from "@/lib/messages/wall";
import { dialog, live, toast } from "../console";
import { expect, test } from "../fixtures";
import type { Region } from "../region";
import { attention, count, makeLink, nameLink, picture, pixelsOf, SCREEN } from "../wall-page";

async function revokeLink(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `${WALL_LINKS.revoke} ${name}` }).click();
  await dialog(page, WALL_LINKS.revokeTitle(name)).getByRole("button", { name: WALL_LINKS.revoke }).click();
  await expect(toast(page, WALL_LINKS.revoked(name))).toBeVisible();
}

const activeNodes = async (region: Region): Promise<number> =>
  (await region.sql<{ count: number }>("SELECT count(*)::int FROM node WHERE status = 'Active'"))[0]?.count ?? 0;

/** What the pages that are not its own answer to whoever has only the token. */
async function reachable(page: Page, token: string): Promise<Record<string, number>> {
  const paths = ["/api/live", "/api/trends", "/api/v1/nodes", "/api/v1/operations", "/api/v1/tags"];
  return page.evaluate(
    async ({ paths: asked, authorization }) =>
      Object.fromEntries(
        await Promise.all(asked.map(async (path) => [path, (await fetch(path, { headers: { authorization } })).status] as const)),
      ),
    { paths, authorization: `Bearer ${token}` },
  );
}

test("a link made in the settings shows the nodes live where nobody is signed in, reaches nothing else, and is dark once revoked", async ({
  region,
  admin,
  newContext,
  watch,
}) => {
  watch.allow(/401|410/);
  const address = await makeLink(admin, "Lobby");
  const wall = await (await newContext({ viewport: SCREEN })).newPage();
  const asked: string[] = [];
  wall.on("request", (request) => asked.push(request.url()));
  await wall.goto(address);
  await expect(picture(wall)).toBeVisible();
  await expect(count(wall, "active")).toContainText(String(await activeNodes(region)));
  await expect(wall.getByText(/^(just now|\d+ s ago)$/)).toBeVisible();
  const token = address.split("#")[1] ?? "";
  // The token is in no address that is asked for, and nothing is kept in the browser.
  expect(asked.filter((url) => url.split("#")[0]?.includes(token))).toEqual([]);
  expect(await wall.context().cookies()).toEqual([]);

  const [failed] = await region.sql<{ id: string }>("SELECT id FROM node WHERE status = 'Failed' ORDER BY status_since DESC LIMIT 1");
  await region.sql("UPDATE node SET name = 'wall-test', version = version + 1 WHERE id = $1", [failed?.id]);
  await expect(attention(wall).getByText("wall-test")).toBeVisible();

  expect(Object.values(await reachable(wall, token))).toEqual([401, 401, 401, 401, 401]);
  const other = await wall.context().newPage();
  for (const path of ["/nodes", "/events", "/settings/wall"]) {
    await other.goto(path);
    await expect(other).toHaveURL(/\/login$/);
  }
  await other.close();

  await admin.reload();
  await expect(admin.getByRole("row", { name: /Lobby/ })).not.toContainText(WALL_LINKS.never);
  await revokeLink(admin, "Lobby");
  const revokedAt = Date.now();
  await expect(wall.getByText("This link was revoked.")).toBeVisible({ timeout: 5000 });
  console.log(`Revoked to dark: ${Date.now() - revokedAt} ms after the administrator was told`);
  await expect(picture(wall)).toBeHidden();
  await wall.reload();
  await expect(wall.getByText("This link was revoked.")).toBeVisible();
});

test("a wrong link says so, and one who may not make links is told why", async ({ newContext, viewer, watch }) => {
  watch.allow(/401/);
  const wall = await (await newContext()).newPage();
  for (const address of ["/wall#wrong", "/wall#not/a/token"]) {
    await wall.goto("about:blank");
    await wall.goto(address);
    await expect(wall.getByText("This link is not a wall link of this region.")).toBeVisible();
  }
  await viewer.goto("/settings/wall");
  await expect(viewer.getByText("You need the Admin role.")).toBeVisible();
});

test("a screen without a link is paired by whoever scans its code, and what stood on it opens nothing afterwards", async ({
  region,
  admin,
  newContext,
  watch,
}) => {
  watch.allow(/401/);
  const context = await newContext({ viewport: SCREEN });
  const wall = await context.newPage();
  await wall.goto("/wall");
  const picked = wall.getByRole("img", { name: WALL.pairQr });
  await expect(picked).toBeVisible();
  // As a phone reads it off the screen.
  const scanned = decodeQR(await pixelsOf(context, await picked.screenshot()));
  expect(scanned).toMatch(new RegExp(`^${region.url}/settings/wall#screen=`));

  await admin.goto(scanned);
  const make = dialog(admin, WALL_LINKS.make);
  const token = scanned.split("=")[1] ?? "";
  await expect(make.getByText(screenCode(token))).toBeVisible();
  await expect(wall.getByText(WALL.pairCode(screenCode(token)))).toBeVisible();
  // It does not stay in the history of the phone.
  await expect(admin).toHaveURL(/\/settings\/wall$/);
  await make.getByLabel(FIELDS.name).fill("Television");
  await make.getByRole("button", { name: "Make" }).click();
  await expect(dialog(admin, WALL_LINKS.made("Television")).getByText(WALL_LINKS.screenMade)).toBeVisible();
  await expect(picture(wall)).toBeVisible({ timeout: 20_000 });
  const own = new URL(wall.url()).hash.slice(1);
  expect(own).not.toBe(token);
  await wall.reload();
  await expect(picture(wall)).toBeVisible();
  const thief = await (await newContext()).newPage();
  await thief.goto(`/wall#${token}`);
  await expect(thief.getByText("This link is not a wall link of this region.")).toBeVisible();
});

test("a link is dark where its address is not allowed, whatever a header says, and comes back by itself", async ({
  region,
  admin,
  newContext,
  watch,
}) => {
  watch.allow(/403/);
  const address = await makeLink(admin, "Office", WALL_LINKS.allNodes, "10.99.0.0/16");
  await expect(admin.getByRole("row", { name: /Office/ })).toContainText("10.99.0.0/16");
  const authorization = `Bearer ${address.split("#")[1]}`;
  const forged = await fetch(`${region.url}/api/wall/live`, { headers: { authorization, "x-forwarded-for": "10.99.1.2" } });
  expect([forged.status, await forged.json()]).toMatchObject([403, { code: "wall-elsewhere" }]);
  const wall = await (await newContext({ viewport: SCREEN })).newPage();
  await wall.clock.install();
  await wall.goto(address);
  await expect(wall.getByText(/^This link may not be opened from (127\.0\.0\.1|::1)\.$/)).toBeVisible();
  const move = async (networks: string) => {
    await admin.getByRole("button", { name: `${WALL_LINKS.move} Office` }).click();
    const question = dialog(admin, WALL_LINKS.moveTitle("Office"));
    await question.getByLabel(WALL_LINKS.networks).fill(networks);
    await question.getByRole("button", { name: WALL_LINKS.save }).click();
    return question;
  };
  const question = await move("127.0.0.1 nowhere");
  await expect(question.getByText("“nowhere” is neither an address nor a network.")).toBeVisible();
  await question.getByLabel(WALL_LINKS.networks).fill("127.0.0.0/8 ::1");
  await question.getByRole("button", { name: WALL_LINKS.save }).click();
  await expect(toast(admin, WALL_LINKS.moved("Office"))).toBeVisible();
  await wall.clock.fastForward(60_000);
  await expect(picture(wall)).toBeVisible();

  await move("10.99.0.0/16");
  await expect(wall.getByText(/^This link may not be opened from/)).toBeVisible();
  await expect(picture(wall)).toBeHidden();
});

test("what an administrator wrote about a fenced node is not shown to strangers", async ({ region, admin, newContext }) => {
  const wall = await (await newContext({ viewport: SCREEN })).newPage();
  await admin.goto("/nodes?view=heatmap&q=status+%3D+Fenced");
  await live(admin);
  await admin.getByRole("link", { name: HEATMAP.openWall }).click();
  await wall.goto(await nameLink(admin, "Corridor"));
  const [node] = await region.sql<{ id: string }>("SELECT id FROM node WHERE status = 'Fenced' LIMIT 1");
  const written = "Ada Admin asked for it: smoke in row 7.";
  const write = (name: string, personal: boolean) =>
    region.sql("UPDATE node SET name = $2, status_reason = $3, reason_is_personal = $4, version = version + 1 WHERE id = $1", [
      node?.id,
      name,
      written,
      personal,
    ]);
  await write("smoke-1", false);
  await expect(attention(wall).getByText(written)).toBeVisible();
  await write("smoke-2", true);
  await expect(attention(wall).getByText("smoke-2")).toBeVisible();
  await expect(attention(wall).getByText(written)).toBeHidden();
});

test("the heatmap leads to a wall that shows the same, and tells who may not make one", async ({ admin, viewer, newContext }) => {
  await admin.goto("/nodes?view=heatmap&q=status+%3D+Failed&color=used-memory");
  await live(admin);
  await admin.getByRole("link", { name: HEATMAP.openWall }).click();
  await expect(dialog(admin, WALL_LINKS.make).getByRole("combobox", { name: WALL_LINKS.view })).toHaveValue("shown");
  const address = await nameLink(admin, "Desk");
  await expect(admin).toHaveURL(/\/settings\/wall$/);
  await expect(admin.getByRole("row", { name: /Desk/ })).toContainText(WALL_LINKS.unsaved);
  const wall = await (await newContext({ viewport: SCREEN })).newPage();
  await wall.goto(address);
  await expect(picture(wall)).toBeVisible();
  await expect(wall.getByText(COLORS["used-memory"].label, { exact: true })).toBeVisible();
  await expect(count(wall, "failed")).toBeVisible();
  await expect(count(wall, "active")).toContainText(/^0/);

  await viewer.goto("/nodes?view=heatmap");
  await live(viewer);
  const refused = viewer.getByRole("button", { name: HEATMAP.openWall });
  await expect(refused).toBeDisabled();
  await expect(refused).toHaveAccessibleDescription("You need the Admin role.");
});
