/** For tests only: a PostgreSQL that fails one write, as a connection that breaks does. */
import { db } from "../db";

/** Once per database. */
export async function prepareHiccups(): Promise<void> {
  await db.$executeRaw`CREATE SEQUENCE hiccups`;
  await db.$executeRawUnsafe(`
    CREATE FUNCTION hiccup() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF nextval('hiccups') = TG_ARGV[0]::int THEN RAISE EXCEPTION 'terminating connection' USING ERRCODE = '57P01'; END IF; RETURN NEW; END $$`);
}

/** The `which`-th update of a row of `table` fails while the work goes on. */
export async function withHiccup(table: string, which: number, work: () => Promise<void>): Promise<void> {
  await db.$executeRaw`ALTER SEQUENCE hiccups RESTART`;
  await db.$executeRawUnsafe(`CREATE TRIGGER hiccup BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION hiccup(${which})`);
  try {
    await work();
  } finally {
    await db.$executeRawUnsafe(`DROP TRIGGER hiccup ON ${table}`);
  }
}
