import { expect, it } from "vitest";
import { readNews } from "./domain/sample-wire";
import { sampleRow } from "./domain/row-facts.sample";
import type { NodeStatus } from "./domain/status";
import { WallFeed, type Moment, type WallScreen } from "./wall-feed";
import { WallRegion } from "./wall-region";
import type { NodeRow } from "./services/nodes/read";

const idOf = (index: number) => `00000000-0000-4000-8000-00000000000${index}`;

const node = (index: number, status: NodeStatus = "Active", version = 1): NodeRow => ({
  ...sampleRow({ name: `n${index}`, status, ip: `10.0.0.${index}` }),
  id: idOf(index),
  description: "beside the vault",
  statusSince: "2026-11-26T10:00:00.000Z",
  statusReason: null,
  reasonIsPersonal: false,
  deadlineAt: null,
  version,
  verdict: null,
  metrics: null,
  silence: null,
  hasBmc: false,
  note: null,
  operation: null,
});

function screen() {
  const heard: [event: string, data: unknown][] = [];
  const one: WallScreen = { from: "10.0.0.9", send: (event, data) => void heard.push([event, JSON.parse(data)]), close: () => undefined };
  return { one, heard: () => heard.splice(0) };
}

const news = (...places: number[]) =>
  places.map((index) => ({ id: idOf(index), at: 1, last: new Uint16Array(4), minute: new Uint16Array(4) }));

async function wall(address: string, ...nodes: NodeRow[]) {
  const region = new WallRegion();
  await region.read(() => Promise.resolve(nodes));
  const feed = new WallFeed(address);
  const update = (sampled: Moment["news"] = [], told: Partial<Moment> = {}) =>
    feed.update({
      region: "west-1",
      isolation: null,
      rung: [],
      rows: region.rows(),
      baseOf: region.baseOf,
      news: sampled,
      readinessOf: () => "ready",
      now: new Date(),
      ...told,
    });
  return { region, feed, update };
}

it("a new screen gets the view, and then no more than what has changed of it", async () => {
  const { region, feed, update } = await wall("filter=active", node(1), node(2), node(3, "Failed"));
  const [first, second] = [screen(), screen()];
  feed.add(first.one);
  update();
  expect(first.heard()).toMatchObject([["view", { region: "west-1", rows: [{ name: "n1" }, { name: "n2" }] }]]);
  update();
  expect(first.heard()).toEqual([]);

  region.change({ nodes: [node(2, "Failed", 2), node(3, "Active", 2)], gone: [idOf(1)] });
  feed.add(second.one);
  update();
  expect(first.heard()).toMatchObject([["rows", { changed: [{ name: "n3" }], gone: [idOf(1), idOf(2)] }]]);
  expect(second.heard()).toMatchObject([["view", { rows: [{ name: "n3" }] }]]);
});

it("what was measured of nodes that the view does not show is not told", async () => {
  const { feed, update } = await wall("filter=active", node(1), node(2, "Failed"));
  const { one, heard } = screen();
  feed.add(one);
  update();
  heard();
  update(news(1, 2));
  const [[event, data] = ["", null]] = heard();
  const { samples } = data as { samples: string };
  expect([event, readNews(Buffer.from(samples, "base64")).map(({ id }) => id)]).toEqual(["samples", [idOf(1)]]);
  update(news(2));
  expect(heard()).toEqual([]);
});

it("nothing that a wall may not see is on the wire", async () => {
  const { feed, update } = await wall("", node(1));
  const { one, heard } = screen();
  feed.add(one);
  update();
  const text = JSON.stringify(heard());
  for (const secret of ["10.0.0.1", "b8:ce", "vault", "rack-A"]) expect(text).not.toContain(secret);
});

it("what changed while the rows were read is not lost, and an older row replaces no newer one", async () => {
  const region = new WallRegion();
  let answer = (_: NodeRow[]) => {};
  const reading = region.read(() => new Promise((resolve) => (answer = resolve)));
  region.change({ nodes: [node(1, "Failed", 3)], gone: [idOf(2)] });
  answer([node(1, "Active", 2), node(2)]);
  await reading;
  expect(region.rows().map(({ name, status }) => `${name} ${status}`)).toEqual(["n1 Failed"]);
  region.change({ nodes: [node(1, "Active", 1)], gone: [] });
  expect(region.rows()[0]?.status).toBe("Failed");
});

it("alarms of the view's nodes and of the region are told with the colour that shows them, and that Regent is cut off", async () => {
  const { feed, update } = await wall("filter=active", node(1), node(2, "Failed"));
  const { one, heard } = screen();
  feed.add(one);
  const rung = (nodeId: string | null, metric: "memory" | "diskBusy") => ({ key: `${nodeId}:1`, nodeId, metric });
  update([], { rung: [rung(idOf(1), "memory")], isolation: { silent: 1, total: 2 } });
  // Whoever has just come has missed nothing: what is so stands in the view, and what happens is for those who were there.
  expect(heard()).toMatchObject([["view", { isolation: { silent: 1, total: 2 } }]]);
  update([], { rung: [rung(idOf(2), "memory")], isolation: { silent: 1, total: 2 } });
  expect(heard()).toEqual([]);
  update([], { rung: [rung(idOf(1), "diskBusy"), rung(null, "memory")] });
  expect(heard()).toEqual([
    ["isolation", { isolation: null }],
    ["alarm", { color: "used-memory" }],
  ]);
  update([], { rung: [rung(idOf(1), "diskBusy")] });
  expect(heard()).toEqual([["alarm", { color: null }]]);
});

it("rows are in the order of their names, also after one was renamed, came or went", async () => {
  const region = new WallRegion();
  await region.read(() => Promise.resolve([node(2), { ...node(1), name: "n10" }]));
  const names = () => region.rows().map(({ name }) => name);
  expect(names()).toEqual(["n2", "n10"]);
  region.change({ nodes: [{ ...node(1, "Active", 2), name: "n1" }, node(3)], gone: [] });
  expect(names()).toEqual(["n1", "n2", "n3"]);
  region.change({ nodes: [], gone: [idOf(2)] });
  expect(names()).toEqual(["n1", "n3"]);
});
