import { expect, it } from "vitest";
import { exposition, type ExposedNode } from "./exposition";
import { encodeValue, GAP, METRIC_IDS } from "./metrics";

const NOW = new Date("2026-11-26T12:00:00Z");
const node = (facts: Partial<ExposedNode> = {}, ageMs = 5000): ExposedNode => ({
  id: "00000000-0000-4000-8000-000000000001",
  name: "compute-1",
  status: "Active",
  newest: {
    sampledAt: new Date(NOW.getTime() - ageMs),
    codes: Uint16Array.from(METRIC_IDS, (id) =>
      id === "cpu" ? encodeValue(id, 0.25) : id === "freeLog" ? encodeValue(id, 0.5) : id === "linksDown" ? 2 : GAP,
    ),
  },
  ...facts,
});

it("gives each value its node, and each family its type once", () => {
  const text = exposition([node(), node({ name: 'a "b"\\', id: "2" })], NOW);
  expect(text).toContain("# TYPE regent_node_cpu_used_ratio gauge\n");
  expect(text.match(/# TYPE regent_node_cpu_used_ratio/g)).toHaveLength(1);
  expect(text).toContain('regent_node_cpu_used_ratio{node="compute-1",id="00000000-0000-4000-8000-000000000001"} 0.25\n');
  expect(text).toContain(
    'regent_node_partition_free_ratio{node="compute-1",id="00000000-0000-4000-8000-000000000001",mount="/var/log"} 0.5\n',
  );
  expect(text).toContain('regent_node_status{node="a \\"b\\"\\\\",id="2",status="Active"} 1\n');
  expect(text).toContain('regent_node_status{node="compute-1",id="00000000-0000-4000-8000-000000000001",status="Failed"} 0\n');
  expect(text).toContain('regent_node_links_down{node="compute-1",id="00000000-0000-4000-8000-000000000001"} 2\n');
  expect(text).not.toContain("regent_node_memory_used_ratio");
});
it("bears a sample that an older version wrote, which measured less", () => {
  const { newest } = node();
  const text = exposition([node({ newest: newest && { ...newest, codes: newest.codes.slice(0, 12) } })], NOW);
  expect(text).toContain("regent_node_cpu_used_ratio{");
  expect(text).not.toContain("regent_node_links_down");
});
it("says of a stale node when it was sampled, and nothing of what it measured", () => {
  const text = exposition([node({}, 61_000)], NOW);
  expect(text).toMatch(/regent_node_last_sample_timestamp_seconds\{[^}]*\} 1795694339\n/);
  expect(text).not.toContain("regent_node_cpu_used_ratio");
});
it("bears a node that was never sampled", () => expect(exposition([node({ newest: null })], NOW)).toContain("regent_node_status"));
