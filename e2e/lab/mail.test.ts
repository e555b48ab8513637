/** A real mail server that is not of nodemailer's author (OpenSMTPD): what it takes, what it refuses, and a mail read from its mailbox. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { db } from "../../lib/db";
import { startPostgres } from "../../lib/launch/postgres.mjs";
import { temporaryFolder } from "../../lib/launch/temporary.mjs";
import { setMailServer, type MailServerInput } from "../../lib/services/notify/mail-server-set";
import { readNotify } from "../../lib/services/notify/read";
import { addTarget } from "../../lib/services/notify/target-set";
import { readTestDialogue, testMail } from "../../lib/services/notify/test";
import { addUser } from "../../lib/services/testing";
import { alarmNote, notifyBench, tellTo } from "../../lib/worker/notify/testing-notify";
import { bundles, startWorker, type Worker } from "../../lib/worker/testing";
import { at, available, down, up } from "./lab";
import { reserveNetwork } from "./network";
import { ended, value } from "./region";

const HOST = 61;
const LOGIN = { login: "regent", password: "Kanarienvogel-lab-7" };
/** Mail for people of lab.test is kept; for others it is not passed on. */
const CONFIGURATION = `
pki lab cert "/etc/lab/cert.pem"
pki lab key "/etc/lab/key.pem"
table creds file:/etc/lab/creds
listen on 0.0.0.0 port 25 hostname mail.lab.test
listen on 0.0.0.0 port 587 hostname mail.lab.test tls-require pki lab auth <creds>
listen on 0.0.0.0 port 465 hostname mail.lab.test smtps pki lab auth <creds>
action "keep" maildir "/home/%{user.username}/Maildir"
match from any for domain "lab.test" action "keep"
`;

const here = available();

describe.skipIf(!here.ok || process.env.REGENT_LAB_LIVE !== "1")("a real mail server", { timeout: 120_000 }, () => {
  let network: string;
  let release: () => void;
  let bench: Awaited<ReturnType<typeof notifyBench>>;
  let removeFolder: () => Promise<void>;
  let stopPostgres: AbortController;
  let programs: Awaited<ReturnType<typeof bundles>>;
  let worker: Worker;
  let admin: Awaited<ReturnType<typeof addUser>>;
  let certificate: string;

  beforeAll(async () => {
    ({ network, release } = reserveNetwork());
    process.env.REGENT_LAB_NET = network;
    await down();
    await up([{ number: HOST, kind: "mail", memoryMiB: 512 }]);
    certificate = await startMail();
    const { folder, remove } = await temporaryFolder();
    removeFolder = remove;
    stopPostgres = new AbortController();
    const { url } = await startPostgres({ folder, durable: false, signal: stopPostgres.signal });
    bench = await notifyBench(url);
    programs = await bundles();
    worker = await startWorker(programs.worker, {
      DATABASE_URL: bench.url,
      REGENT_SEAL_PUBLIC_KEY: process.env.REGENT_SEAL_PUBLIC_KEY ?? "",
      REGENT_SEAL_PRIVATE_KEY_FILE: bench.keyFile,
      REGENT_URL: "https://regent.lab.test",
    });
    admin = await addUser("Ada", "admin");
  }, 900_000);
  afterEach(({ task }) => {
    if (task.result?.state === "fail") console.log(worker?.lines.splice(0).join(""));
  });
  afterAll(async () => {
    worker?.child.kill("SIGKILL");
    programs?.remove();
    await bench?.drop();
    stopPostgres?.abort();
    await removeFolder?.();
    await down();
    release();
  }, 60_000);

  /** Answers with its certificate, which it signed itself. */
  async function startMail(): Promise<string> {
    const ip = `${network}.${HOST}`;
    await at(HOST, "install -d -m 755 /etc/lab");
    await at(
      HOST,
      `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout /etc/lab/key.pem -out /etc/lab/cert.pem -days 2 -subj /CN=mail.lab.test -addext subjectAltName=DNS:mail.lab.test,IP:${ip} 2>/dev/null; chmod 600 /etc/lab/key.pem`,
    );
    await at(
      HOST,
      `printf '%s\\t%s\\n' ${LOGIN.login} "$(smtpctl encrypt '${LOGIN.password}')" >/etc/lab/creds; chown root:opensmtpd /etc/lab/creds; chmod 640 /etc/lab/creds`,
    );
    await at(HOST, `printf '%s' '${CONFIGURATION}' >/etc/smtpd.conf; echo mail.lab.test >/etc/mailname; systemctl restart opensmtpd`);
    return at(HOST, "cat /etc/lab/cert.pem");
  }

  const set = async (facts: Partial<MailServerInput> = {}) =>
    value(
      await setMailServer(
        {
          host: `${network}.${HOST}`,
          port: 587,
          security: "starttls",
          ...LOGIN,
          authority: certificate,
          sender: "regent@lab.test",
          ...facts,
        },
        admin.call(),
      ),
    );
  async function test(address = "admin@lab.test") {
    const operation = await ended(await testMail({ address }, admin.call()));
    const said = await readTestDialogue({ operationId: operation.id });
    return { status: operation.status, refusal: operation.refusal, dialogue: (said.ok && said.value) || [] };
  }
  /** Every mail of a person, as it lies in his mailbox. */
  const mailbox = (user: string): Promise<string> =>
    at(HOST, `find /home/${user}/Maildir -type f -path '*/new/*' -exec cat {} + 2>/dev/null || true`);

  it.each([
    ["STARTTLS", { port: 587, security: "starttls" }],
    ["TLS from the start", { port: 465, security: "tls" }],
    ["an open line without a login", { port: 25, security: "none", login: null, password: "" }],
  ] as const)("takes a test mail over %s", async (_, facts) => {
    await set(facts);
    const { status, refusal, dialogue } = await test();
    expect({ status, refusal }).toEqual({ status: "succeeded", refusal: null });
    expect(dialogue.join("\n")).toMatch(/S: 250 2\.0\.0 \w+ Message accepted for delivery/);
    expect(dialogue.join("\n")).not.toContain("Kanarienvogel");
  });

  it("rejects a wrong password with its own words", async () => {
    await set({ password: "not-the-password" });
    const { refusal, dialogue } = await test();
    expect(refusal).toMatchObject({
      code: "mail-login",
      field: "password",
      reason: expect.stringMatching(/rejected the user or password\. It says: “535 .*Authentication failed”/) as string,
    });
    expect(dialogue).toContain("C: AUTH PLAIN ***");
  });

  it("is not trusted with its own signature until its certificate is given", async () => {
    await set({ authority: null });
    expect((await test()).refusal).toMatchObject({ code: "mail-certificate-unknown", field: "authority" });
    await set({ authority: null, port: 465, security: "tls" });
    expect((await test()).refusal).toMatchObject({ code: "mail-certificate-unknown" });
    await set();
    expect((await test()).status).toBe("succeeded");
  });

  it("refuses a person whom it does not know, and to pass mail on", async () => {
    await set();
    expect((await test("stranger@lab.test")).refusal).toMatchObject({
      code: "mail-recipient",
      reason: expect.stringMatching(/stranger@lab\.test\. It says: “550 /) as string,
    });
    expect((await test("somebody@example.com")).refusal).toMatchObject({
      code: "mail-recipient",
      reason: expect.stringMatching(/550 /) as string,
    });
  });

  it("that does not run is found out, and an alarm arrives once it does", async () => {
    await set();
    await at(HOST, "systemctl stop opensmtpd");
    expect((await test()).refusal).toMatchObject({ code: "mail-refused", field: "port" });
    const { id } = value(await addTarget({ kind: "email", name: "Plain", address: "plain@lab.test" }, admin.call()));
    await tellTo(id, alarmNote({ node: "compute-west-05" }));
    await until("the mail server is called failing", async () => (await readNotify()).server?.failingSince);
    await at(HOST, "systemctl start opensmtpd");
    await until("the alarm arrived", async () => (await mailbox("plain")).includes("ALARM: High CPU on"));
    const mail = await mailbox("plain");
    const { messageId } = await db.delivery.findFirstOrThrow({ where: { targetId: id } });
    expect(mail).toContain(`Message-ID: ${messageId}`);
    expect(mail.match(/^Message-ID:/gm)).toHaveLength(1);
    expect(mail).toMatch(/^Auto-Submitted: auto-generated\r?$/m);
    expect(mail).toMatch(/^Content-Type: multipart\/alternative;/m);
    expect((await readNotify()).server).toMatchObject({ failingSince: null, problem: null });
  });

  async function until(what: string, look: () => Promise<unknown>): Promise<void> {
    for (const deadline = Date.now() + 30_000; !(await look()); await sleep(100))
      if (Date.now() > deadline) throw new Error(`${what}: not within 30 s.`);
  }
});
