/** A whole demo Regent for the tests of one worker: its own folder, database, ports and people. */
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { readRegion } from "@/lib/launch/data-folder.mjs";
import { startRegent } from "@/lib/launch/region.mjs";
import { temporaryFolder } from "@/lib/launch/temporary.mjs";
import { hashPassword } from "@/lib/services/access/passwords";
import { SimulatedServers } from "./servers";

export const PEOPLE = {
  admin: { name: "Ada Admin", email: "ada@west-1.test", role: "admin" },
  secondAdmin: { name: "Bob Admin", email: "bob@west-1.test", role: "admin" },
  operator: { name: "Olga Operator", email: "olga@west-1.test", role: "operator" },
  viewer: { name: "Vera Viewer", email: "vera@west-1.test", role: "viewer" },
} as const;

export type PersonName = keyof typeof PEOPLE;

export const PASSWORD = "a long password for browser tests";

export type Row = Record<string, unknown>;

export type Region = {
  url: string;
  /** The one-time link that the start printed; only one test uses it. */
  signInLink: string;
  databaseUrl: string;
  folder: string;
  /** Everything that Regent's processes have written. */
  log: string[];
  pids: { web: () => number | undefined; worker: () => number | undefined; demo: () => number | undefined };
  servers: SimulatedServers;
  sql: <T extends Row = Row>(text: string, values?: unknown[]) => Promise<T[]>;
  /** Listens at an address of the management network, at its SSH port, until the region ends. */
  listen: (ip: string, onConnection: (socket: Socket) => void) => Promise<Server>;
  sshPort: number;
  stop: () => Promise<void>;
};

export async function startRegion(): Promise<Region> {
  const { folder, remove } = await temporaryFolder();
  const log: string[] = [];
  const regent = await startRegent({ dataDir: folder, demo: true, durable: false, port: 0, log: (line: string) => void log.push(line) });
  const pool = new pg.Pool({ connectionString: regent.databaseUrl, max: 2 });
  pool.on("error", () => undefined); // The database ends before the pool does.
  const sshPort = readRegion(folder)?.demoPort;
  if (!sshPort || !regent.signIn) throw new Error("The region that was started is not a demo region.");
  const servers = new SimulatedServers(join(folder, "demo"), sshPort);
  const listeners: Server[] = [];
  await addPeople(pool);
  return {
    ...regent,
    signInLink: regent.signIn,
    folder,
    log,
    servers,
    sshPort,
    sql: async <T extends Row>(text: string, values: unknown[] = []) => (await pool.query<T>(text, values)).rows,
    listen: async (ip, onConnection) => {
      const server = await listenAt(ip, sshPort, onConnection);
      listeners.push(server);
      return server;
    },
    stop: async () => {
      servers.close();
      for (const listener of listeners) listener.close();
      await pool.end();
      await regent.stop();
      await remove();
    },
  };
}

async function addPeople(pool: pg.Pool): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD);
  for (const { name, email, role } of Object.values(PEOPLE)) {
    await pool.query(`INSERT INTO "user" (id, name, email, role, password_hash) VALUES (gen_random_uuid(), $1, $2, $3::user_role, $4)`, [
      name,
      email,
      role,
      passwordHash,
    ]);
  }
}

function listenAt(host: string, port: number, onConnection: (socket: Socket) => void): Promise<Server> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined); // Regent hangs up whenever it has seen enough.
    onConnection(socket);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => resolve(server));
  });
}
