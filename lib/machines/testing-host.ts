/** The hostile servers as a process of their own, so that what they use is not counted as the dialler's. Started by fork. */
import { closeAll, connections, PIN } from "./testing";
import { HOSTILE } from "./testing-hostile";
import type { Address, HostKey } from "./dial";

export type Hosts = { pin: HostKey; hostile: Record<string, Address> };

async function start(): Promise<Hosts> {
  const hostile = await Promise.all(HOSTILE.map(async (server) => [server.name, await server.start()] as const));
  return { pin: PIN, hostile: Object.fromEntries(hostile) };
}

/** Told anything, it says how many connections are still open. */
process.on("message", () => process.send?.(connections()));
process.on("disconnect", () => void closeAll());
void start().then((hosts) => process.send?.(hosts));
