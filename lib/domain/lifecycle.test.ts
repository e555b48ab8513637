import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMAND_NAMES, COMMANDS, creation, deadlineFor, edges, mermaid, transition, TRANSITIONS, type Transition } from "./lifecycle";
import { DEFAULT_SETTINGS } from "./settings";
import { NODE_STATUS_IDS, NODE_STATUSES, type NodeStatus } from "./status";

const ROWS: readonly Transition[] = TRANSITIONS;
const from = (status: NodeStatus | null) => ROWS.filter((row) => row.from === status);
const TRIGGERS = [...new Set(ROWS.map(({ trigger }) => trigger))];
const factsOf = fc.record({
  adequate: fc.boolean(),
  cameFrom: fc.constantFrom<NodeStatus>("Active", "Failed", "Fenced"),
  drainDeadline: fc.constantFrom("ask" as const, "rollback" as const),
});

describe("the lifecycle table", () => {
  it("has every transition once, in order", () => {
    const ids = ROWS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const numbers = ids.map((id) => Number(id.slice(1).replace("t", "")));
    expect([...new Set(numbers)]).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
    expect(ids.filter((id) => id.endsWith("t"))).toEqual(["T18t", "T19t", "T20t", "T28t", "T36t", "T37t", "T38t"]);
  });

  it("marks exactly the deadline rows with t", () => {
    for (const { id, by, trigger } of ROWS)
      expect([by === "deadline", trigger === "deadline"]).toEqual([id.endsWith("t"), id.endsWith("t")]);
  });

  it("reaches every status from nothing", () => {
    const reached = new Set<NodeStatus | null>([null]);
    for (const status of reached) for (const row of from(status)) if (row.to) reached.add(row.to);
    expect(NODE_STATUS_IDS.filter((status) => !reached.has(status))).toEqual([]);
  });

  it("has one dead end, Out", () => {
    expect(NODE_STATUS_IDS.filter((status) => from(status).every(({ to }) => to === status))).toEqual(["Out"]);
  });

  it("leads from every status but Out to Out or to deletion", () => {
    const ends = new Set<NodeStatus | null>(["Out", null]);
    for (let grown = true; grown;) {
      const more = ROWS.filter((row) => ends.has(row.to) && row.from !== null && !ends.has(row.from)).map((row) => row.from);
      more.forEach((status) => ends.add(status));
      grown = more.length > 0;
    }
    expect(NODE_STATUS_IDS.filter((status) => !ends.has(status))).toEqual([]);
  });

  it("gives each transitional status an automatic success and a deadline, and no other a deadline", () => {
    for (const status of NODE_STATUS_IDS) {
      const transitional = NODE_STATUSES[status].class === "transitional";
      const success = from(status).some((row) => row.by === "system" && row.to !== "Failed" && row.to !== "Fenced");
      expect(from(status).some((row) => row.by === "deadline")).toBe(transitional);
      expect(deadlineFor(status, DEFAULT_SETTINGS) !== null).toBe(transitional);
      if (transitional) expect(success).toBe(true);
    }
  });

  it("lets nothing automatic leave In maintenance", () => {
    expect(from("InMaintenance").map(({ by }) => by)).toEqual(["administrator", "administrator", "administrator"]);
  });

  it("removes only from In maintenance, and starts maintenance only from Active, Failed and Fenced", () => {
    const starts = (trigger: string) => ROWS.filter((row) => row.trigger === trigger).map((row) => row.from);
    expect(starts("remove")).toEqual(["InMaintenance"]);
    expect(ROWS.filter(({ to }) => to === "Out").map(({ trigger }) => trigger)).toEqual(["remove"]);
    expect(starts("maintenance")).toEqual(["Active", "Failed", "Fenced"]);
  });

  it("never answers a trigger twice", () => {
    const matches = (
      status: NodeStatus | null,
      trigger: string,
      facts: { adequate: boolean; cameFrom: NodeStatus; drainDeadline: string },
    ) =>
      from(status).filter(
        ({ trigger: on, when }) =>
          on === trigger &&
          (when?.adequate === undefined || when.adequate === facts.adequate) &&
          (!when?.cameFrom || when.cameFrom.includes(facts.cameFrom)) &&
          (!when?.drainDeadline || when.drainDeadline === facts.drainDeadline),
      );
    fc.assert(
      fc.property(fc.constantFrom(null, ...NODE_STATUS_IDS), fc.constantFrom(...TRIGGERS), factsOf, (status, trigger, facts) => {
        const found = matches(status, trigger, facts);
        expect(found.length).toBeLessThanOrEqual(1);
        expect(transition(status, trigger, facts)).toEqual(found[0] ?? null);
      }),
      { numRuns: 2000 },
    );
  });

  it("walks only along its own edges, and never out of Out", () => {
    const legal = new Set(edges().map((edge) => `${edge.from}>${edge.to}`));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...TRIGGERS), factsOf), { minLength: 20, maxLength: 120 }), (moves) => {
        let status: NodeStatus | null = null;
        let born = false;
        for (const [trigger, facts] of moves) {
          const next = transition(status, trigger, facts);
          if (!next) continue;
          expect(born && status === null).toBe(false);
          expect(status).not.toBe("Out");
          expect(next.to === status || legal.has(`${status}>${next.to}`)).toBe(true);
          [status, born] = [next.to, true];
          if (status === null) break;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("does not guess when a fact is missing", () => {
    expect(transition(null, "addCandidate")).toBeNull();
    expect(transition("EnteringMaintenance", "cancelMaintenance")).toBeNull();
    expect(transition("InMaintenance", "activate")).toBeNull();
  });

  it("waits for an administrator after a drain's deadline, unless the region rolls back", () => {
    expect(transition("EnteringMaintenance", "deadline", { cameFrom: "Active", drainDeadline: "ask" })).toBeNull();
    expect(transition("EnteringMaintenance", "deadline", { cameFrom: "Fenced", drainDeadline: "rollback" })?.id).toBe("T38t");
  });

  it("creates Candidate or Inadequate by the same rows", () => {
    for (const adequate of [true, false]) expect(transition(null, "addCandidate", { adequate })).toMatchObject(creation(adequate));
  });

  it("is what the database enforces", () => {
    const folder = new URL("../../prisma/migrations/", import.meta.url);
    const sql = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".sql"))
      .map((file) => readFileSync(new URL(file, folder), "utf8"))
      .join("\n");
    const stored = /INSERT INTO lifecycle_edge[^;]*;/.exec(sql)?.[0] ?? "";
    const pairs = [...stored.matchAll(/\('(\w*)', '(\w*)'\)/g)].map(([, was, becomes]) => `${was}>${becomes}`);
    expect(pairs.toSorted()).toEqual(
      edges()
        .map((edge) => `${edge.from ?? ""}>${edge.to ?? ""}`)
        .toSorted(),
    );
  });
});

describe("deadlines", () => {
  it("are the defaults in minutes, and grow with the VMs of a drain", () => {
    const minutes = (status: NodeStatus, vms?: number) => (deadlineFor(status, DEFAULT_SETTINGS, vms) ?? 0) / 60_000;
    expect([minutes("Approved"), minutes("Starting"), minutes("Activating"), minutes("Unfencing")]).toEqual([5, 20, 10, 10]);
    expect([minutes("EnteringMaintenance"), minutes("EnteringMaintenance", 12)]).toEqual([15, 27]);
  });
});

describe("the diagram", () => {
  it("shows every transition and the labels people know", () => {
    const text = mermaid();
    for (const { id, trigger } of ROWS) expect(text).toContain(`${id} ${trigger}`);
    expect(text).toContain('state "Entering maintenance" as EnteringMaintenance');
    expect(text).toContain("  [*] --> Candidate: T01 addCandidate, T03 discovered\n");
    expect(text).toContain("  Candidate --> [*]: T12 deleteCandidate\n");
    expect(text.startsWith("stateDiagram-v2\n")).toBe(true);
  });
});

describe("commands and transitions", () => {
  it("agree on where a command is allowed", () => {
    for (const name of COMMAND_NAMES) {
      const row = COMMANDS[name];
      const starts = ROWS.filter(({ id }) => (row.transitions as readonly string[]).includes(id)).map((edge) => edge.from);
      for (const status of starts) expect(row.allowed).toContain(status);
      if (starts.length && name !== "reinspect") expect(new Set(starts)).toEqual(new Set(row.allowed));
    }
  });

  it("cover every row by an administrator", () => {
    const commanded = new Set<string>(COMMAND_NAMES.flatMap((name) => COMMANDS[name].transitions));
    expect(ROWS.filter(({ by, id }) => by === "administrator" && !commanded.has(id)).map(({ id }) => id)).toEqual(["T01", "T02"]);
  });
});
