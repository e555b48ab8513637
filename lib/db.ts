/** The one Prisma client of the process. */
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/prisma/client";
import type { Prisma } from "./generated/prisma/client";

/** A running transaction, or the client itself. */
export type Tx = Prisma.TransactionClient;

/** Room for a burst of a thousand clicks that wait for the region's row, instead of failing after Prisma's 2 s; also for a connection of the pool. */
const TRANSACTION = { maxWait: 60_000, timeout: 30_000 } as const;

/** A process that is cut off in the middle of a transaction must not hold the region's lock until TCP gives up, two hours later. */
const LIMITS =
  "-c idle_in_transaction_session_timeout=15s -c lock_timeout=20s -c statement_timeout=30s -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3";

function connect(): PrismaClient {
  const connectionString = process.env.DATABASE_URL;
  if (!connectionString) throw new Error("DATABASE_URL is not set.");
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString, max: 10, options: LIMITS, keepAlive: true, connectionTimeoutMillis: 60_000 }),
    transactionOptions: TRANSACTION,
    log: [],
  });
}

// Next evaluates modules more than once in one process; the pool must not multiply with them.
const shared = globalThis as typeof globalThis & { regentDb?: PrismaClient };

/** Opened on first use, so that importing a module never needs a database. */
export const db: PrismaClient = new Proxy({} as PrismaClient, {
  get(_, property) {
    const client = (shared.regentDb ??= connect());
    const value: unknown = Reflect.get(client, property);
    return typeof value === "function" ? (value.bind(client) as unknown) : value;
  },
});

/** Ends the pool; the next use opens a new one. */
export async function closeDb(): Promise<void> {
  const client = shared.regentDb;
  shared.regentDb = undefined;
  await client?.$disconnect();
}
