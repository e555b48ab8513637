/** What PostgreSQL refuses by itself, whoever asks. */
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { edges } from "@/lib/domain/lifecycle";
import { NODE_STATUS_IDS } from "@/lib/domain/status";
import { noDatabase, ownDatabase, unlessSkipped } from "@/lib/services/testing";

const root = fileURLToPath(new URL("..", import.meta.url));
const EVENT = `INSERT INTO event (id, at, prev_hash, hash, kind, severity, message, node_id, from_status, to_status, actor_kind, actor_name)
  VALUES (0, now(), '', '', 'test', 'info', $4, $1, nullif($2, '')::node_status, nullif($3, '')::node_status, 'system', 'Test')`;
const NODE = `INSERT INTO node (id, name, ip, role, status, ssh_user, host_key_type, host_key_sha256, converged_macs, access_macs)
  VALUES ($1, $2, $3, 'Worker', $4::text::node_status, 'root', 'ssh-ed25519', $5, '{}', '{}')`;
const HOST_KEY = `SHA256:${"A".repeat(43)}`;
const SEALED = Buffer.concat([Buffer.from("RGS1"), Buffer.alloc(80)]);
const STATES = ["", ...NODE_STATUS_IDS];

describe.skipIf(noDatabase)(unlessSkipped("PostgreSQL's own rules"), () => {
  let client: pg.Client;
  let url: string;
  let drop: () => Promise<void>;
  let count = 0;

  beforeAll(async () => {
    ({ url, drop } = await ownDatabase());
    client = new pg.Client({ connectionString: url });
    await client.connect();
  }, 60_000);
  afterAll(async () => {
    await client?.end();
    await drop?.();
  });

  const one = async (sql: string, values: unknown[] = []) => Object.values((await client.query(sql, values)).rows[0] ?? {})[0];
  const tell = (id: string, was: string, becomes: string, message = "A test") => client.query(EVENT, [id, was, becomes, message]);
  const nextIp = () => `10.1.${++count >> 8}.${count & 255}`;
  const insert = (id: string, status: string, name = `n-${++count}`, ip = nextIp()) => client.query(NODE, [id, name, ip, status, HOST_KEY]);

  /** All or nothing, as the product writes. */
  async function transaction<T>(work: () => Promise<T>): Promise<T> {
    await client.query("BEGIN");
    try {
      const result = await work();
      await client.query("COMMIT");
      return result;
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    }
  }

  /** Past the triggers: what happened before does not matter here. */
  async function plant(status: string): Promise<string> {
    const id = randomUUID();
    await transaction(async () => {
      await client.query("SET LOCAL session_replication_role = replica");
      await insert(id, status);
    });
    return id;
  }

  const change = (id: string, was: string, becomes: string) =>
    was === ""
      ? insert(id, becomes)
      : becomes === ""
        ? client.query("DELETE FROM node WHERE id = $1", [id])
        : client.query("UPDATE node SET status = $2::text::node_status, version = version + 1 WHERE id = $1", [id, becomes]);

  /** Nobody becomes Fenced without it; see lib/services/fencing/fencing.test.ts. */
  const prove = (id: string) =>
    client.query(
      `INSERT INTO fence (id, node_id, state, cause, evidence, actor_name, ended_at) VALUES ($1, $2, 'confirmed', 'A test', '[{}]', 'Test', now())`,
      [randomUUID(), id],
    );

  it("has the lifecycle's edges and no other", async () => {
    const { rows } = await client.query<{ pair: string }>("SELECT from_status || '>' || to_status AS pair FROM lifecycle_edge");
    const pairs = edges().map(({ from, to }) => `${from ?? ""}>${to ?? ""}`);
    expect(rows.map(({ pair }) => pair).toSorted()).toEqual(pairs.toSorted());
  });

  it("accepts every legal change with its event, and refuses every other", async () => {
    const legal = new Set(edges().map(({ from, to }) => `${from ?? ""}>${to ?? ""}`));
    const counts = { accepted: 0, refused: 0 };
    for (const was of STATES)
      for (const becomes of STATES) {
        if (was === becomes) continue;
        const id = was === "" ? randomUUID() : await plant(was);
        const attempt = transaction(async () => {
          if (becomes === "Fenced" && was !== "") await prove(id);
          await change(id, was, becomes);
          await tell(id, was, becomes);
        });
        if (legal.has(`${was}>${becomes}`)) {
          await attempt;
          expect((await one("SELECT status::text FROM node WHERE id = $1", [id])) ?? "").toBe(becomes);
          counts.accepted += 1;
        } else {
          await expect(attempt, `${was}>${becomes}`).rejects.toThrow("lifecycle: a node does not go");
          counts.refused += 1;
        }
      }
    expect(counts).toEqual({ accepted: legal.size, refused: STATES.length * (STATES.length - 1) - legal.size });
  });

  it("refuses at the commit a change without its own event", async () => {
    for (const { from, to } of edges()) {
      const [was, becomes] = [from ?? "", to ?? ""];
      const id = was === "" ? randomUUID() : await plant(was);
      await expect(
        transaction(() => change(id, was, becomes)),
        `${was}>${becomes}`,
      ).rejects.toThrow("needs its event");
    }
    const id = await plant("Candidate");
    await tell(id, "Candidate", "Approved", "In a transaction of its own");
    const wrongEvent = transaction(async () => {
      await change(id, "Candidate", "Approved");
      await tell(id, "Candidate", "Rejected");
    });
    await expect(wrongEvent).rejects.toThrow("needs its event");
    await expect(transaction(() => change(id, "Candidate", "Approved"))).rejects.toThrow("needs its event");
  });

  it("refuses a change of status that leaves the version", async () => {
    const id = await plant("Candidate");
    await expect(client.query("UPDATE node SET status = 'Approved' WHERE id = $1", [id])).rejects.toThrow("raises the version");
  });

  it("never changes an access IP, nor accepts two spellings of one", async () => {
    const id = await plant("Candidate");
    await expect(client.query("UPDATE node SET ip = '10.3.0.1' WHERE id = $1", [id])).rejects.toThrow("never changes");
    for (const ip of ["010.1.1.1", "10.1.1.256", "10.1.1", "10.1.1.1/24", " 10.1.1.1", "::1", "10.1.1.1\n"])
      await expect(insert(randomUUID(), "Candidate", "form", ip), JSON.stringify(ip)).rejects.toThrow();
  });

  it("writes events once", async () => {
    await tell(randomUUID(), "", "", "First");
    await expect(client.query("UPDATE event SET message = 'x'")).rejects.toThrow("written once");
    await expect(client.query("DELETE FROM event")).rejects.toThrow("written once");
    await expect(client.query("TRUNCATE event")).rejects.toThrow("written once");
    await expect(
      client.query("INSERT INTO event SELECT * FROM event LIMIT 1 ON CONFLICT (id) DO UPDATE SET message = 'x'"),
    ).resolves.toBeTruthy();
    expect(await one("SELECT count(*)::int FROM event WHERE message = 'x'")).toBe(0);
  });

  /** As an intruder with the superuser's rights would; what he did is undone afterwards. */
  async function breakAfter(...tampering: string[]): Promise<unknown> {
    await client.query("BEGIN");
    await client.query("ALTER TABLE event DISABLE TRIGGER ALL");
    for (const sql of tampering) await client.query(sql);
    await client.query("ALTER TABLE event ENABLE TRIGGER ALL");
    const found = await one("SELECT event_chain_break()::int");
    await client.query("ROLLBACK");
    return found;
  }
  const writeThree = async () => {
    for (const name of ["a", "b", "c"]) await tell(randomUUID(), "", "", name);
    return Number(await one("SELECT max(id) FROM event"));
  };

  it("finds what was changed, removed, exchanged or put in", async () => {
    const last = await writeThree();
    expect(await one("SELECT event_chain_break()")).toBeNull();
    const columns = [
      "message = 'x'",
      "actor_name = 'x'",
      "at = at + interval '1 ms'",
      "details = '{\"a\":1}'",
      "to_status = 'Active'",
      "tx = tx + 1",
      "severity = 'error'",
    ];
    for (const column of columns) expect(await breakAfter(`UPDATE event SET ${column} WHERE id = ${last - 1}`), column).toBe(last - 1);
    expect(
      await breakAfter(
        `UPDATE event e SET message = 'x', hash = event_digest(e) WHERE id = ${last - 1}`,
        `UPDATE event e SET hash = event_digest(e) WHERE id = ${last - 1}`,
      ),
    ).toBe(last);
    expect(await breakAfter(`DELETE FROM event WHERE id = ${last - 1}`)).toBe(last);
    expect(await breakAfter(`DELETE FROM event WHERE id = ${last}`)).toBe(last);
    expect(await breakAfter("DELETE FROM event")).toBe(last);
    const exchange = `UPDATE event SET id = CASE id WHEN ${last - 1} THEN -1 ELSE id END; UPDATE event SET id = ${last - 1} WHERE id = ${last - 2}; UPDATE event SET id = ${last - 2} WHERE id = -1`;
    expect(await breakAfter(exchange)).toBe(last - 2);
    expect(await one("SELECT event_chain_break()")).toBeNull();
  });

  it("finds that the last event was rewritten together with its hash", async () => {
    const last = await writeThree();
    const rewrite = `UPDATE event SET message = 'x' WHERE id = ${last}`;
    expect(await breakAfter(rewrite, `UPDATE event e SET hash = event_digest(e) WHERE id = ${last}`)).toBe(last);
  });

  const operate = (node: string | null, more: { kind?: string; ip?: string; status?: string } = {}) =>
    one(
      `INSERT INTO operation (id, kind, status, node_id, ip, actor_name, deadline_at) VALUES ($1, $2, $3::text::operation_status, $4, $5, 'Test', now()) RETURNING id`,
      [randomUUID(), more.kind ?? "join", more.status ?? "pending", node, more.ip ?? nextIp()],
    );

  it("lets one operation at a time work on a node, and one add on an address", async () => {
    const node = randomUUID();
    const first = await operate(node, { status: "running" });
    for (const status of ["pending", "running"]) await expect(operate(node, { status })).rejects.toThrow("operation_one_active_per_node");
    for (const status of ["succeeded", "failed"]) await operate(node, { status });
    await client.query("UPDATE operation SET status = 'failed' WHERE id = $1", [first]);
    await operate(node);
    const ip = nextIp();
    await operate(null, { kind: "add", ip });
    await expect(operate(null, { kind: "add", ip })).rejects.toThrow("operation_one_add_per_ip");
    await operate(null, { kind: "inspect", ip });
  });

  it("keeps only sealed secrets", async () => {
    const escrow = async (sealed: Buffer) =>
      client.query("INSERT INTO escrow (id, operation_id, sealed, expires_at) VALUES ($1, $2, $3, now())", [
        randomUUID(),
        await operate(null),
        sealed,
      ]);
    for (const clear of [
      Buffer.from("hunter2"),
      Buffer.from("hunter2".repeat(20)),
      Buffer.from("RGS1short"),
      Buffer.concat([SEALED, Buffer.alloc(5000)]),
    ])
      await expect(escrow(clear)).rejects.toThrow("escrow_is_sealed");
    await escrow(SEALED);
    const key = async (sealed: Buffer) =>
      client.query("INSERT INTO node_key (node_id, public_key, sealed_private) VALUES ($1, '', $2)", [await plant("Active"), sealed]);
    await expect(key(Buffer.from("-----BEGIN OPENSSH PRIVATE KEY-----".padEnd(100)))).rejects.toThrow("node_key_is_sealed");
    await key(SEALED);
  });

  it("keeps names unique among live nodes, in either case", async () => {
    const [first, second] = [await plant("InMaintenance"), await plant("Candidate")];
    await client.query("UPDATE node SET name = 'Twin' WHERE id = $1", [first]);
    const rename = () => client.query("UPDATE node SET name = 'tWIN' WHERE id = $1", [second]);
    await expect(rename()).rejects.toThrow("node_name_is_unique");
    await transaction(async () => {
      await change(first, "InMaintenance", "Out");
      await tell(first, "InMaintenance", "Out");
    });
    await rename();
    for (const name of ["", "a b", "x".repeat(64), "a\n", "é"])
      await expect(client.query("UPDATE node SET name = $2 WHERE id = $1", [second, name]), JSON.stringify(name)).rejects.toThrow(
        "node_name_form",
      );
  });

  it("keeps one spelling of each identity, for one node", async () => {
    const [first, second] = [await plant("Active"), await plant("Active")];
    const own = (node: string, kind: string, value: string) =>
      client.query("INSERT INTO node_identity (node_id, kind, value) VALUES ($1, $2, $3)", [node, kind, value]);
    const uuid = randomUUID();
    const wrong = [
      ["mac", "B8:CE:F6:01:02:20"],
      ["mac", "b8-ce-f6-01-02-20"],
      ["mac", "b8cef6010220"],
      ["uuid", uuid.toUpperCase()],
      ["ip", "010.1.1.1"],
      ["ip", "10.1.1.1/24"],
      ["name", "a"],
    ] as const;
    for (const [kind, value] of wrong) await expect(own(first, kind, value), value).rejects.toThrow();
    for (const [kind, value] of [
      ["mac", "b8:ce:f6:01:02:20"],
      ["uuid", uuid],
      ["ip", "10.1.1.1"],
    ] as const) {
      await own(first, kind, value);
      await expect(own(second, kind, value)).rejects.toThrow("node_identity_pkey");
    }
  });

  it("has one region and one end of the chain", async () => {
    await expect(client.query("INSERT INTO event_chain (id, last_id, last_hash) VALUES (2, 0, '')")).rejects.toThrow("event_chain_is_one");
    await expect(client.query("INSERT INTO region (id, name) VALUES (2, 'second')")).rejects.toThrow("region_is_one");
  });

  const diff = (...from: string[]) => {
    const words = ["migrate", "diff", "--config", ".config/prisma.ts", ...from, "--to-schema", "prisma/schema.prisma", "--exit-code"];
    const env = { ...process.env, DATABASE_URL: url };
    const { status, stdout, stderr } = spawnSync(process.execPath, ["node_modules/prisma/build/index.js", ...words], {
      cwd: root,
      env,
      encoding: "utf8",
    });
    return `${status} ${stdout}${stderr}`;
  };

  it("is what the schema describes", { timeout: 60_000 }, () => {
    expect(diff("--from-config-datasource")).toMatch(/^0 [^]*No difference detected/);
  });

  it("can be replayed by Prisma's own command", { timeout: 60_000 }, () => {
    expect(diff("--from-migrations", "prisma/migrations")).toMatch(/^0 [^]*No difference detected/);
  });
});
