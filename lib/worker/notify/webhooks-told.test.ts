/** What is told by webhook in each of its forms, from a real database to a real receiver. */
import { createHmac } from "node:crypto";
import { type IncomingMessage } from "node:http";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Note } from "@/lib/domain/notes";
import { db } from "@/lib/db";
import { claim } from "@/lib/services/notify/claim";
import { gather } from "@/lib/services/notify/gather";
import { addTarget } from "@/lib/services/notify/target-set";
import { addUser, noDatabase, unlessSkipped } from "@/lib/services/testing";
import { closeReceivers, receiver, type Got } from "./testing-receiver";
import { alarmNote, notifyBench, pass, tellTo, URL_OF_CONSOLE } from "./testing-notify";
import { sendWebhooks } from "./webhooks";

const SECRET = "Kanarienvogel-hook-7";
const never = new AbortController().signal;
afterEach(closeReceivers);

describe.skipIf(noDatabase)(unlessSkipped("a webhook that is to be told"), { timeout: 60_000 }, () => {
  let bench: Awaited<ReturnType<typeof notifyBench>>;
  let admin: Awaited<ReturnType<typeof addUser>>;
  beforeAll(async () => {
    process.env.REGENT_WEBHOOK_LOOPBACK = "1";
    bench = await notifyBench();
    admin = await addUser("Ada", "admin");
  }, 60_000);
  afterAll(() => bench?.drop());
  beforeEach(() => db.notifyTarget.deleteMany());

  const look = async () => {
    await gather("regent.example.com");
    await sendWebhooks(async () => ({ region: "west-1", url: URL_OF_CONSOLE }), never);
  };
  async function target(body: "regent" | "slack" | "pagerduty", address: string, secret = SECRET): Promise<string> {
    const added = await addTarget({ kind: "webhook", name: body, address, body, secret }, admin.call());
    if (!added.ok) throw new Error(added.reason);
    return added.value.id;
  }

  it("gets Regent's own form, signed, with the delivery's id", async () => {
    const { got, url } = await receiver();
    const note = alarmNote();
    await tellTo(await target("regent", url), note);
    await look();
    const [delivery] = await db.delivery.findMany();
    expect(delivery).toMatchObject({ state: "sent", answer: "200 ok" });
    const [{ headers, body } = { headers: {} as IncomingMessage["headers"], body: "" }] = got;
    expect(JSON.parse(body)).toEqual({
      version: 1,
      id: delivery?.id,
      region: expect.any(String) as string,
      url: URL_OF_CONSOLE,
      createdAt: delivery?.createdAt.toISOString(),
      subject: "[Regent west-1] ALARM: High CPU on compute-west-05 (97 % > 80 %)",
      notes: [note],
    });
    expect(headers["idempotency-key"]).toBe(delivery?.id);
    const [, at = "", v1 = ""] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["x-regent-signature"])) ?? [];
    expect(v1).toBe(createHmac("sha256", SECRET).update(`${at}.${body}`).digest("hex"));
    expect(Math.abs(Date.now() / 1000 - Number(at))).toBeLessThan(30);
  });

  it("is Slack: a text and blocks in which nothing calls anybody, at an address that is kept nowhere in clear", async () => {
    const { got, port } = await receiver();
    const id = await target("slack", `http://127.0.0.1:${port}/services/T0/B0/verysecretpath`, "");
    await tellTo(id, alarmNote({ node: "<!channel> a|b", reason: "see <https://evil.example|here>" }));
    await look();
    expect(got[0]?.path).toBe("/services/T0/B0/verysecretpath");
    const body = JSON.parse(got[0]?.body ?? "{}") as { text: string; blocks: { text: { text: string } }[] };
    expect(body.text).toContain("&lt;!channel&gt;");
    expect(body.blocks[1]?.text.text).toContain(`<${URL_OF_CONSOLE}/alarms/`);
    // A name of a channel, a person or a host is made no link by Slack either.
    expect(body.blocks[1]?.text).toMatchObject({ type: "mrkdwn", verbatim: true });
    expect(
      body.blocks
        .slice(1)
        .map(({ text }) => text.text)
        .join(""),
    ).not.toMatch(/<!channel|<https:\/\/evil/);
    const kept = await db.notifyTarget.findUniqueOrThrow({ where: { id } });
    expect(kept.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[0-9a-f]{8}$/);
  });

  it("is PagerDuty: one event for each alarm on each node, with the state it is in now", async () => {
    const { got, url } = await receiver((response) => void response.writeHead(202).end("{}"));
    const id = await target("pagerduty", url, "R0UTINGKEYR0UTINGKEYR0UTINGKEY32");
    const open = alarmNote();
    const over = { alarmId: open.alarmId, nodeId: "8a4d1d8a-3f2c-4c0e-9df7-0d2a8c3d7a11" };
    const daily: Note = {
      kind: "daily",
      nodes: 1,
      active: 1,
      inAlarm: 0,
      insufficient: 0,
      muted: 0,
      delivered: 0,
      waiting: 0,
      at: open.at,
    };
    await tellTo(id, open, alarmNote({ ...over, seq: 1 }), alarmNote({ ...over, seq: 2, was: "ALARM", becomes: "OK" }), daily);
    await look();
    const events = got.map(
      ({ body }) => JSON.parse(body) as { event_action: string; dedup_key: string; routing_key: string; payload?: { severity: string } },
    );
    expect(events.map(({ event_action, dedup_key, payload }) => [event_action, dedup_key, payload?.severity])).toEqual([
      ["trigger", `regent:${open.alarmId}/${open.nodeId}`, "critical"],
      ["resolve", `regent:${over.alarmId}/${over.nodeId}`, undefined],
    ]);
    expect(new Set(events.map(({ routing_key }) => routing_key))).toEqual(new Set(["R0UTINGKEYR0UTINGKEYR0UTINGKEY32"]));
    expect((await db.delivery.findMany())[0]).toMatchObject({ state: "sent" });
  });

  it("is Slack that sends on, without its secret path in what is kept of it", async () => {
    const { port } = await receiver((response) => void response.writeHead(302, { Location: "/services/T0/B0/verysecretpath/" }).end());
    await tellTo(await target("slack", `http://127.0.0.1:${port}/services/T0/B0/verysecretpath`, ""), alarmNote());
    await look();
    const [delivery] = await db.delivery.findMany();
    expect(delivery?.answer).toContain("answers 302 and sends Regent on to ***");
    expect(JSON.stringify(await db.notifyTarget.findMany({ omit: { sealed: true } }))).not.toContain("verysecretpath");
  });

  const actions = (got: readonly Got[]) =>
    got.map(({ body }) => {
      const { event_action, dedup_key } = JSON.parse(body) as { event_action: string; dedup_key: string };
      return [event_action, dedup_key];
    });

  it("is PagerDuty: what is acknowledged or not watched any more rings no longer, and a state that nobody has seen does", async () => {
    const { got, url } = await receiver((response) => void response.writeHead(202).end("{}"));
    const id = await target("pagerduty", url, "R0UTINGKEYR0UTINGKEYR0UTINGKEY32");
    const [seen, again, gone] = [alarmNote({ seq: 1 }), alarmNote({ seq: 3 }), alarmNote({ seq: 1 })];
    const acknowledged = ({ alarmId, nodeId }: typeof seen, seq: number): Note => ({
      kind: "acknowledged",
      alarmId,
      alarm: "High CPU",
      nodeId,
      node: "compute-west-05",
      seq,
      by: "Ada",
      said: "On it",
      at: seen.at,
    });
    const ended = { ...gone, seq: 2, was: "ALARM", becomes: "INSUFFICIENT_DATA", ended: true } as const;
    await tellTo(id, acknowledged(seen, 1), seen, acknowledged(again, 1), again, ended);
    await look();
    expect(new Set(actions(got).map((one) => one.join(" ")))).toEqual(
      new Set([
        `trigger regent:${seen.alarmId}/${seen.nodeId}`,
        `acknowledge regent:${seen.alarmId}/${seen.nodeId}`,
        `trigger regent:${again.alarmId}/${again.nodeId}`,
        `resolve regent:${gone.alarmId}/${gone.nodeId}`,
      ]),
    );
    expect(got).toHaveLength(4);
    expect(actions(got).at(-1)?.[0]).toBe("acknowledge");
  });

  it("is PagerDuty: of one alarm each event waits for the one before it, and a refused key is not stepped over", async () => {
    let [under, most] = [0, 0];
    let status = 202;
    const { got, url } = await receiver((response) => {
      most = Math.max(most, (under += 1));
      setTimeout(() => {
        under -= 1;
        response.writeHead(status).end("{}");
      }, 50);
    });
    const id = await target("pagerduty", url, "R0UTINGKEYR0UTINGKEYR0UTINGKEY32");
    await tellTo(id, { kind: "test", by: "Ada", alarm: null, at: alarmNote().at });
    await look();
    expect(actions(got).map(([action]) => action)).toEqual(["trigger", "resolve"]);
    expect(most).toBe(1);
    status = 400;
    await pass(61);
    await tellTo(id, alarmNote());
    await look();
    expect(await db.delivery.findFirst({ where: { state: "waiting" } })).toMatchObject({ setAside: false });
  });

  it("is told before those that fail, however long they wait", async () => {
    const good = await receiver();
    const hanging = await receiver(() => undefined);
    const failing = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const one = { kind: "webhook", name: `dead-${index}`, address: `${hanging.url}/${index}`, body: "regent", secret: SECRET } as const;
        const added = await addTarget(one, admin.call());
        if (!added.ok) throw new Error(added.reason);
        await tellTo(added.value.id, alarmNote());
        return added.value.id;
      }),
    );
    await gather("regent.example.com");
    await db.notifyTarget.updateMany({ where: { id: { in: failing } }, data: { failingSince: new Date(), problem: "It hangs." } });
    await pass(30);
    const healthy = await target("regent", good.url);
    await tellTo(healthy, alarmNote());
    await gather("regent.example.com");
    expect((await claim("webhook"))?.target.id).toBe(healthy);
  });

  it("is tried again with the same key until it takes it, and keeps no other", async () => {
    let well = false;
    const { got, url } = await receiver((response) => void response.writeHead(well ? 200 : 503).end());
    const good = await receiver();
    await tellTo(await target("regent", url), alarmNote());
    const other = await addTarget({ kind: "webhook", name: "good", address: good.url, body: "regent", secret: SECRET }, admin.call());
    await tellTo(other.ok ? other.value.id : "", alarmNote());
    for (let tries = 0; tries < 3; tries += 1) {
      await look();
      await pass(400);
    }
    expect(got.length).toBe(3);
    expect(good.got).toHaveLength(1);
    expect((await db.notifyTarget.findFirst({ where: { name: "regent" } }))?.problem).toBe("127.0.0.1 answered 503.");
    well = true;
    await look();
    expect(new Set(got.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(await db.notifyTarget.findFirst({ where: { name: "regent" } })).toMatchObject({ problem: null, failingSince: null });
  });

  it("can not make its secret readable by repeating it", async () => {
    const { url } = await receiver(
      (response, { headers }) => void response.writeHead(400).end(`bad: ${SECRET} ${String(headers["x-regent-signature"])}`),
    );
    await tellTo(await target("regent", url), alarmNote());
    await look();
    const rows = JSON.stringify(
      [
        await db.delivery.findMany(),
        await db.notifyTarget.findMany({ omit: { sealed: true } }),
        await db.event.findMany({ omit: { id: true, hash: true, prevHash: true } }),
      ],
      (_, value: unknown) => (typeof value === "bigint" ? String(value) : value),
    );
    expect(rows).toContain("bad: ***");
    expect(rows).not.toContain("Kanarienvogel");
  });
});
