import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Node } from "@/lib/generated/prisma/client";
import { noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { neighbours } from "./neighbours";

describe.skipIf(noDatabase)(unlessSkipped("the neighbours of a node"), { timeout: 30_000 }, () => {
  let drop: () => Promise<void>;
  const nodes = {} as Record<"c2" | "c10" | "c11" | "out", Node>; // filled before the first test
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
    nodes.c10 = await plantNode("Active", { name: "compute-10" });
    nodes.c2 = await plantNode("Active", { name: "compute-2" });
    nodes.c11 = await plantNode("Candidate", { name: "compute-11" });
    nodes.out = await plantNode("Out", { name: "compute-10a" });
  }, 60_000);
  afterAll(() => drop?.());
  const names = async (...input: Parameters<typeof neighbours>) => {
    const { previous, next } = await neighbours(...input);
    return [previous?.name ?? null, next?.name ?? null];
  };

  it("are beside it in the natural order of names, removed nodes left out", async () => {
    expect(await names(nodes.c10.id, null)).toEqual(["compute-2", "compute-11"]);
    expect(await names(nodes.c2.id, null)).toEqual([null, "compute-10"]);
    expect(await names(nodes.out.id, null)).toEqual(["compute-10", "compute-11"]);
    expect(await names(randomUUID(), null)).toEqual([null, null]);
  });

  it("are those of the list that was seen, without what was deleted since", async () => {
    const seen = { before: [randomUUID(), nodes.c11.id, nodes.c2.id], after: [nodes.out.id] };
    expect(await names(nodes.c10.id, seen)).toEqual(["compute-11", "compute-10a"]);
    expect(await names(nodes.c10.id, { before: [], after: [randomUUID()] })).toEqual([null, null]);
  });
});
