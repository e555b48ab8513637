/** From a busy loop on a real host to the mail in a real mailbox. What a real mail server refuses, mail.test.ts asks. */
import { beforeAll, expect, it } from "vitest";
import { db } from "../../lib/db";
import { ruleOf } from "../../lib/domain/alarms/rule.sample";
import { createAlarm } from "../../lib/services/alarms/create";
import { setMailServer } from "../../lib/services/notify/mail-server-set";
import { addTarget } from "../../lib/services/notify/target-set";
import { at } from "./lab";
import { asAdministrator, value } from "./region";
import { onRealHosts, seconds, until, useHosts, useRegion } from "./set-up";

const [BUSY, MAIL] = [61, 62] as const;
const ENCODED = /=\?UTF-8\?Q\?([^?]*)\?=/gi;
const decoded = (word: string): string => decodeURIComponent(word.replaceAll("_", " ").replaceAll("=", "%"));
const NOC = "noc@mail.lab";
const LOGIN = { login: "alarms", password: "mail-secret" };

onRealHosts("alarms of a real host in a real mailbox", { file: "alarms", timeout: 300_000 }, () => {
  const hosts = useHosts([
    { number: BUSY, kind: "hv" },
    { number: MAIL, kind: "mail", memoryMiB: 512 },
  ]);
  const { join, idOf } = useRegion(hosts);
  let certificate: string;

  beforeAll(async () => {
    await at(
      MAIL,
      `openssl req -x509 -newkey rsa:2048 -nodes -keyout /etc/ssl/private/mail.key -out /etc/ssl/mail.pem -days 30 -subj /CN=mail.lab -addext subjectAltName=IP:${hosts.ip(MAIL)} 2>&1; chmod 600 /etc/ssl/private/mail.key; systemctl start opensmtpd`,
    );
    certificate = await at(MAIL, "cat /etc/ssl/mail.pem");
    await until("the mail server answers", async () => (await at(MAIL, "ss -Hltn 'sport = :587'")) !== "", 20_000);
    await join(BUSY);
  }, 300_000);

  const call = async () => ({ ...(await asAdministrator()), idempotencyKey: crypto.randomUUID() });
  /** The mails of the mailbox, oldest first. */
  const mails = async (): Promise<string[]> => {
    const text = await at(MAIL, "cd /home/noc/Maildir/new 2>/dev/null && for f in $(ls); do cat $f; echo; echo ==end==; done; true");
    // Long headers go on in the next line, and what is not ASCII is written as bytes (RFC 2047).
    return text
      .split("==end==\n")
      .filter((mail) => mail.trim() !== "")
      .map((mail) =>
        mail
          .replace(/\n[ \t]+/g, " ")
          .replaceAll("?= =?", "?==?")
          .replace(ENCODED, (_, word: string) => decoded(word)),
      );
  };

  it("turns a busy loop into one mail when it begins and one when it is over", async () => {
    const host = { host: hosts.ip(MAIL), port: 587, security: "starttls" as const, authority: certificate, sender: "alarms@mail.lab" };
    value(await setMailServer({ ...host, ...LOGIN }, await call()));
    const { id: target } = value(await addTarget({ kind: "email", name: "noc", address: NOC }, await call()));
    const actions = { ALARM: [target], OK: [target], INSUFFICIENT_DATA: [] };
    const form = {
      name: "High CPU",
      description: "Look for what runs away.",
      severity: "critical" as const,
      scope: { kind: "node" as const, nodeId: idOf(BUSY) },
      rule: ruleOf(2, 2, { periodSeconds: 10, threshold: 0.3 }),
      actionsEnabled: true,
    };
    const { alarmId } = value(await createAlarm({ ...form, actions: { ...actions, OK: [] } }, await call()));
    const stateOf = async () => (await db.alarmSubject.findFirst({ where: { alarmId } }))?.state;
    await until("the alarm is OK", async () => (await stateOf()) === "OK", 120_000);
    await db.alarmAction.create({ data: { alarmId, state: "OK", targetId: target } });
    const loop = "while :; do :; done";
    await at(BUSY, `systemd-run --quiet --unit=loop --property=RuntimeMaxSec=200 sh -c '(${loop}) & ${loop}'`);
    const first = await until("the mail of the alarm is there", async () => (await mails()).length > 0, 120_000);
    await at(BUSY, "systemctl stop loop");
    const second = await until("the mail of its end is there", async () => (await mails()).length > 1, 180_000);
    console.log(`mail ${seconds(first)} s after the loop began, and ${seconds(second)} s after it ended`);
    const [alarm = "", over = "", ...more] = await mails();
    expect(more).toEqual([]);
    console.log([alarm, over].map((mail) => /^Subject: .*$/m.exec(mail)?.[0]).join("\n"));
    expect(alarm).toMatch(/^Subject: .*ALARM: High CPU on node61/m);
    expect(alarm).toMatch(/^Message-ID: </im);
    expect(alarm).toMatch(/^Auto-Submitted: auto-generated/im);
    expect(over).toMatch(/^Subject: .*OK: High CPU on node61/m);
    const deliveries = await db.delivery.findMany({ orderBy: { createdAt: "asc" } });
    expect(deliveries.map(({ state }) => state)).toEqual(["sent", "sent"]);
  });
});
