/** The embedded PostgreSQL of a region: started again, at the same address, when it ends by itself. */
import { setTimeout as sleep } from "node:timers/promises";
import { countDeaths } from "./deaths.mjs";
import { startPostgres } from "./postgres.mjs";

/** What outlived a killed server lets go of its memory within a moment; until then the next one does not start. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

/**
 * @typedef {object} KeptPostgres
 * @property {string} url stays the same
 * @property {() => number} pid of the server that was started last
 * @property {Promise<string>} gaveUp resolves with why it is not started any more
 * @property {(patienceMs?: number) => Promise<void>} stop as of Postgres
 */

/**
 * @param {{ folder: string, durable?: boolean, log?: (line: string) => void, signal: AbortSignal, giveUpAfter: { deaths: number, withinMs: number } }} options
 *   as of startPostgres; the signal also ends a start after a death
 * @returns {Promise<KeptPostgres>}
 */
export async function keepPostgres(options) {
  const { log = console.log, giveUpAfter } = options;
  let server = await startPostgres(options);
  const { url } = server;
  const port = Number(new URL(url).port);
  const stopping = new AbortController();
  const stopped = new Promise((resolve) => stopping.signal.addEventListener("abort", resolve, { once: true }));

  const keep = async () => {
    const died = countDeaths(giveUpAfter);
    for (;;) {
      await Promise.race([server.ended, stopped]);
      if (stopping.signal.aborted) return undefined;
      const tooOften = died();
      const ended = `PostgreSQL (process ${server.pid}) ended by itself`;
      if (tooOften) return `${ended}; ${tooOften}.`;
      log(`${ended}; it starts again.`);
      const reason = await startAgain();
      if (reason) return reason;
      log(`PostgreSQL runs again (process ${server.pid}).`);
    }
  };
  /** @returns {Promise<string | undefined>} why there is no server; nothing when there is one, or is to be none */
  const startAgain = async () => {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs *= 2) {
      await Promise.race([sleep(pauseMs, undefined, { ref: false }), stopped]);
      if (stopping.signal.aborted) return undefined;
      try {
        server = await startPostgres({ ...options, port });
        return undefined;
      } catch (error) {
        if (stopping.signal.aborted) return undefined;
        if (pauseMs > LONGEST_PAUSE_MS) return error.message;
      }
    }
  };
  const kept = keep();
  return {
    url,
    pid: () => server.pid,
    gaveUp: new Promise((resolve) => void kept.then((reason) => reason && resolve(reason))),
    stop: async (patienceMs) => {
      stopping.abort();
      await kept;
      await server.stop(patienceMs);
    },
  };
}
