import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));

export default defineConfig({
  root,
  resolve: { alias: { "@": root } },
  test: {
    include: ["{app,components,lib,prisma,e2e}/**/*.test.{ts,tsx}"],
    testTimeout: 20_000,
    hookTimeout: 60_000, // dropping a database waits for a checkpoint of all the others
    // More than there are processors: the long ones wait for servers, databases and deadlines.
    maxWorkers: availableParallelism() + 1,
  },
});
