/** Simulated servers that the region does not know yet: each test adds its own, so that no test waits for another's. */
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Faults } from "@/lib/demo/faults";
import { ALL_SERVERS, type DemoServer } from "@/lib/demo/fleet";
import { buildHardware, convergedMacs, type Kit } from "@/lib/demo/hardware";
import { startDaemon, type Daemon } from "@/lib/demo/ssh";
import { authorizedKeys, hostKeyOf } from "@/lib/demo/state";

const KIT: Kit = {
  board: "supermicro",
  system: "debian",
  cpu: "genoa",
  sockets: 1,
  memoryGiB: 128,
  network: "connectX5",
  bonded: false,
  disks: [
    ["boot", 2],
    ["pm9a3", 2],
  ],
};

export type Fresh = {
  /** libvirt is not installed yet. */
  bare?: boolean;
  privilege?: DemoServer["privilege"];
};

/** The demo's addresses are made from names and short: a name whose cards have another server's addresses is passed over. */
const TAKEN = new Set(ALL_SERVERS.flatMap(({ hardware }) => hardware.links.map(({ permanentAddress }) => permanentAddress)));

export class SimulatedServers {
  readonly #folder: string;
  readonly #port: number;
  readonly #daemons: Daemon[] = [];
  #last = 0;

  constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    mkdirSync(join(folder, "faults"), { recursive: true, mode: 0o700 });
  }

  /** Starts a server that nobody has added. */
  async fresh(options: Fresh = {}): Promise<DemoServer> {
    const { bare = false, privilege = "root" } = options;
    this.#last += 1;
    const ip = `127.20.9.${this.#last}`;
    const name = `fresh-${String(this.#last).padStart(2, "0")}`;
    const hardware = buildHardware(name, ip, KIT);
    if (hardware.links.some(({ permanentAddress }) => permanentAddress !== null && TAKEN.has(permanentAddress))) return this.fresh(options);
    const server: DemoServer = {
      ip,
      name,
      credentials: { user: privilege === "root" ? "root" : "ops", password: `the password of ${name}` },
      privilege,
      role: "Worker",
      tags: [],
      convergedMacs: convergedMacs(hardware),
      hardware,
      powered: true,
      uptimeSeconds: 90_000,
      vmShare: 0,
      prepared: !bare,
      failedUnits: [],
    };
    this.#daemons.push(await startDaemon(server, this.#port, this.#folder));
    return server;
  }

  /** Makes a server misbehave, until the next call; without faults it is well again. */
  faults({ ip }: Pick<DemoServer, "ip">, faults: Faults = {}): void {
    writeFileSync(join(this.#folder, "faults", `${ip}.json`), JSON.stringify(faults));
  }

  heal({ ip }: Pick<DemoServer, "ip">): void {
    rmSync(join(this.#folder, "faults", `${ip}.json`), { force: true });
  }

  /** What `ssh-keygen -l` prints of the server's own key. */
  fingerprint(server: DemoServer, which: "host_key" | "host_key_new" = "host_key"): string {
    const blob = publicBlob(hostKeyOf(this.#folder, server, which));
    return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
  }

  authorizedKeys(server: DemoServer): string[] {
    return authorizedKeys(this.#folder, server);
  }

  close(): void {
    for (const daemon of this.#daemons) daemon.close();
  }
}

/** The public key inside an OpenSSH private key (PROTOCOL.key): after magic, cipher, KDF, its options and the number of keys. */
function publicBlob(privateKey: string): Buffer {
  const bytes = Buffer.from(privateKey.replace(/-----[^-]+-----|\s/g, ""), "base64");
  let at = "openssh-key-v1\0".length;
  const text = () => {
    const length = bytes.readUInt32BE(at);
    at += 4 + length;
    return bytes.subarray(at - length, at);
  };
  text();
  text();
  text();
  at += 4;
  return text();
}

/** What a server of the demo region is made of. */
export function hardwareOf(name: string): DemoServer["hardware"] {
  const server = ALL_SERVERS.find((one) => one.name === name);
  if (!server) throw new Error(`There is no server ${name}.`);
  return server.hardware;
}
