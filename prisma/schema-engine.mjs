#!/usr/bin/env node
/**
 * Prisma's schema engine without a download: speaks the native program's protocol (JSON-RPC on standard input and output, two `cli`
 * commands, `--version`) and answers from the WebAssembly build that npm has. `.config/prisma.ts` names it to the prisma command.
 */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: { datamodels: { type: "string", multiple: true }, datasource: { type: "string" }, version: { type: "boolean" } },
});
const url = options.datasource ? JSON.parse(options.datasource).url : process.env.DATABASE_URL;
const enginePackage = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg"));

// The engine looks this up when it panics and falls again when it is missing.
globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => process.stderr.write(`${message}\n`) };

if (options.version) console.log(`schema-engine-wasm ${JSON.parse(readFileSync(join(enginePackage, "package.json"), "utf8")).version}`);
else if (positionals[0] === "cli") await runCommand(positionals[1]);
else await serve();

async function serve() {
  let engine;
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = JSON.parse(line);
    if (!method) continue; // Prisma's answer to a "print" of ours.
    try {
      engine ??= await createEngine();
      const result = (await engine[method](params)) ?? {};
      if (method === "diff" && result.stdout) send({ id: 0, method: "print", params: { content: result.stdout } });
      send({ id, result });
    } catch (error) {
      send({ id, error: rpcError(error) });
    }
  }
  process.exit(0);
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}

function rpcError(error) {
  const message = error instanceof Error ? error.message : String(error);
  const data = { is_panic: false, message, meta: error?.meta ?? null, error_code: error?.code ?? null };
  return { code: 4466, message: "An error happened. Check the data field for details.", data };
}

async function createEngine() {
  const program = readFileSync(join(enginePackage, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(program, { "./schema_engine_bg.js": engineModule });
  engineModule.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();

  const factory = new PrismaPg({ connectionString: url });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => readingChar(await connect());
  // The adapter's own shadow connection keeps the address's database, so the shadow database would be the real one.
  factory.connectToShadowDb = async () => readingChar(await createShadowDatabase());
  const datamodels = options.datamodels?.map((path) => [path, readFileSync(path, "utf8")]);
  const nothing = [["schema.prisma", 'datasource db { provider = "postgresql" }']];
  return engineModule.SchemaEngine.new({ datamodels: datamodels ?? nothing }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
}

async function createShadowDatabase() {
  const database = `prisma_migrate_shadow_db_${randomUUID()}`;
  await withClient(url, (client) => client.query(`CREATE DATABASE "${database}"`));
  const shadow = await new PrismaPg({ connectionString: withDatabase(database) }).connect();
  const dispose = shadow.dispose.bind(shadow);
  shadow.dispose = async () => {
    await dispose();
    await withClient(url, (client) => client.query(`DROP DATABASE "${database}" WITH (FORCE)`));
  };
  return shadow;
}

/**
 * The catalogue has columns of the one-byte type "char", which the adapter does not know and without which the engine panics.
 * And the adapter parts a script at every semicolon, also within a function's body; PostgreSQL takes it whole.
 */
function readingChar(adapter) {
  adapter.executeScript = async (script) => void (await adapter.client.query(script));
  const { CHAR, TEXT } = pg.types.builtins;
  const { queryRaw } = adapter;
  adapter.queryRaw = async (query) => {
    const columns = [];
    const performIO = async (inner) => {
      const result = await adapter.performIO(inner);
      for (const [index, field] of result.fields.entries()) if (field.dataTypeID === CHAR) columns.push(index);
      for (const index of columns) result.fields[index].dataTypeID = TEXT;
      return result;
    };
    const result = await queryRaw.call(Object.create(adapter, { performIO: { value: performIO } }), query);
    for (const index of columns) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}

async function runCommand(command) {
  try {
    if (command === "can-connect-to-database") await withClient(url, (client) => client.query("SELECT 1"));
    else if (command === "create-database") await createDatabase();
    else throw new Error(`unsupported command: ${command}`);
  } catch (error) {
    const error_code = { "3D000": "P1003", "28P01": "P1000" }[error.code] ?? "P1001";
    const fields = { message: error.message || String(error), error_code };
    process.stderr.write(`\n${JSON.stringify({ level: "ERROR", target: "schema_engine::logger", fields })}`);
    process.exitCode = 1;
  }
}

async function createDatabase() {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  await withClient(withDatabase("postgres"), (client) => client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`));
}

function withDatabase(name) {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

async function withClient(connectionString, run) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}
