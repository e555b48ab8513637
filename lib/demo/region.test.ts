import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { ALL_SERVERS, FLEET } from "@/lib/demo/fleet";
import type { Region } from "@/lib/demo/region";
import { startRegion } from "@/lib/demo/region";

const folder = mkdtempSync(join(tmpdir(), "regent-demo-"));
let port: number;
let region: Region;

/** A port that is free on every address right now. */
function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.listen(0, () => {
      // Listening on a port, it has an AddressInfo.
      const { port: free } = probe.address() as AddressInfo;
      probe.close(() => resolve(free));
    });
  });
}

const dial = (host: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, host);
    socket
      .once("data", (data) => resolve(data.toString("utf8", 0, 8)))
      .once("error", (error) => resolve(String("code" in error && error.code)));
    socket.once("data", () => socket.destroy());
  });

beforeAll(async () => {
  port = await freePort();
  region = await startRegion({ port, folder });
});
afterAll(() => {
  region.close();
  rmSync(folder, { recursive: true });
});

it("answers at every address but those of servers that are off", async () => {
  const said = await Promise.all(ALL_SERVERS.map(async (server) => [server.ip, await dial(server.ip)]));
  expect(said).toEqual(ALL_SERVERS.map(({ ip, powered }) => [ip, powered ? "SSH-2.0-" : "ECONNREFUSED"]));
  expect(FLEET.filter(({ powered }) => !powered).map(({ status }) => status)).toEqual(["Fenced"]);
  expect(region.nodes).toBe(48);
});

it("closes and opens a port as its fault file says", async () => {
  const file = join(folder, "faults", "127.20.1.7.json");
  writeFileSync(file, '{"refuse":true}');
  await vi.waitFor(async () => expect(await dial("127.20.1.7")).toBe("ECONNREFUSED"));
  expect(await dial("127.20.1.8")).toBe("SSH-2.0-");
  rmSync(file);
  await vi.waitFor(async () => expect(await dial("127.20.1.7")).toBe("SSH-2.0-"));
});
