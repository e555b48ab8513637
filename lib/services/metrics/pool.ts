/**
 * PostgreSQL for what is measured: plain SQL with bytes, beside the models and with connections of its own, so that neither waits for
 * the other.
 */
import pg from "pg";

const CONNECTIONS = 3;
const QUERY_MS = 15_000;
const LIMITS =
  "-c statement_timeout=14s -c lock_timeout=5s -c idle_in_transaction_session_timeout=15s -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3";

// Next evaluates modules more than once in one process; the pool must not multiply with them.
const shared = globalThis as typeof globalThis & { regentSamples?: pg.Pool };

export function samplePool(): pg.Pool {
  shared.regentSamples ??= new pg.Pool({
    connectionString: process.env.DATABASE_URL,
    max: CONNECTIONS,
    options: LIMITS,
    keepAlive: true,
    query_timeout: QUERY_MS,
    connectionTimeoutMillis: QUERY_MS,
  }).on("error", () => undefined); // an idle connection that was lost; the next query opens another and says what is wrong
  return shared.regentSamples;
}

/** Ends the pool; the next use opens a new one. */
export async function closeSamplePool(): Promise<void> {
  const pool = shared.regentSamples;
  delete shared.regentSamples;
  await pool?.end();
}
