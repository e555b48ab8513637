/** All simulated servers together, in one process. */
import { readFaults, watchFaults } from "@/lib/demo/faults";
import { ALL_SERVERS, FLEET } from "@/lib/demo/fleet";
import type { DemoServer } from "@/lib/demo/fleet";
import type { Daemon } from "@/lib/demo/ssh";
import { startDaemon } from "@/lib/demo/ssh";

export type Region = { nodes: number; close: () => void };

/** Starts every powered server on `port` and opens or closes a port when its fault file says so. Rejects when one can not listen. */
export async function startRegion({ port, folder }: { port: number; folder: string }): Promise<Region> {
  const daemons = new Map<string, Daemon>();
  const shouldListen = (server: DemoServer): boolean => server.powered && !readFaults(folder, server.ip).refuse;
  const open = async (server: DemoServer) => void daemons.set(server.ip, await startDaemon(server, port, folder));
  await Promise.all(ALL_SERVERS.filter(shouldListen).map(open));
  const follow = async (server: DemoServer) => {
    const daemon = daemons.get(server.ip);
    if (shouldListen(server)) return daemon ? undefined : open(server).catch(report);
    daemon?.close();
    daemons.delete(server.ip);
  };
  // One file written is several events: a server's changes wait for each other.
  const queues = new Map<string, Promise<void>>();
  const unwatch = watchFaults(folder, (ip) => {
    const server = ALL_SERVERS.find((candidate) => candidate.ip === ip);
    if (server)
      queues.set(
        ip,
        (queues.get(ip) ?? Promise.resolve()).then(() => follow(server)),
      );
  });
  return {
    nodes: FLEET.length,
    close: () => {
      unwatch();
      for (const daemon of daemons.values()) daemon.close();
    },
  };
}

/** The port was taken by another program while the server refused connections. */
const report = (error: unknown): void => void process.stderr.write(`A simulated server can not listen again: ${String(error)}\n`);
