/** What a transition could cost at least: a row's status and its event, without our guards, rules, chain and queue. */
import pg from "pg";
import { db } from "@/lib/db";

const EVENT = "INSERT INTO bench.event (node_id, from_status, to_status, message)";
const STATUSES = ["Candidate", "Rejected"];

let pool: pg.Pool;

export async function plantPeers(url: string, count: number): Promise<void> {
  pool = new pg.Pool({ connectionString: url, max: 10 });
  pool.on("error", () => undefined); // the database ends before its connections do, when something failed
  await pool.query(`
    CREATE SCHEMA bench;
    CREATE TABLE bench.node (id integer PRIMARY KEY, status text NOT NULL, version integer NOT NULL);
    CREATE TABLE bench.event (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(), node_id integer NOT NULL,
      from_status text NOT NULL, to_status text NOT NULL, message text NOT NULL);
    INSERT INTO bench.node SELECT i, '${STATUSES[0]}', 1 FROM generate_series(1, ${count}) i`);
}

/** Each moves a node from a version to the next one. Throws when it is not at that version. */
export const peers = {
  /** Lock, look, compare and set, event: four round trips and the two of the transaction. */
  prisma: (id: number, version: number): Promise<void> =>
    db.$transaction(async (tx) => {
      const [node] = await tx.$queryRaw<{ status: string; version: number }[]>`
        SELECT status, version FROM bench.node WHERE id = ${id} FOR UPDATE`;
      const [from, to] = edge(version);
      if (node?.status !== from) throw new Error("The node is elsewhere.");
      moved(await tx.$executeRaw`UPDATE bench.node SET status = ${to}, version = version + 1 WHERE id = ${id} AND version = ${version}`);
      await tx.$executeRaw`INSERT INTO bench.event (node_id, from_status, to_status, message) VALUES (${id}, ${from}, ${to}, 'It moved.')`;
    }),
  /** The same in one statement. */
  statement: async (id: number, version: number): Promise<void> => {
    const [from, to] = edge(version);
    const { rowCount } = await pool.query({
      name: "move",
      text: `WITH moved AS (UPDATE bench.node SET status = $4, version = version + 1 WHERE id = $1 AND version = $2 AND status = $3 RETURNING id)
             ${EVENT} SELECT id, $3, $4, 'It moved.' FROM moved`,
      values: [id, version, from, to],
    });
    moved(rowCount);
  },
  close: () => pool.end(),
};

const edge = (version: number): [string, string] => (version % 2 ? ["Candidate", "Rejected"] : ["Rejected", "Candidate"]);

function moved(count: number | null): void {
  if (count !== 1) throw new Error("The node changed meanwhile.");
}
