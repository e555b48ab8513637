import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { DIALOGS, FIELDS, TOASTS } from "@/lib/messages/mission";
import { INVITATION, SIGN_IN_CODE } from "@/lib/messages/sign-in";
import { dialog, fillInfo, openList, row, toast } from "../console";
import { expect, signIn, test } from "../fixtures";
import { appCode, enrol, invite, openUsers } from "../people";
import { PASSWORD, type Region } from "../region";

/** The text itself, in hexadecimal, and in base64 at each of the three places it can have in what was encoded with it. */
function spellings(text: string): string[] {
  const bytes = Buffer.from(text);
  const inner = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    return encoded.slice(shift ? 4 : 0, 4 * Math.floor((bytes.length + shift) / 3));
  });
  return [text, encodeURIComponent(text), bytes.toString("hex"), ...inner];
}

const found = (where: string, text: string, canary: string): string[] =>
  spellings(canary).some((spelling) => text.toLowerCase().includes(spelling.toLowerCase())) ? [where] : [];

/** Every row of every table, bytea as hexadecimal, as a dump would hold it. */
async function inDatabase({ sql }: Region, canary: string): Promise<string[]> {
  const tables = await sql<{ name: string }>(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
  );
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(["public.operation", "public.event", "dbos.workflow_status"]));
  const hits: string[] = [];
  for (const { name } of tables) {
    const rows = await sql<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
    hits.push(...found(name, rows.map(({ text }) => text).join("\n"), canary));
  }
  return hits;
}

/** Command lines and environments of every process of this machine. */
function inProcesses(canary: string): string[] {
  const read = (path: string): string => {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return ""; // It ended meanwhile, or is another account's.
    }
  };
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => ["cmdline", "environ"].flatMap((file) => found(`process ${pid} ${file}`, read(`/proc/${pid}/${file}`), canary)));
}

/** Files of the private folder, the database's own among them; the servers' side, which must know the password, is not Regent's. */
function inFiles({ folder }: Region, canary: string): string[] {
  const patterns = spellings(canary).flatMap((spelling) => ["-e", spelling]);
  try {
    return execFileSync("grep", ["-rlaiF", "--exclude-dir=faults", ...patterns, folder], { encoding: "utf8" })
      .trim()
      .split("\n");
  } catch (error) {
    if (error instanceof Error && "status" in error && error.status === 1) return []; // Nothing found.
    throw error;
  }
}

const everywhere = async (region: Region, canary: string): Promise<string[]> => [
  ...(await inDatabase(region, canary)),
  ...inProcesses(canary),
  ...inFiles(region, canary),
  ...found("the output of Regent's processes", region.log.join("\n"), canary),
];

test("an SSH password is found nowhere: refused, in use, or accepted", async ({ region, operator: page }) => {
  test.slow();
  const canary = `canary-${randomBytes(12).toString("hex")}`;
  // The search itself finds what is there.
  expect(found("here", `x${Buffer.from(`ab${canary}`).toString("base64")}`, canary)).toEqual(["here"]);

  const answers: Promise<string[]>[] = [];
  page.on("response", (response) => {
    if (response.url().includes("/api/live")) return;
    answers.push(
      response.text().then(
        (text) => found(response.url(), text, canary),
        () => [],
      ),
    );
  });
  const server = await region.servers.fresh();
  await openList(page, "?do=add");
  const add = await fillInfo(page, server.ip, "root", canary);
  await add.getByRole("button", { name: DIALOGS.add.next }).click();
  await expect(add.getByLabel(new RegExp(`^${FIELDS.password}`))).toHaveAccessibleDescription(/rejected the user or password/);
  expect(await everywhere(region, canary)).toEqual([]);

  // Accepted, and slow enough that the password is under way while it is looked for.
  region.servers.faults(server, { password: canary, delayMs: 1500 });
  await add.getByRole("button", { name: DIALOGS.add.next }).click();
  await expect(
    add.getByRole("list", { name: "Connection test" }).getByRole("listitem").filter({ hasText: "Authentication" }),
  ).toContainText("Running");
  expect(await region.sql("SELECT 1 FROM escrow e JOIN operation o ON o.id = e.operation_id WHERE o.ip = $1", [server.ip])).not.toEqual([]);
  expect(await everywhere(region, canary)).toEqual([]);
  region.servers.faults(server, { password: canary });
  await add.getByRole("button", { name: DIALOGS.add.submit }).click();
  await expect(toast(page, TOASTS.added)).toBeVisible();
  await expect(dialog(page, DIALOGS.add.title)).toBeHidden();
  expect(found("the page", await page.content(), canary)).toEqual([]);

  const href = await row(page, server.name).getByRole("link").getAttribute("href");
  const node = /nodes\/([^/]+)/.exec(href ?? "")?.[1] ?? "";
  const operations = await region.sql<{ id: string }>("SELECT id FROM operation WHERE ip = $1", [server.ip]);
  for (const path of [`/nodes/${node}/overview`, `/nodes/${node}/events`, "/events", "/nodes"]) await page.goto(path);
  for (const path of [`/api/v1/nodes/${node}`, ...operations.map(({ id }) => `/api/v1/operations/${id}`)]) {
    expect(found(path, await (await page.request.get(path)).text(), canary)).toEqual([]);
    expect(found(path, await (await page.request.get(path, { headers: { rsc: "1" } })).text(), canary)).toEqual([]);
  }
  expect((await Promise.all(answers)).flat()).toEqual([]);
  await region.sql("CHECKPOINT");
  expect(await everywhere(region, canary)).toEqual([]);
});

test("what lets people in is found nowhere: their passwords, links, second factors and recovery codes", async ({
  region,
  admin,
  newContext,
  watch,
}) => {
  test.slow();
  watch.allow(/401/);
  await openUsers(admin);
  const link = await invite(admin, { name: "Canary", email: "canary@west-1.test", role: "Viewer" });
  const page = await (await newContext()).newPage();
  await page.goto(link);
  // The sign-in of all tests' people knows this password, so that the second factor is set up as theirs is.
  await page.getByLabel(INVITATION.password).fill(PASSWORD);
  await page.getByRole("button", { name: INVITATION.submit }).click();
  await expect(page).toHaveURL(/\/nodes$/);
  const { secret, codes } = await enrol(page);
  const other = await (await newContext()).newPage();
  const code = appCode(secret);
  for (const given of ["000000", code]) {
    await signIn(other, "canary@west-1.test", PASSWORD);
    await other.getByLabel(SIGN_IN_CODE.code).fill(given);
    await other.getByRole("button", { name: SIGN_IN_CODE.submit }).click();
    if (given !== code) await expect(other.getByRole("main").getByRole("alert")).toBeVisible();
  }
  await expect(other).toHaveURL(/\/nodes$/);
  await region.sql("CHECKPOINT");
  for (const canary of [link.split("#")[1] ?? "", PASSWORD, secret, ...codes.slice(0, 2)]) {
    expect(canary.length).toBeGreaterThan(15);
    expect(await everywhere(region, canary)).toEqual([]);
  }
  for (const path of ["/settings/users", "/settings/account", "/events"]) {
    const text = await (await admin.request.get(path)).text();
    const own = await (await page.request.get(path)).text();
    for (const canary of [link.split("#")[1] ?? "", PASSWORD, secret, ...codes]) expect(found(path, `${text}${own}`, canary)).toEqual([]);
  }
});
