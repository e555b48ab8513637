import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { USUAL_SECONDS } from "../e2e/lab/usual.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const known = new Map(Object.entries(USUAL_SECONDS).map(([file, seconds]) => [`${root}e2e/lab/${file}.test.ts`, seconds]));

/** As Vitest does it, by what each took the last time or by its size; but where it is known how long each takes, the longest first. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = (file: TestSpecification) => known.get(file.moduleId) ?? 0;
    return (await super.sort(files)).sort((a, b) => usual(b) - usual(a));
  }
}

export default defineConfig({
  root,
  resolve: { alias: { "@": root } },
  test: {
    include: ["{app,components,lib,prisma,e2e}/**/*.test.{ts,tsx}"],
    testTimeout: 20_000,
    hookTimeout: 60_000, // dropping a database waits for a checkpoint of all the others
    // More than there are processors: the long ones wait for servers, databases and deadlines.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
  },
});
