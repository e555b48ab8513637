/**
 * One LISTEN connection per web process, fanned out to every open browser. Notifications are gathered for a moment, the rows they
 * name are read once, and the same text goes to all.
 */
import pg from "pg";
import { log } from "./log";
import { readIsolation } from "./services/fencing/isolation";
import { nodeRows } from "./services/nodes/read";
import { SAMPLES_CHANNEL } from "./services/metrics/write";
import { operationViews } from "./services/operations/read";

export type LiveListener = {
  send: (event: string, data: string) => void;
  close: () => void;
  /** Whose stream it is, and what asks whether it may go on: called when a commit changes what this user may do. */
  user?: { id: string; ask: () => void };
};

const GATHER_MS = 250;
const RECONNECT_MS = 1000;
const QUERY_MS = 5000;
const PING_MS = 15_000;

type Pending = {
  nodes: Set<string>;
  operations: Set<string>;
  plans: Set<string>;
  alarms: Set<string>;
  notices: boolean;
  access: Set<string>;
  events: boolean;
  region: boolean;
};
const nothing = (): Pending => ({
  nodes: new Set(),
  operations: new Set(),
  plans: new Set(),
  alarms: new Set(),
  notices: false,
  access: new Set(),
  events: false,
  region: false,
});
type Told = {
  node?: string | null;
  operation?: string | null;
  plan?: string;
  alarm?: string;
  notices?: true;
  /** The user whom it is about. */
  access?: string;
  event?: string;
  region?: true;
};

class LiveHub {
  private listeners = new Set<LiveListener>();
  private client: pg.Client | undefined;
  private pending = nothing();
  private timer: NodeJS.Timeout | undefined;
  private flushing = Promise.resolve();
  private closed = false;
  /** Gives the connection up; another one is opened soon. */
  private lose: () => void = () => undefined;

  /** Adds a browser; returns how to remove it. */
  add(listener: LiveListener): () => void {
    if (this.closed) {
      listener.close();
      return () => undefined;
    }
    this.listeners.add(listener);
    if (!this.client) void this.connect();
    return () => this.listeners.delete(listener);
  }

  /** Ends every stream: a server waits for open responses before it exits. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    for (const listener of this.listeners) listener.close();
    this.listeners.clear();
    void this.client?.end().catch((error: unknown) => log.debug({ error: String(error) }, "live connection did not end well"));
    this.client = undefined;
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: process.env.DATABASE_URL,
      keepAlive: true,
      query_timeout: QUERY_MS,
      connectionTimeoutMillis: QUERY_MS,
    });
    this.client = client;
    // A connection that died silently would leave every browser with old rows under the word "Live".
    const ping = setInterval(() => void client.query("SELECT 1").catch(() => lost()), PING_MS);
    ping.unref();
    const lost = () => {
      clearInterval(ping);
      if (this.client !== client) return;
      this.client = undefined;
      if (this.closed) return;
      void client.end().catch(() => undefined); // it is lost already
      this.broadcast("interrupted", "{}");
      setTimeout(() => this.listeners.size > 0 && !this.client && void this.connect(), RECONNECT_MS).unref();
    };
    this.lose = lost;
    client.on("error", lost);
    client.on("end", lost);
    client.on("notification", ({ channel, payload }) => {
      // Samples are told as they came: nothing is read for them, however many there are.
      if (channel === SAMPLES_CHANNEL) this.broadcast("samples", payload ?? "");
      else this.gather(payload ?? "{}");
    });
    try {
      await client.connect();
      await client.query(`LISTEN regent_live; LISTEN ${SAMPLES_CHANNEL}`);
      // What happened while nobody listened is not known: every browser reads afresh.
      this.broadcast("resync", "{}");
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.message : String(error) }, "live updates wait for PostgreSQL");
      lost();
    }
  }

  private gather(payload: string): void {
    const { node, operation, plan, alarm, notices, access, event, region } = JSON.parse(payload) as Told; // our own triggers' text
    if (node) this.pending.nodes.add(node);
    if (operation) this.pending.operations.add(operation);
    if (plan) this.pending.plans.add(plan);
    if (alarm) this.pending.alarms.add(alarm);
    if (notices) this.pending.notices = true;
    if (access) this.pending.access.add(access);
    if (event) this.pending.events = true;
    if (region) this.pending.region = true;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      // One after the other: rows that were read later must not be told earlier.
      this.flushing = this.flushing.then(() => this.flush());
    }, GATHER_MS);
  }

  private async flush(): Promise<void> {
    const { nodes, operations, plans, alarms, notices, access, events, region } = this.pending;
    this.pending = nothing();
    for (const { user } of this.listeners) if (user && access.has(user.id)) user.ask();
    try {
      const views = await operationViews([...operations]);
      const ids = new Set([...nodes, ...views.flatMap(({ nodeId }) => nodeId ?? [])]);
      const rows = await nodeRows([...ids]);
      const gone = [...nodes].filter((id) => !rows.some((row) => row.id === id));
      const isolation = region ? { isolation: await readIsolation() } : {};
      this.broadcast(
        "patch",
        JSON.stringify({
          nodes: rows,
          gone,
          operations: views,
          plans: [...plans],
          alarms: [...alarms],
          notices,
          access: access.size > 0,
          events,
          ...isolation,
        }),
      );
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.message : String(error) }, "live update could not be read");
      // A browser that reads afresh now would fail as well: it is told to when PostgreSQL answers.
      this.lose();
    }
  }

  private broadcast(event: string, data: string): void {
    for (const listener of this.listeners) listener.send(event, data);
  }
}

// Next evaluates modules more than once in one process; the hub must be one.
const shared = globalThis as typeof globalThis & { regentLive?: LiveHub };
export const liveHub = (): LiveHub => (shared.regentLive ??= new LiveHub());
