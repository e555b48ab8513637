/**
 * Prepares the database that DATABASE_URL names, for an installation whose web and worker are started by something else, such as
 * containers: its tables, then the link for the first administrator while nobody can sign in.
 */
import "./node-version.mjs";
import { migrate } from "./migrate.mjs";
import { linkLines, provision } from "./provision.mjs";

try {
  const { DATABASE_URL: databaseUrl, REGENT_URL: url } = process.env;
  if (!databaseUrl || !url) throw new Error("Set DATABASE_URL and REGENT_URL; .env.example explains both.");
  for (const name of await migrate(databaseUrl)) console.log(`Applied migration ${name}.`);
  const links = await provision({ program: [".next/worker.mjs"], env: process.env, url: new URL(url).origin, demo: false });
  for (const line of linkLines(links)) console.log(line);
  process.exit(0);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
