import type { Locator, Page } from "@playwright/test";
import type { DemoServer } from "@/lib/demo/fleet";
import { serversText, type Server } from "@/lib/domain/several";
import { OPERATIONS_DRAWER } from "@/lib/messages/console";
import { DIALOGS, FAILURES, FIELDS, TOASTS } from "@/lib/messages/mission";
import { bulkName, SEVERAL } from "@/lib/messages/several";
import { expectNothingFound } from "../axe";
import { cellOf, dialog, openList, row, toast } from "../console";
import { expect, test } from "../fixtures";
import type { Region } from "../region";
import { SSH_MSG, tap, type Tapped } from "../wire";

const PASSWORD = "one password for the whole rack";

/** Servers that nobody has added, all with one password. */
async function rack(region: Region, count: number): Promise<DemoServer[]> {
  const servers = [];
  for (let index = 0; index < count; index += 1) {
    const server = await region.servers.fresh();
    region.servers.faults(server, { password: PASSWORD });
    servers.push(server);
  }
  return servers;
}
const line = ({ ip, convergedMacs }: DemoServer, facts: Partial<Server> = {}): Server => ({
  ip,
  user: "root",
  role: "Worker",
  macs: convergedMacs,
  ...facts,
});
/** Nobody listens there. */
const CLOSED: Server = { ip: "127.20.7.9", user: "root", role: "Worker", macs: ["02:00:00:00:00:09"] };
const several = (page: Page) => dialog(page, SEVERAL.title);
const textOf = (form: Locator) => form.getByRole("textbox", { name: new RegExp(`^${SEVERAL.servers}`) });
const button = (form: Locator, name: string) => form.getByRole("button", { name });
const keys = (form: Locator) => form.getByRole("region", { name: SEVERAL.keys });
const keyOf = (form: Locator, { ip }: Pick<DemoServer, "ip">) =>
  keys(form)
    .getByRole("row")
    .filter({ has: form.page().getByText(ip, { exact: true }) });
const faults = (form: Locator, count: number) => form.getByRole("list", { name: SEVERAL.faulty(count) }).getByRole("listitem");
const drawer = (page: Page) => dialog(page, OPERATIONS_DRAWER.title);
const lines = (page: Page, label: string) =>
  drawer(page)
    .getByRole("list", { name: `Nodes of ${label}` })
    .getByRole("listitem");

test("a rack is added from a paste: what is wrong is said, keys are compared, each has its end, and what failed is tried again", async ({
  region,
  operator: page,
}) => {
  test.slow();
  const [first, second, turned] = (await rack(region, 3)) as [DemoServer, DemoServer, DemoServer];
  await openList(page);
  await page.getByRole("button", { name: "+ Add Candidate" }).click();
  const add = dialog(page, DIALOGS.add.title);
  await add.getByLabel(FIELDS.ip).fill(first.ip);
  await add.getByLabel(new RegExp(`^${FIELDS.password}`)).fill("typed too early");
  await button(add, SEVERAL.open).click();
  const form = several(page);
  await expect(textOf(form)).toBeFocused();
  await expect(textOf(form)).toHaveValue(`${first.ip},root,Worker`);
  expect(page.url()).not.toContain("typed");
  await textOf(form).fill("");
  await expect(button(form, SEVERAL.look)).toHaveAccessibleDescription(SEVERAL.nothing);

  const good = serversText([line(first), line(second, { role: "Control" }), line(turned), CLOSED]);
  const bad = `# below: what is wrong\n127.20.1.1,root,Worker,02:00:00:00:00:01\n127.0.0.1,root,Worker,02:00:00:00:00:02\n${first.ip},root,Worker,02:00:00:00:00:03\n10.1,root,Worker,02:00:00:00:00:04\n127.20.9.250,root,Storage,02:00:00:00:00:05\n127.20.9.251,root,Worker,\n`;
  await textOf(form).fill(good + bad);
  await expect(form.getByRole("status").filter({ hasText: SEVERAL.good(4, 10) })).toBeVisible();
  await expect(faults(form, 6)).toHaveText([
    /^Line 7: 127\.20\.1\.1 already belongs to control-west-01\. .*Open control-west-01/,
    /^Line 8: 127\.0\.0\.1 is this console's own machine \(loopback\)\./,
    `Line 9: ${first.ip} stands on line 2 already. `,
    /^Line 10: “10\.1” is not an IPv4 address\./,
    /^Line 11: “Storage” is no Node Type\. Write Worker or Control\./,
    /^Line 12: Names no Converged MAC Address\./,
  ]);
  await expect(form.getByRole("link", { name: "Open control-west-01" })).toHaveAttribute("href", /^\/nodes\/[0-9a-f-]{36}\/overview$/);
  await expect(form.getByRole("region", { name: SEVERAL.preview }).getByRole("row")).toHaveCount(11);

  await button(form, SEVERAL.look).click();
  for (const server of [first, second, turned]) await expect(keyOf(form, server)).toContainText(region.servers.fingerprint(server));
  await expect(keyOf(form, CLOSED)).toContainText(`${CLOSED.ip} refused the connection: SSH service is not running.`);
  await expect(button(form, SEVERAL.finish)).toHaveAccessibleDescription(SEVERAL.noneTrusted);

  // A reload goes on with the look, and with every line of it; nothing is trusted by it.
  await page.reload();
  await expect(keyOf(form, first)).toContainText(region.servers.fingerprint(first));
  await expect(keyOf(form, first).getByRole("checkbox")).not.toBeChecked();
  await keyOf(form, first)
    .getByRole("checkbox", { name: SEVERAL.compared(first.ip) })
    .check();
  await expect(form.getByRole("checkbox", { name: SEVERAL.allCompared(3) })).toBeChecked({ indeterminate: true });
  await form.getByRole("checkbox", { name: SEVERAL.allCompared(3) }).check();
  await expect(form.getByRole("status").filter({ hasText: SEVERAL.willBe(3, 4) })).toBeVisible();
  await expect(button(form, SEVERAL.finish)).toHaveAccessibleDescription(SEVERAL.noPassword);
  await keyOf(form, second).getByRole("checkbox").uncheck();
  await button(form, SEVERAL.trustRest(1)).click();
  await expect(keyOf(form, second)).toContainText(SEVERAL.notCompared);
  await form.getByLabel(new RegExp(`^${FIELDS.password}`)).fill(PASSWORD);

  // Typed lines are kept, with what is trusted.
  await button(form, "Back").click();
  await expect(textOf(form)).toHaveValue(serversText([line(first), line(second, { role: "Control" }), line(turned), CLOSED]));
  await button(form, SEVERAL.look).click();
  await expect(keyOf(form, second)).toContainText(SEVERAL.notCompared);
  await expect(keyOf(form, turned).getByRole("checkbox")).toBeChecked();

  region.servers.faults(turned, { password: "changed meanwhile" });
  for (const server of [first, second]) region.servers.faults(server, { password: PASSWORD, delayMs: 400 });
  await button(form, SEVERAL.finish).click();
  await expect(toast(page, TOASTS.addStarted)).toBeVisible();
  await expect(form).toBeHidden();
  // A reload in the middle loses nothing: the operation stands in the drawer.
  await page.reload();
  await page.getByRole("button", { name: /^Operations/ }).click();
  const label = bulkName("add", 3);
  await drawer(page).getByRole("button", { name: label }).click();
  await expect(drawer(page).getByText("2 added, 1 failed.").first()).toBeVisible({ timeout: 40_000 });
  await expect(lines(page, label).first()).toContainText(`${turned.ip} rejected the user or password.`);
  await expect(lines(page, label).filter({ hasText: `${second.name} (${second.ip})` })).toContainText("Done");
  await expect(await cellOf(page, second.name, "status")).toContainText("Candidate");
  const added = await region.sql(
    `SELECT n.ip, n.role::text, n.converged_macs, n.host_key_sha256, e.transition, e.actor_name, e.details ->> 'trust' AS trust
     FROM event e JOIN node n ON n.id = e.node_id WHERE n.ip = ANY($1) AND e.kind = 'node.added' ORDER BY e.details ->> 'trust' DESC`,
    [[first.ip, second.ip, turned.ip]],
  );
  const told = (server: DemoServer, role: string, trust: string) => ({
    ip: server.ip,
    role,
    converged_macs: server.convergedMacs,
    host_key_sha256: region.servers.fingerprint(server),
    transition: "T01",
    actor_name: "Olga Operator",
    trust,
  });
  expect(added).toEqual([told(first, "Worker", "verified"), told(second, "Control", "unverified")]);
  expect(await region.sql("SELECT 1 FROM escrow e JOIN operation o ON o.id = e.operation_id WHERE o.kind = 'bulk'")).toEqual([]);

  // What failed is tried again: its lines, and not the password.
  region.servers.faults(turned, { password: PASSWORD });
  await drawer(page).getByRole("button", { name: "Retry failed (1)" }).click();
  await expect(textOf(form)).toHaveValue(serversText([line(turned)]));
  await button(form, SEVERAL.look).click();
  await form.getByRole("checkbox", { name: SEVERAL.allCompared(1) }).check();
  await expect(form.getByLabel(new RegExp(`^${FIELDS.password}`))).toHaveValue("");
  await form.getByLabel(new RegExp(`^${FIELDS.password}`)).fill(PASSWORD);
  await button(form, SEVERAL.finish).click();
  await expect(toast(page, TOASTS.added)).toBeVisible({ timeout: 40_000 });
  await expect(row(page, turned.name)).toBeVisible();
});

test("nothing but the key exchange goes over the wire before Finish, and nothing secret to a key that changed since the look", async ({
  region,
  operator: page,
}) => {
  const [server] = (await rack(region, 1)) as [DemoServer];
  const connections: Tapped[] = [];
  const ip = "127.20.8.21";
  await region.listen(ip, tap({ host: server.ip, port: region.sshPort }, connections));
  await openList(page, "?do=several");
  const form = several(page);
  await textOf(form).fill(`${ip};root;worker;${server.convergedMacs.join(" ")}`);
  await button(form, SEVERAL.look).click();
  await expect(keyOf(form, { ip })).toContainText(region.servers.fingerprint(server));
  await form.getByLabel(new RegExp(`^${FIELDS.password}`)).fill(PASSWORD);
  await form.getByRole("checkbox", { name: SEVERAL.allCompared(1) }).check();
  expect(connections.map(({ messages }) => messages.includes(SSH_MSG.newKeys))).toEqual([false]);

  region.servers.faults(server, { password: PASSWORD, hostKey: "new" });
  await button(form, SEVERAL.finish).click();
  await expect(toast(page, FAILURES.add)).toBeVisible();
  expect(connections.length).toBeGreaterThan(1);
  expect(connections.flatMap(({ messages }) => messages)).not.toContain(SSH_MSG.newKeys);
  await page.getByRole("button", { name: "Show" }).click();
  await expect(lines(page, bulkName("add", 1))).toContainText(`The host key of ${ip} changed`);
});

test("a CSV file is read here, one with passwords is refused, and lines may leave their MACs to the machine", async ({
  region,
  operator: page,
}) => {
  const [server] = (await rack(region, 1)) as [DemoServer];
  await openList(page);
  await page.keyboard.press("ControlOrMeta+K");
  await page.keyboard.type("several");
  await page.getByRole("option", { name: SEVERAL.entry }).click();
  const form = several(page);
  const choose = async (text: string | Buffer) => {
    const chooser = page.waitForEvent("filechooser");
    await button(form, SEVERAL.file).click();
    await (await chooser).setFiles({ name: "rack.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  };
  await choose(Buffer.from([0xff, 0x00, 0xfe, 0x80]));
  await expect(textOf(form)).toHaveAccessibleDescription(new RegExp(SEVERAL.fileUnread.replace(".", "\\.")));
  await choose(`ip,user,password\r\n${server.ip},root,${PASSWORD}\r\n`);
  await expect(form.getByRole("alert")).toContainText("The list has a column of passwords, “password”. Regent does not read it.");
  await expect(form.getByRole("region", { name: SEVERAL.preview })).toHaveCount(0);
  await expect(button(form, SEVERAL.look)).toHaveAttribute("aria-disabled", "true");
  await choose(`\uFEFFrack;ip;type\r\nA1;${server.ip};Worker\r\n`);
  await expect(form).toContainText(SEVERAL.ignored(["rack"]));
  await expect(faults(form, 1)).toContainText("Names no Converged MAC Address.");
  await form.getByRole("checkbox", { name: new RegExp(`^${SEVERAL.suggest}`) }).check();
  await expect(form.getByRole("row").filter({ hasText: server.ip })).toContainText(SEVERAL.suggested);

  // From here on without a mouse.
  await button(form, SEVERAL.look).press("Enter");
  await form.getByRole("checkbox", { name: SEVERAL.allCompared(1) }).press("Space");
  const password = form.getByLabel(new RegExp(`^${FIELDS.password}`));
  await password.focus();
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(toast(page, TOASTS.added)).toBeVisible({ timeout: 40_000 });
  const [node] = await region.sql("SELECT converged_macs FROM node WHERE ip = $1", [server.ip]);
  expect(node).toEqual({ converged_macs: server.convergedMacs });
});

test("a viewer is told why not, and axe finds nothing in either step, in both themes and on a phone", async ({
  region,
  operator: page,
  viewer,
}) => {
  test.slow();
  await openList(viewer, "?do=several");
  await expect(button(several(viewer), SEVERAL.look)).toHaveAccessibleDescription("You need the Operator role.");
  const [server] = (await rack(region, 1)) as [DemoServer];
  await openList(page, "?do=several");
  const form = several(page);
  await expectNothingFound(page, "Add several, empty", { everyLook: true });
  await textOf(form).fill(`${serversText([line(server), CLOSED])}127.20.1.1,,,02:00:00:00:00:01\nnowhere,root,Worker,x\n`);
  await expect(faults(form, 2)).toHaveCount(2);
  await expectNothingFound(page, "Add several, a paste", { everyLook: true });
  await button(form, SEVERAL.look).click();
  await expect(keyOf(form, CLOSED)).toContainText("refused the connection");
  await expect(keyOf(form, server)).toContainText(region.servers.fingerprint(server));
  await button(form, SEVERAL.trustRest(1)).click();
  await expectNothingFound(page, "Add several, host keys", { everyLook: true });
  await page.keyboard.press("Escape");
  await button(form, "Keep editing").click();
  await expect(keyOf(form, server)).toContainText(SEVERAL.notCompared);
});
