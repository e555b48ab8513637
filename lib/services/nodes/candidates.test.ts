/** From an address to a recorded candidate, and what an administrator changes of it: who owns what, and in which words it is refused. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { sampleInventory } from "@/lib/domain/inventory.sample";
import type { Inventory } from "@/lib/domain/inventory";
import type { UserRole } from "@/lib/domain/permissions";
import { escrowAad } from "@/lib/domain/sealing";
import type { Outcome } from "@/lib/outcome";
import { open } from "@/lib/secrets";
import { SYSTEM } from "../actor";
import { lockRegion } from "../region";
import { addUser, noDatabase, OTHER_KEY, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { addCandidate } from "./add";
import { contactMachine } from "./contact";
import { createNode } from "./create";
import { deleteCandidate } from "./delete";
import { inspectMachine } from "./inspect";
import { modifyCandidate } from "./modify";
import { rejectNode } from "./reject";
import { renameNode } from "./rename";
import { retrustHostKey } from "./retrust";

const PASSWORD = "pw-of-a-test";
const KEY = { type: "ssh-ed25519", sha256: `SHA256:${"A".repeat(43)}` };
const MACS = ["b8:ce:f6:01:02:20"];

describe.skipIf(noDatabase)(unlessSkipped("candidates"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  let sealPrivateKey: string;
  const people = {} as Record<UserRole, Awaited<ReturnType<typeof addUser>>>; // filled before the first test
  let ip = "";
  let machines = 0;

  beforeAll(async () => {
    process.env.REGENT_MANAGEMENT_NETWORKS = "10.0.0.0/8";
    ({ drop, sealPrivateKey } = await ownDatabase());
    for (const [role, name] of [
      ["viewer", "Vera"],
      ["operator", "Otto"],
      ["admin", "Ada"],
    ] as const)
      people[role] = await addUser(name, role);
  }, 60_000);
  afterAll(() => drop?.());
  beforeEach(() => void (ip = `10.6.0.${(machines += 1)}`));

  const call = (role: UserRole = "operator") => people[role].call();
  const idOf = (answer: Outcome<{ operationId: string }>) => (answer.ok ? answer.value.operationId : `refused: ${answer.reason}`);
  const inspection = (more: { ip?: string } = {}) =>
    ({ ip, user: "root", password: PASSWORD, role: "Worker", hostKey: KEY, trust: "verified", ...more }) as const;
  const succeed = (id: string) => db.operation.update({ where: { id }, data: { status: "succeeded" } });
  const inspected = async (role: UserRole = "operator") => {
    const id = idOf(await inspectMachine(inspection(), call(role)));
    await succeed(id);
    return id;
  };

  /** A machine like the sample, with addresses and a UUID that no other has. */
  function unlike(facts: Partial<Inventory> = {}): { inventory: Inventory; macs: string[] } {
    const number = machines
      .toString(16)
      .padStart(4, "0")
      .replace(/(..)(..)/, "$1:$2");
    const own = (mac: string | null) => mac && `02:00:${number}:${mac.slice(-5)}`;
    const sample = sampleInventory();
    const links = sample.links.map((link) => ({ ...link, address: own(link.address), permanentAddress: own(link.permanentAddress) }));
    return {
      inventory: sampleInventory({ system: { ...sample.system, uuid: randomUUID() }, hostname: `host-${machines}`, links, ...facts }),
      macs: MACS.map((mac) => own(mac) ?? ""),
    };
  }
  const create = (at: string, { inventory, macs }: ReturnType<typeof unlike>, role: "Worker" | "Control" = "Worker") => {
    const pair = {
      publicKey: "restrict ssh-ed25519 AAAA",
      sealedPrivate: Buffer.concat([Buffer.from("RGS1"), Buffer.alloc(80)]).toString("base64"),
    };
    const found = {
      request: { user: "root", role, hostKey: KEY, trust: "verified" as const },
      result: { inventory, inspectedAt: new Date().toISOString() },
      macs,
      pair,
    };
    return db.$transaction(async (tx) => createNode(tx, { region: await lockRegion(tx), ip: at, actor: SYSTEM }, found));
  };

  describe("meeting a machine", () => {
    it.each(["127.0.0.1", "169.254.169.254", "192.168.1.1", "010.6.0.1", "10.6.0.1/8", "::1", "host"])(
      "never dials %s",
      async (address) => {
        expect(await contactMachine({ ip: address }, call())).toMatchObject({ ok: false, code: "address-not-allowed", field: "ip" });
        expect(await inspectMachine(inspection({ ip: address }), call())).toMatchObject({ ok: false, code: "address-not-allowed" });
      },
    );

    it("names the node that has the address", async () => {
      const owner = unlike();
      await create(ip, owner);
      for (const answer of [await contactMachine({ ip }, call()), await inspectMachine(inspection(), call())])
        expect(answer).toMatchObject({ ok: false, field: "ip", reason: expect.stringContaining(owner.inventory.hostname) });
    });

    it("seals the password for the worker, and keeps it out of the request", async () => {
      const id = idOf(await inspectMachine(inspection(), call()));
      const { escrow, request } = await db.operation.findUniqueOrThrow({ where: { id }, include: { escrow: true } });
      expect(JSON.stringify(request)).not.toContain(PASSWORD);
      expect(open(sealPrivateKey, escrow?.sealed ?? new Uint8Array(), escrowAad(escrow?.id ?? "")).reveal()).toBe(PASSWORD);
      expect(() => open(sealPrivateKey, escrow?.sealed ?? new Uint8Array(), escrowAad(id))).toThrow();
    });
  });

  describe("adding", () => {
    it("moves the password from the inspection to the add, as it lies sealed", async () => {
      const inspectionId = await inspected();
      const before = await db.escrow.findUniqueOrThrow({ where: { operationId: inspectionId } });
      const id = idOf(await addCandidate({ inspectionId, macs: MACS }, call()));
      expect(await db.escrow.findMany({ where: { operationId: { in: [inspectionId, id] } } })).toEqual([{ ...before, operationId: id }]);
      expect(await addCandidate({ inspectionId, macs: MACS }, call())).toMatchObject({
        ok: false,
        code: "busy",
        reason: `Otto is adding ${ip} right now.`,
      });
    });

    it("needs one's own inspection, a good end of it, and its password", async () => {
      const inspectionId = await inspected("admin");
      expect(await addCandidate({ inspectionId, macs: MACS }, call())).toMatchObject({ ok: false, code: "not-inspected" });
      expect(await addCandidate({ inspectionId: randomUUID(), macs: MACS }, call())).toMatchObject({ ok: false, code: "not-inspected" });
      const unfinished = idOf(await inspectMachine(inspection(), call()));
      expect(await addCandidate({ inspectionId: unfinished, macs: MACS }, call())).toMatchObject({ ok: false, code: "not-inspected" });
      await succeed(unfinished);
      await db.$executeRaw`UPDATE escrow SET expires_at = now() - interval '1 second'`;
      expect(await addCandidate({ inspectionId: unfinished, macs: MACS }, call())).toMatchObject({
        ok: false,
        code: "password-gone",
        field: "password",
      });
    });

    it("runs once per address, whoever asks at once", async () => {
      const both = [await inspected("operator"), await inspected("admin")];
      const answers = await Promise.all([
        addCandidate({ inspectionId: both[0] ?? "", macs: MACS }, call("operator")),
        addCandidate({ inspectionId: both[1] ?? "", macs: MACS }, call("admin")),
      ]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    });

    it("does not begin on an address that has become a node meanwhile", async () => {
      const inspectionId = await inspected();
      await create(ip, unlike());
      expect(await addCandidate({ inspectionId, macs: MACS }, call())).toMatchObject({ ok: false, field: "ip" });
    });

    it("is refused to a viewer by the services themselves", async () => {
      const inspectionId = await inspected("viewer").catch(() => "");
      const refused = { ok: false, code: "forbidden" };
      expect(await contactMachine({ ip }, call("viewer"))).toMatchObject(refused);
      expect(await inspectMachine(inspection(), call("viewer"))).toMatchObject(refused);
      expect(await addCandidate({ inspectionId, macs: MACS }, call("viewer"))).toMatchObject(refused);
    });
  });

  describe("recording", () => {
    it("writes the candidate, its identities, its key and one event", async () => {
      const machine = unlike();
      const created = await create(ip, machine);
      const node = await db.node.findFirstOrThrow({ where: { ip }, include: { identities: true, key: true } });
      expect(created).toEqual({ ok: true, value: { id: node.id, name: machine.inventory.hostname } });
      expect([node.status, node.version, node.vcpus]).toEqual(["Candidate", 1, 32]);
      expect(node.key).not.toBeNull();
      const values = node.identities.map(({ kind, value }) => `${kind} ${value}`);
      expect(values).toEqual(expect.arrayContaining([`ip ${ip}`, `mac ${machine.macs[0]}`, `uuid ${machine.inventory.system.uuid}`]));
      expect(await db.event.findMany({ where: { nodeId: node.id } })).toMatchObject([
        { transition: "T01", toStatus: "Candidate", fromStatus: null, nodeVersion: 1 },
      ]);
    });

    it("begins as Inadequate when the hardware is, and says why", async () => {
      const machine = unlike({ memory: { totalBytes: 2 * 2 ** 30 } });
      await create(ip, machine);
      expect(await db.node.findFirstOrThrow({ where: { ip } })).toMatchObject({
        status: "Inadequate",
        statusReason: "Memory 2 GiB, needs 8 GiB",
      });
    });

    it("names the node that has the IP, a MAC or the UUID already, and writes nothing", async () => {
      const first = unlike();
      await create(ip, first);
      const elsewhere = `10.6.1.${machines}`;
      machines += 1;
      const twins: [string, ReturnType<typeof unlike>, string][] = [
        [ip, unlike(), ip],
        [
          elsewhere,
          { ...unlike(), inventory: { ...unlike().inventory, links: first.inventory.links }, macs: first.macs },
          `MAC address ${first.macs[0]}`,
        ],
        [
          elsewhere,
          { ...unlike(), inventory: { ...unlike().inventory, system: first.inventory.system } },
          `System UUID ${first.inventory.system.uuid}`,
        ],
      ];
      const before = [await db.node.count(), await db.event.count()];
      for (const [at, machine, what] of twins) {
        const answer = await create(at, machine);
        expect(answer).toMatchObject({ ok: false, reason: expect.stringContaining(what) });
        expect(answer).toMatchObject({ reason: expect.stringContaining(first.inventory.hostname) });
      }
      expect([await db.node.count(), await db.event.count()]).toEqual(before);
    });

    it("refuses a converged MAC that is not on the machine, by its name", async () => {
      expect(await create(ip, { ...unlike(), macs: ["02:aa:aa:aa:aa:aa"] })).toMatchObject({
        ok: false,
        reason: expect.stringContaining("02:aa:aa:aa:aa:aa"),
      });
    });

    it("gives the next name of the row when the machine's own is taken", async () => {
      const hostname = "twin-01";
      const names: string[] = [];
      for (let count = 0; count < 3; count++) {
        machines += 1;
        const created = await create(`10.6.2.${machines}`, unlike({ hostname }));
        names.push(created.ok ? created.value.name : created.reason);
      }
      expect([names[0], new Set(names).size]).toEqual([hostname, 3]);
    });

    it("lets one of two win that come at once with one address", async () => {
      const [first, second] = [unlike(), { ...unlike() }];
      const answers = await Promise.all([create(ip, first), create(ip, second)]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.find(({ ok }) => !ok)).toMatchObject({ code: expect.any(String), reason: expect.stringContaining(ip) });
    });
  });

  describe("changing", () => {
    it("tells a late administrator who changed what", async () => {
      const node = await plantNode("Candidate");
      const target = { nodeId: node.id, version: node.version };
      await rejectNode({ ...target, reason: "Not ours" }, call("admin"));
      const answer = await rejectNode(target, call());
      expect(answer).toMatchObject({ ok: false, code: "stale", hint: "Review it and try again." });
      expect(answer).toMatchObject({
        reason: expect.stringMatching(
          new RegExp(`^${node.name} changed while you looked at it: Ada rejected ${node.name}: Not ours \\(Ada, `),
        ),
      });
    });

    it("renames, once, and not to another's name in any case", async () => {
      const [node, other] = [await plantNode("Active"), await plantNode("Failed")];
      const to = (name: string, version: number) => renameNode({ nodeId: node.id, version, name, description: "d" }, call());
      expect(await to(other.name.toUpperCase(), 1)).toMatchObject({
        ok: false,
        code: "name-taken",
        field: "name",
        reason: `${other.name} is the name of the node at ${other.ip}.`,
      });
      expect([await to("Fresh", 1), await to("Fresh", 2), await to("fresh", 2)]).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
      expect(await db.event.count({ where: { nodeId: node.id, kind: "node.renamed" } })).toBe(2);
      expect(await to("older", 2)).toMatchObject({ code: "stale" });
    });

    it("deletes the record and frees its addresses; the events stay", async () => {
      const machine = unlike();
      await create(ip, machine);
      const node = await db.node.findFirstOrThrow({ where: { ip } });
      expect(await deleteCandidate({ nodeId: node.id, version: 1 }, call())).toMatchObject({ ok: true });
      expect(await deleteCandidate({ nodeId: node.id, version: 1 }, call())).toMatchObject({ ok: false, code: "node-gone" });
      expect((await db.event.findMany({ where: { nodeId: node.id }, orderBy: { id: "asc" } })).map(({ transition }) => transition)).toEqual(
        ["T01", "T12"],
      );
      expect(await create(ip, machine)).toMatchObject({ ok: true });
    });

    it("asks for the password of a new SSH user, and for none of the old", async () => {
      const node = await plantNode("Candidate");
      const modify = (user: string, password: string) =>
        modifyCandidate({ nodeId: node.id, version: 1, user, password, macs: MACS }, call());
      expect(await modify("ops", "")).toMatchObject({ ok: false, code: "password-needed", field: "password" });
      const id = idOf(await modify("root", ""));
      expect(await db.escrow.count({ where: { operationId: id } })).toBe(0);
      expect(await modify("root", "")).toMatchObject({
        ok: false,
        code: "busy",
        reason: "Modify Candidate is running on this node, started by Otto.",
      });
    });

    it("trusts the key that was seen, and no other", async () => {
      const node = await plantNode("Active", { hostKeyChanged: OTHER_KEY });
      const trust = (sha256: string, type = OTHER_KEY.type) =>
        retrustHostKey({ nodeId: node.id, version: 1, hostKey: { type, sha256 }, reason: "Reinstalled" }, call("admin"));
      for (const other of [await trust(KEY.sha256), await trust(OTHER_KEY.sha256, "ssh-rsa")])
        expect(other).toMatchObject({ ok: false, code: "host-key-other" });
      const id = idOf(await trust(OTHER_KEY.sha256));
      expect(await db.node.findUniqueOrThrow({ where: { id: node.id } })).toMatchObject({
        hostKeySha256: OTHER_KEY.sha256,
        hostKeyChanged: null,
        version: 2,
      });
      expect(await db.event.findMany({ where: { operationId: id } })).toMatchObject([
        {
          kind: "node.host-key-trusted",
          severity: "warning",
          actorName: "Ada",
          details: { was: KEY.sha256, is: OTHER_KEY.sha256, reason: "Reinstalled" },
        },
      ]);
    });
  });
});
