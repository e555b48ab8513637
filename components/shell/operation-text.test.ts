import { describe, expect, it } from "vitest";
import type { OperationView } from "@/lib/services/operations/read";
import { operationText } from "./operation-text";
import { merged } from "./use-operations";

const view = (facts: Partial<OperationView> = {}): OperationView => ({
  id: "1",
  kind: "join",
  label: "Join",
  status: "succeeded",
  nodeId: "n",
  nodeName: "compute-west-10",
  ip: "10.20.1.40",
  parentId: null,
  bulk: null,
  actorId: "u",
  actorName: "Ada",
  attempt: 1,
  createdAt: "2026-11-25T12:00:00.000Z",
  deadlineAt: "2026-11-25T12:40:00.000Z",
  finishedAt: null,
  steps: [{ name: "connect", label: "Connect", state: "ok", detail: "root logged in by key", ms: 40 }],
  refusal: null,
  ...facts,
});

describe("an operation as text", () => {
  it("says what, on which node, who, when, and each step", () => {
    expect(operationText(view())).toBe(
      "Join on compute-west-10, started by Ada at 2026-11-25T12:00:00.000Z: succeeded.\nConnect: ok. root logged in by key",
    );
    const failed = view({ refusal: { code: "links", reason: "Link down.", hint: "Plug it." }, nodeName: null, steps: [] });
    expect(operationText(failed)).toBe("Join on 10.20.1.40, started by Ada at 2026-11-25T12:00:00.000Z: failed. Link down. Plug it.");
  });

  it("has a line per node", () => {
    const counts = { waiting: 0, running: 0, done: 1, failed: 1, skipped: 0 };
    const items = [
      { nodeId: "a", nodeName: "node-a", state: "done" as const, refusal: null, part: null, server: null },
      {
        nodeId: "b",
        nodeName: "node-b",
        state: "failed" as const,
        refusal: { code: "stale", reason: "It changed.", hint: "Review it." },
        part: null,
        server: null,
      },
    ];
    const bulk = view({ label: "Accept 2 nodes", nodeName: null, ip: null, bulk: { command: "accept", counts } });
    expect(operationText({ ...bulk, items })).toBe(
      [
        "Accept 2 nodes, started by Ada at 2026-11-25T12:00:00.000Z: 1 accepted, 1 failed.",
        "node-a: done",
        "node-b: failed. It changed. Review it.",
      ].join("\n"),
    );
  });
});

it("merges what the stream tells: newest first, each once, parts left to their whole", () => {
  const [old, newer] = [view({ id: "old" }), view({ id: "newer", createdAt: "2026-11-25T13:00:00.000Z" })];
  const told = [view({ id: "old", status: "failed" }), view({ id: "part", parentId: "newer" }), newer];
  expect(merged([old], told).map(({ id, status }) => `${id} ${status}`)).toEqual(["newer succeeded", "old failed"]);
});
