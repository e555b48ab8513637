import { fileURLToPath } from "node:url";
import { defineConfig } from "prisma/config";

const inRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

// Prisma's command downloads a native engine for every task. The same engine comes from npm as WebAssembly, and this file answers in
// its place; Windows can not run it as a program, so there the download serves.
if (process.platform !== "win32") process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= inRoot("prisma/schema-engine.mjs");

export default defineConfig({
  schema: inRoot("prisma/schema.prisma"),
  migrations: { path: inRoot("prisma/migrations") },
  // To generate the client takes no database, but a value.
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://unset" },
});
