/** The log as a file, from a real database: whole, filtered, in pieces, and not without end. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { addUser, noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { eventsCsv, exportEvents } from "./export";

const MANY = 2500;

describe.skipIf(noDatabase)(unlessSkipped("the event log as CSV"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  beforeAll(async () => void ({ drop } = await ownDatabase()), 60_000);
  afterAll(() => drop?.());

  const recorded = (count: number, facts: { kind: string; node?: string; message?: string }) => db.$executeRaw`
    INSERT INTO event (id, at, prev_hash, hash, kind, severity, message, node_id, actor_kind, actor_name, details)
    SELECT 0, now(), '', '', ${facts.kind}, 'info', coalesce(${facts.message ?? null}, 'Event ' || n), ${facts.node ?? null}::uuid, 'user', 'Ada', '{"n": 1}'
    FROM generate_series(1, ${count}) AS n`;
  const read = async (...given: Parameters<typeof eventsCsv>) => {
    const pieces: string[] = [];
    for await (const piece of eventsCsv(...given)) pieces.push(piece);
    return { pieces: pieces.length, lines: pieces.join("").slice(1).trimEnd().split("\r\n") };
  };

  it("has every event once, newest first, in pieces of a thousand", async () => {
    await recorded(MANY, { kind: "view.shared" });
    const { pieces, lines } = await read({ kind: "view.shared" });
    expect(pieces).toBe(4); // the heading, and three
    expect(lines[0]).toBe("Id,Time [UTC],Severity,Kind,Event,Node,Node id,From,To,Transition,By,Source,Operation,Details");
    const ids = lines.slice(1).map((line) => Number(line.split(",")[0]));
    expect(ids).toHaveLength(MANY);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    expect(new Set(ids).size).toBe(MANY);
    expect(lines.at(-1)).toMatch(/,info,View shared,Event \d+,,,,,,Ada,user,,"\{""n"":1\}"$/);
  });

  it("is of one node where it is asked for, and holds no formula", async () => {
    const node = await plantNode("Active", { name: "compute-1" });
    await recorded(1, { kind: "node.renamed", node: node.id, message: "=HYPERLINK(1)" });
    await recorded(1, { kind: "node.renamed" });
    const { lines } = await read({}, node.id);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`,Renamed,'=HYPERLINK(1),`);
    expect(lines[1]).toContain(node.id);
    expect((await read({ kind: "no.such" })).lines).toHaveLength(1);
  });

  it("is given a few times a minute to each person", async () => {
    const { id } = await addUser("Ada");
    const other = await addUser("Bob");
    const answers: boolean[] = [];
    for (let asked = 0; asked < 8; asked += 1) answers.push((await exportEvents({}, undefined, id)).ok);
    expect(answers).toEqual([true, true, true, true, true, true, false, false]);
    expect(await exportEvents({}, undefined, other.id)).toMatchObject({
      ok: true,
      value: { name: expect.stringMatching(/^events-.+\.csv$/) },
    });
  });
});
