import { WALL_LINKS } from "@/lib/messages/wall";
import { violationsOf } from "../axe";
import { expect, test } from "../fixtures";
import { count, makeLink, picture, SCREEN } from "../wall-page";
import { wallNodes, wallView } from "../wall-nodes";
import { startWallServer } from "../wall-server";

test("the wall says that the console is isolated, above all nodes that it knows", async ({ region, newContext }) => {
  const server = await startWallServer(region.url);
  server.greet([wallView(wallNodes(16), {}, { silent: 9, total: 16 })]);
  const wall = await (await newContext({ viewport: SCREEN })).newPage();
  await wall.goto(`${server.url}/wall#test`);
  const band = wall.getByText("Isolated: 9 of 16 nodes do not answer, none is fenced");
  await expect(band).toBeVisible();
  await expect(count(wall, "active")).toContainText("16");
  await server.tell({ type: "isolation", isolation: null });
  await expect(band).toBeHidden();
  await wall.close();
  server.stop();
});

test("a screen that is cut off keeps its picture under a band, and goes on by itself", async ({ admin, newContext, watch }) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED/);
  const address = await makeLink(admin, "Hall");
  const context = await newContext({ viewport: SCREEN });
  const wall = await context.newPage();
  await wall.clock.install();
  await wall.goto(address);
  await expect(picture(wall)).toBeVisible();
  const before = await count(wall, "active").innerText();
  await context.setOffline(true);
  await wall.clock.fastForward(90_000);
  await expect(wall.getByText(/^Data is \d+ (s|min) old$/)).toBeVisible();
  await expect(picture(wall)).toBeVisible();
  expect(await count(wall, "active").innerText()).toBe(before);
  await context.setOffline(false);
  await wall.clock.setSystemTime(Date.now());
  await wall.clock.fastForward(1);
  await expect(wall.getByText(/^Data is/)).toBeHidden({ timeout: 30_000 });
});

test("axe finds nothing on a wall, in both themes, and on the page of its links", async ({ region, admin, newContext, watch }) => {
  watch.allow(/401/);
  const server = await startWallServer(region.url);
  server.greet([wallView(wallNodes(48, { 3: "Failed", 9: "Fenced", 20: "InMaintenance", 21: "Candidate" }))]);
  const wall = await (await newContext({ viewport: SCREEN })).newPage();
  for (const theme of ["dark", "light"]) {
    await wall.goto(`${server.url}/wall?theme=${theme}#test`);
    await expect(picture(wall)).toBeVisible();
    expect.soft(await violationsOf(wall), theme).toEqual([]);
    await wall.goto("about:blank");
  }
  await wall.goto("/wall#wrong");
  await expect(wall.getByText("This link is not a wall link")).toBeVisible();
  expect.soft(await violationsOf(wall), "refused").toEqual([]);
  await makeLink(admin, "Axe");
  expect.soft(await violationsOf(admin), "links").toEqual([]);
  await admin.getByRole("button", { name: WALL_LINKS.make }).click();
  expect.soft(await violationsOf(admin), "new link").toEqual([]);
  await wall.close();
  server.stop();
});
