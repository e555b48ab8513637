/** For tests only: wakes who waits for the database, so that it need not be asked again and again, which costs the workers their processors. */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** Looks again at least this often: not every change is told. */
const TOLD_MS = 100;
/** And this often while the connection is gone: tests cut it, and stop the server. */
const UNTOLD_MS = 25;

export type Changes = {
  /** Resolves at the next change that the database tells browsers of, or when it is time to look anyway. To be called before the look. */
  next: () => Promise<unknown>;
  close: () => Promise<void>;
};

/** Listens to the database that DATABASE_URL names, and again after each loss. */
export function openChanges(): Changes {
  let client: pg.Client | undefined;
  let wake = () => {};
  let changed = new Promise<void>((resolve) => (wake = resolve));

  function connect(): void {
    const mine = new pg.Client({ connectionString: process.env.DATABASE_URL });
    client = mine;
    const lose = () => {
      if (client === mine) client = undefined;
    };
    mine.on("error", lose);
    mine.on("end", lose);
    mine.on("notification", () => {
      wake();
      changed = new Promise<void>((resolve) => (wake = resolve));
    });
    mine
      .connect()
      .then(() => mine.query("LISTEN regent_live"))
      .catch(lose);
  }

  return {
    next: () => {
      if (!client) connect();
      return Promise.race([changed, sleep(client ? TOLD_MS : UNTOLD_MS)]);
    },
    close: async () => {
      await client?.end().catch(() => undefined); // its server may be gone
    },
  };
}
