/** What is known of the nodes, as Prometheus reads it: its text format, version 0.0.4. */
import { decodeValue, FREE_SPACE, METRIC_IDS, type MetricId } from "./metrics";
import { STALE_SECONDS } from "./sample-times";
import { NODE_STATUS_IDS, type NodeStatus } from "./status";

type Exposed = { name: string; help: string; labels?: Record<string, string> };

const free = (mount: string): Exposed => ({
  name: "regent_node_partition_free_ratio",
  help: "Share of a watched partition that is free for users.",
  labels: { mount },
});

/** What each metric is called there. Units are in the name, as Prometheus asks for. */
const EXPOSED: Record<MetricId, Exposed> = {
  cpu: { name: "regent_node_cpu_used_ratio", help: "Processors at work; waiting for a disk is idle." },
  memory: { name: "regent_node_memory_used_ratio", help: "Memory that is not available to programs." },
  networkRx: { name: "regent_node_network_receive_bits_per_second", help: "Traffic received on all network cards." },
  networkTx: { name: "regent_node_network_transmit_bits_per_second", help: "Traffic sent on all network cards." },
  diskRead: { name: "regent_node_disk_read_bytes_per_second", help: "Read from all disks." },
  diskWrite: { name: "regent_node_disk_written_bytes_per_second", help: "Written to all disks." },
  diskBusy: { name: "regent_node_disk_busiest_ratio", help: "Share of the time in which the busiest disk was at work." },
  load: { name: "regent_node_load1", help: "Load average of one minute." },
  freeRoot: free(FREE_SPACE.freeRoot),
  freeLog: free(FREE_SPACE.freeLog),
  freeData: free(FREE_SPACE.freeData),
  freeContainers: free(FREE_SPACE.freeContainers),
  vmMemoryAvailable: { name: "regent_node_vm_memory_available_bytes", help: "Memory that is left for more virtual machines." },
  linksDown: { name: "regent_node_links_down", help: "Network cards that should be up and have no carrier." },
  disksFailing: { name: "regent_node_disks_failing", help: "Disks that fail by their own word or the kernel's." },
  poolsDegraded: { name: "regent_node_pools_degraded", help: "Storage pools that lack a member, count errors or do not run." },
  servicesDown: { name: "regent_node_services_down", help: "Services of systemd that failed." },
};

export type ExposedNode = { id: string; name: string; status: NodeStatus; newest: { sampledAt: Date; codes: Uint16Array } | null };

const quoted = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
const labelled = (labels: Record<string, string>): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${quoted(value)}"`)
    .join(",");

/**
 * Of a node that is stale there is its status and when it was last sampled, and no value: an old one would look like a present one for
 * as long as Prometheus asks.
 */
export function exposition(nodes: readonly ExposedNode[], now: Date): string {
  const families = new Map<string, string[]>();
  const put = ({ name, help, labels = {} }: Exposed, node: ExposedNode, value: number, type = "gauge") => {
    const lines = families.get(name) ?? [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
    families.set(name, lines);
    lines.push(`${name}{${labelled({ node: node.name, id: node.id, ...labels })}} ${value}`);
  };
  const oldest = now.getTime() - STALE_SECONDS * 1000;
  for (const node of nodes) {
    for (const status of NODE_STATUS_IDS)
      put(
        { name: "regent_node_status", help: "1 for the status that the node has.", labels: { status } },
        node,
        Number(node.status === status),
      );
    if (!node.newest) continue;
    const { sampledAt, codes } = node.newest;
    put({ name: "regent_node_last_sample_timestamp_seconds", help: "When the node last answered." }, node, sampledAt.getTime() / 1000);
    if (sampledAt.getTime() < oldest) continue;
    for (const [index, id] of METRIC_IDS.entries()) {
      const code = codes[index];
      const value = code === undefined ? null : decodeValue(id, code);
      if (value !== null) put(EXPOSED[id], node, Number(value.toPrecision(6)));
    }
  }
  return `${[...families.values()].map((lines) => lines.join("\n")).join("\n")}\n`;
}
