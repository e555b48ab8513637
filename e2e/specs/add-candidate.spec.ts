import { SPARE_SERVERS } from "@/lib/demo/fleet";
import { ownMac, physicalLinks } from "@/lib/domain/links";
import { DIALOGS, FIELDS, TOASTS } from "@/lib/messages/mission";
import { cellOf, dialog, fillInfo, openList, row, toast } from "../console";
import { expect, test } from "../fixtures";
import { SSH_MSG, tap, type Tapped } from "../wire";

const { title, next, submit } = DIALOGS.add;

test("a server is added: its host key compared, a wrong password refused, its MACs offered", async ({ region, operator: page }) => {
  const [server] = SPARE_SERVERS;
  if (!server) throw new Error("There is no spare server.");
  await openList(page);
  await page.getByRole("button", { name: "+ Add Candidate" }).click();
  const add = dialog(page, title);
  const password = add.getByLabel(new RegExp(`^${FIELDS.password}`));
  const nextButton = add.getByRole("button", { name: next });
  await expect(nextButton).toHaveAccessibleDescription("Type the Candidate Access IP.");

  await add.getByLabel(FIELDS.ip).fill(server.ip);
  await add.getByLabel(FIELDS.user).fill(server.credentials.user);
  const test = add.getByRole("list", { name: "Connection test" });
  await expect(test).toContainText(region.servers.fingerprint(server));
  await expect(test).toContainText(`Port ${region.sshPort} reachable`);
  await expect(test).toContainText("SSH-2.0-OpenSSH");
  await expect(test).toContainText("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub");
  await expect(nextButton).toHaveAccessibleDescription("Compare and trust the host key first.");

  await add.getByRole("radio", { name: "The fingerprint matches, trust this host key" }).check();
  await expect(nextButton).toHaveAccessibleDescription("Type the SSH Password.");
  await password.fill("not its password");
  await add.getByLabel(FIELDS.role).selectOption("Control");
  await nextButton.click();
  await expect(password).toHaveAccessibleDescription(new RegExp(`${server.ip} rejected the user or password\\.`));
  await expect(add.getByLabel(FIELDS.ip)).toHaveValue(server.ip);
  await expect(add.getByLabel(FIELDS.user)).toHaveValue(server.credentials.user);
  await expect(password).toHaveValue("not its password");
  await expect(add.getByLabel(FIELDS.role)).toHaveValue("Control");
  await expect(add.getByRole("radio", { name: "The fingerprint matches" })).toBeChecked();

  await add.getByLabel(FIELDS.role).selectOption("Worker");
  await password.fill(server.credentials.password);
  await nextButton.click();
  await expect(add.getByRole("list", { name: "Steps" }).getByRole("listitem").filter({ hasText: "MAC Addresses" })).toHaveAttribute(
    "aria-current",
    "step",
  );
  for (const link of physicalLinks(server.hardware)) {
    const box = add.getByRole("checkbox", { name: new RegExp(`^${link.name} .*${ownMac(link)}`) });
    await expect(box).toBeChecked({ checked: server.convergedMacs.includes(ownMac(link) ?? "") });
  }
  await add.getByRole("button", { name: "Add", exact: true }).click();
  await add.getByLabel(FIELDS.mac).fill("01:00:5e:00:00:01");
  await expect(add.getByLabel(FIELDS.mac)).toHaveAccessibleDescription("Not the MAC address of a network interface.");
  await add.getByLabel(FIELDS.mac).fill("02-00-00-AA-BB-CC");
  await expect(add.getByLabel(FIELDS.mac)).toHaveAccessibleDescription("Not found on this machine.");
  await add.getByRole("button", { name: /^Remove 02-00/ }).click();

  region.servers.faults(server, { delayMs: 400 });
  await add.getByRole("button", { name: submit }).click();
  await expect(toast(page, TOASTS.addStarted)).toBeVisible();
  await expect(add).toBeHidden();
  await expect(toast(page, TOASTS.added)).toBeVisible();
  await expect(toast(page, TOASTS.addStarted)).toBeHidden();
  region.servers.heal(server);
  const line = row(page, server.name);
  await expect(line).toContainText("Candidate");
  await expect(await cellOf(page, server.name, "candidate")).toHaveText("Yes");
  await expect(line).toContainText(String(server.hardware.cpu.threads));

  const [added] = await region.sql(
    `SELECT e.transition, e.details ->> 'trust' AS trust, e.actor_name, n.host_key_sha256 FROM event e JOIN node n ON n.id = e.node_id WHERE n.ip = $1`,
    [server.ip],
  );
  expect(added).toEqual({
    transition: "T01",
    trust: "verified",
    actor_name: "Olga Operator",
    host_key_sha256: region.servers.fingerprint(server),
  });
  expect(await region.sql("SELECT 1 FROM escrow e JOIN operation o ON o.id = e.operation_id WHERE o.ip = $1", [server.ip])).toEqual([]);
});

test("before the host key is trusted nothing but the key exchange goes over the wire", async ({ region, operator: page }) => {
  const server = await region.servers.fresh();
  const connections: Tapped[] = [];
  const ip = "127.20.8.1";
  await region.listen(ip, tap({ host: server.ip, port: region.sshPort }, connections));
  await openList(page, "?do=add");
  const add = dialog(page, title);
  await add.getByLabel(FIELDS.ip).fill(ip);
  await add.getByLabel(FIELDS.user).fill(server.credentials.user);
  await add.getByLabel(new RegExp(`^${FIELDS.password}`)).fill(server.credentials.password);
  await expect(add.getByText(region.servers.fingerprint(server)).first()).toBeVisible();
  expect(connections).toHaveLength(1);
  expect(connections[0]?.messages[0]).toBe(SSH_MSG.keyExchangeInit);
  // Without NEWKEYS there is no encryption, and without encryption no authentication.
  expect(connections[0]?.messages).not.toContain(SSH_MSG.newKeys);

  await add.getByRole("radio", { name: "Trust it without comparing" }).check();
  await add.getByRole("button", { name: next }).click();
  await expect(add.getByRole("button", { name: submit })).toBeVisible();
  expect(connections.slice(1).map(({ messages }) => messages.at(-1))).toContain(SSH_MSG.newKeys);
});

test("a server that is too small is added as Inadequate, with have and need of each failed requirement", async ({
  region,
  operator: page,
}) => {
  const server = SPARE_SERVERS[1];
  if (!server) throw new Error("There is no small spare server.");
  await openList(page, "?do=add");
  const add = await fillInfo(page, server.ip, server.credentials.user, server.credentials.password);
  await add.getByRole("button", { name: next }).click();
  await add.getByRole("button", { name: submit }).click();
  await expect(toast(page, TOASTS.added)).toBeVisible();
  await expect(row(page, server.name)).toContainText("Inadequate");
  await row(page, server.name).getByRole("link", { name: server.name }).click();
  const memory = page.getByRole("region", { name: "Requirements" }).getByRole("row", { name: /Memory/ });
  await expect(memory).toContainText("4 GiB");
  await expect(memory).toContainText("8 GiB");
  await expect(memory).toContainText("Not met");
  expect(await region.sql("SELECT transition FROM event WHERE node_ip = $1 AND kind = 'node.added'", [server.ip])).toEqual([
    { transition: "T02" },
  ]);
});

test("each failure to reach a server has its own sentence", async ({ region, operator: page }) => {
  const silent = await region.servers.fresh();
  region.servers.faults(silent, { hang: "banner" });
  await region.listen("127.20.8.2", (socket) => socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"));
  await openList(page, "?do=add");
  const add = dialog(page, title);
  const ip = add.getByLabel(FIELDS.ip);
  const cases: [string, string][] = [
    ["127.20.7.7", `127.20.7.7 refused the connection: SSH service is not running.`],
    ["127.20.8.2", `127.20.8.2 answered on port ${region.sshPort}, but not as an SSH service.`],
    ["8.8.8.8", "8.8.8.8 is outside the management networks."],
    ["127.0.0.1", "127.0.0.1 is this console's own machine (loopback)."],
    ["169.254.169.254", "169.254.169.254 is a link-local address."],
    ["224.0.0.1", "224.0.0.1 is a multicast address."],
    ["127.20.1.1", "127.20.1.1 already belongs to control-west-01."],
    [silent.ip, `${silent.ip} did not answer on port ${region.sshPort} within 5 s.`],
  ];
  for (const [address, sentence] of cases) {
    await ip.fill(address);
    await add.getByLabel(FIELDS.user).focus();
    await expect(ip).toHaveAccessibleDescription(new RegExp(sentence.replace(/[.()]/g, "\\$&")));
    await expect(add.getByRole("radio")).toHaveCount(0);
  }
  for (const malformed of ["10.1", "10.1.2.3.4", "256.1.1.1", "010.0.0.1", "0x7f.0.0.1", "2130706433", "::1", "server.example"]) {
    await ip.fill(malformed);
    await add.getByLabel(FIELDS.user).focus();
    await expect(add.getByRole("button", { name: next })).toHaveAccessibleDescription("The Candidate Access IP is not complete.");
  }
});

test("a server whose MAC or system is known under another address is refused with its owner's name", async ({ region, operator: page }) => {
  const [known] = await region.sql<{ ip: string; name: string }>("SELECT ip, name FROM node WHERE name = 'compute-west-02'");
  await region.listen("127.20.8.3", tap({ host: known?.ip ?? "", port: region.sshPort }, []));
  await openList(page, "?do=add");
  const add = await fillInfo(page, "127.20.8.3", "root", "regent-demo");
  await add.getByRole("button", { name: next }).click();
  await add.getByRole("button", { name: submit }).click();
  await expect(toast(page, "Failed to add candidate node")).toBeVisible();
  await expect(page.getByRole("region", { name: /^Notifications/ })).toContainText(
    /(MAC address|System UUID) [0-9a-f:-]+ already belongs to compute-west-02\./,
  );
  expect(await region.sql("SELECT 1 FROM node WHERE ip = '127.20.8.3'")).toEqual([]);
});

test("a service that is not SSH, greets, and waits is not called silent", async ({ region, operator: page }) => {
  await region.listen("127.20.8.4", (socket) => socket.write("220 mail.example ESMTP\r\n"));
  await openList(page, "?do=add");
  const ip = dialog(page, title).getByLabel(FIELDS.ip);
  await ip.fill("127.20.8.4");
  await ip.press("Tab");
  await expect(ip).toHaveAccessibleDescription(/^127\.20\.8\.4 answered on port \d+, but not as an SSH service\./);
});
