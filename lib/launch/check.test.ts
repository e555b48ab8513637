/** Plants one violation of every rule and looks that each is found, and nothing else: a rule that can not fire protects nobody. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import rules from "../../.config/dependency-cruiser.mjs";
import { root } from "./data-folder.mjs";
import { checkHouse } from "./house-rules.mjs";
import { checkImports } from "./imports.mjs";

const TSCONFIG = {
  compilerOptions: { module: "esnext", moduleResolution: "bundler", jsx: "react-jsx", allowJs: true, paths: { "@/*": ["./*"] } },
};
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A checkout of these files, with this one's packages. */
function checkout(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "regent-check-"));
  folders.push(folder);
  for (const [name, text] of Object.entries({ ...files, "tsconfig.json": JSON.stringify(TSCONFIG), "package.json": '{"type":"module"}' })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
  return folder;
}

const VALUE = "export const value = 1;\n";
const importing = (...targets: string[]) =>
  targets.map((target, index) => `import * as it${index} from "${target}";\nexport const use${index} = it${index};\n`).join("");
const typesOf = (target: string) => `import type * as it from "${target}";\nexport type Use = typeof it;\n`;

/** A house in order: every layer uses the ones it may use, and types go where values may not. */
const HOUSE = {
  "app/page.tsx": importing("@/components/nodes/list", "@/lib/services/read", "@/lib/auth", "next/link"),
  "app/route.ts": importing("@/lib/live"),
  "components/ui/button.tsx": importing("react"),
  "components/nodes/list.tsx": `"use client";\n${importing("@/components/ui/button", "@/lib/actions/nodes", "@/lib/domain/status", "next/link")}${typesOf("@/lib/services/read")}`,
  "components/alarms/list.tsx": importing("@/components/ui/button"),
  "components/nodes/alarm-count.tsx": importing("@/components/ui/button"),
  "lib/actions/nodes.ts": `"use server";\nimport { action } from "./action";\nimport { join } from "../services/join";\nexport const joinNode = action(join);\nexport type Joined = string;\n`,
  "lib/actions/action.ts": importing("next/headers", "../auth", "../env"),
  "lib/services/read.ts": importing("../db", "../domain/status"),
  "lib/services/join.ts": importing("../db", "../outcome", "../generated/prisma/client"),
  "lib/domain/status.ts": importing("zod", "../outcome"),
  "lib/domain/status.test.ts": importing("./status", "vitest", "node:fs"),
  "lib/outcome.ts": VALUE,
  "lib/env.ts": importing("zod"),
  "lib/db.ts": importing("./generated/prisma/client", "@prisma/adapter-pg"),
  "lib/generated/prisma/client.ts": importing("@prisma/client"),
  "lib/auth.ts": importing("next-auth", "./services/read"),
  "lib/live.ts": importing("pg", "./services/read"),
  "lib/machines/dial.ts": importing("ssh2", "../domain/status"),
  "lib/machines/ask.ts": typesOf("./dial"),
  "lib/worker/main.ts": importing("../machines/dial", "../machines/ask", "../services/join", "../db", "./provision-demo"),
  "lib/worker/provision-demo.ts": importing("../demo/fleet"),
  "lib/demo/fleet.ts": importing("ssh2", "../machines/ask"),
  "lib/launch/start.mjs": `import "node:fs";\nimport "./setup.mjs";\nconst { go } = await import("./region.mjs");\ngo();\n`,
  "lib/launch/setup.mjs": `import "node:child_process";\n`,
  "lib/launch/region.mjs": `import "pg";\nexport const go = () => {};\n`,
};

/** For every rule a file that breaks it, and only it. */
const PLANTED: Record<string, [file: string, text: string][]> = {
  "domain-is-pure": [
    ["lib/domain/clock.ts", importing("node:fs")],
    ["lib/domain/typed.ts", typesOf("pg")],
  ],
  "domain-tests-stay-inside": [["lib/domain/clock.test.ts", importing("../services/read")]],
  "outcome-is-the-ground": [["lib/outcome.ts", importing("zod")]],
  "ui-knows-nothing-of-ours": [["components/ui/badge.tsx", typesOf("@/lib/domain/status")]],
  "charts-in-one-folder": [["components/nodes/chart.tsx", importing("recharts")]],
  "nodes-not-alarms": [["components/nodes/alarms.tsx", importing("../alarms/list")]],
  "alarms-not-nodes": [["components/alarms/nodes.tsx", importing("../nodes/alarm-count")]],
  "nobody-imports-app": [["components/shell/page.tsx", typesOf("@/app/page")]],
  "nobody-imports-the-worker": [["lib/more.ts", typesOf("./worker/provision-demo")]],
  "app-composes": [["proxy.ts", importing("./lib/secrets")]],
  "components-get-what-they-show": [["components/shell/log.tsx", importing("@/lib/log")]],
  "actions-call-services": [["lib/actions/inputs.ts", importing("../live")]],
  "only-doors-call-actions": [["lib/auth-more.ts", importing("./actions/action")]],
  "services-speak-to-the-database": [["lib/services/page.ts", importing("../auth")]],
  "machines-know-no-tables": [["lib/machines/write.ts", importing("../env")]],
  "worker-has-no-web": [["lib/worker/live.ts", importing("../live")]],
  "only-the-worker-touches-machines": [["lib/reach.ts", importing("./machines/dial")]],
  "ssh2-in-two-folders": [["lib/worker/dial.ts", typesOf("ssh2")]],
  "mail-from-the-worker": [["lib/services/mail.ts", importing("nodemailer")]],
  "prisma-in-few-places": [["lib/rows.ts", importing("./generated/prisma/client")]],
  "db-in-few-places": [["lib/query.ts", importing("./db")]],
  "next-at-the-edge": [["lib/services/redirect.ts", importing("next/navigation")]],
  "demo-is-not-known": [["lib/worker/demo.ts", importing("../demo/fleet")]],
  "demo-answers-like-a-host": [["lib/demo/cheat.ts", importing("../env")]],
  "launch-needs-no-build": [["lib/launch/typed.mjs", importing("../outcome")]],
  "no-tests-in-the-product": [["lib/worker/fast.ts", importing("fast-check")]],
  "no-programs": [["lib/worker/run.ts", importing("node:child_process")]],
  "no-node-in-components": [["components/shell/file.tsx", importing("node:path")]],
  "no-cycles": [["lib/worker/one.ts", importing("./two")]],
  "no-unknown-imports": [["lib/worker/gone.ts", importing("./nowhere")]],
  "no-orphans": [["lib/worker/alone.ts", VALUE]],
  "browser-stays-in-the-browser": [["components/shell/reach.tsx", `"use client";\n${importing("../../lib/middle")}`]],
  "fresh-clone-needs-no-package": [["lib/launch/setup.mjs", `import "pg";\n`]],
};
/** What planted files stand on. */
const SUPPORT = {
  "lib/worker/two.ts": typesOf("./one"),
  "lib/secrets.ts": importing("zod"),
  "lib/log.ts": importing("zod"),
  "lib/middle.ts": importing("./env"),
};

describe("import rules", () => {
  it("has nothing to say about a house in order", async () => {
    const { modules, violations } = await checkImports(checkout(HOUSE));
    expect(violations).toEqual([]);
    expect(modules).toBeGreaterThanOrEqual(20);
  });

  it("plants a violation of every rule", () => {
    const along = ["browser-stays-in-the-browser", "fresh-clone-needs-no-package"];
    expect(Object.keys(PLANTED)).toEqual([...rules.forbidden.map(({ name }) => name), ...along]);
  });

  it("finds each planted violation, and nothing else", { timeout: 60_000 }, async () => {
    const files = Object.values(PLANTED).flat();
    const { violations } = await checkImports(checkout({ ...HOUSE, ...SUPPORT, ...Object.fromEntries(files) }));
    const found = violations.map(({ from, rule }) => `${from} ${rule}`);
    const expected = Object.entries(PLANTED).flatMap(([rule, planted]) => planted.map(([file]) => `${file} ${rule}`));
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  it("fails when it looked at next to nothing", async () => {
    const { modules, violations } = await checkImports(checkout({ "lib/outcome.ts": VALUE }));
    expect(modules).toBeLessThan(20);
    expect(violations.map(({ rule }) => rule)).toContain("too-few");
  });
});

const DIAL = `import ssh2 from "ssh2";\nimport { COMMANDS } from "./commands";\n`;
const DOOR = `"use server";\nimport { action, openAction } from "./action";\n`;

describe("house rules", () => {
  const houseOf = (name: string, text: string) => checkHouse(checkout({ [name]: text })).violations;

  it.each([
    ["lib/actions/a.ts", `${DOOR}export const a = action(x);\nexport const b = openAction(x);\nexport type T = string;\nconst own = 1;\n`],
    [
      "lib/machines/a.ts",
      `${DIAL}const line = root ? c.exec : c.execSudo;\nclient.exec(line, done);\nclient.exec(c.exec, done);\nWORD.exec(text);\n/a/.exec(text);\n`,
    ],
    [
      "lib/machines/b.ts",
      `${DIAL}function run(c, { line }: Run) { c.exec(line); }\nrun(c, { line: k.exec });\nrun(c, { line: k.execSudo });\n`,
    ],
    ["lib/parse.ts", `const found = pattern.exec(text);\n`],
  ])("accepts %s", (name, text) => expect(houseOf(name, text)).toEqual([]));

  it.each([
    ["an exported function", "lib/actions/a.ts", `${DOOR}export async function a() {}\n`],
    ["an arrow function", "lib/actions/a.ts", `${DOOR}export const a = async () => {};\n`],
    ["one bare export beside a guarded one", "lib/actions/a.ts", `${DOOR}export const a = action(x), b = join;\n`],
    ["a service that is passed through", "lib/actions/a.ts", `${DOOR}export { join } from "../services/join";\n`],
    ["everything that is passed through", "lib/actions/a.ts", `${DOOR}export * from "../services/join";\n`],
    ["a default export", "lib/actions/a.ts", `${DOOR}export default action(x);\n`],
    ["another function called action", "lib/actions/a.ts", `"use server";\nconst action = (x) => x;\nexport const a = action(x);\n`],
    [
      "another function imported as action",
      "lib/actions/a.ts",
      `"use server";\nimport { run as action } from "./action";\nexport const a = action(x);\n`,
    ],
    ["a door outside the folder", "lib/services/a.ts", `"use server";\nexport const a = 1;\n`],
    [
      "a door inside a component",
      "app/page.tsx",
      `export default function Page() { async function save() { "use server"; } return <form action={save} />; }\n`,
    ],
    ["a door inside a function of the folder", "lib/actions/a.ts", `export const a = () => { "use server"; };\n`],
    ["a text on a connection", "lib/machines/a.ts", `${DIAL}client.exec("id", done);\n`],
    ["a text made of parts", "lib/machines/a.ts", `${DIAL}client.exec(\`\${c.exec} \${name}\`, done);\n`],
    ["a command with something after it", "lib/machines/a.ts", `${DIAL}client.exec(c.exec + name, done);\n`],
    ["a variable that may change", "lib/machines/a.ts", `${DIAL}let line = c.exec;\nclient.exec(line, done);\n`],
    ["one branch that is a text", "lib/machines/a.ts", `${DIAL}client.exec(root ? c.exec : "id", done);\n`],
    ["a parameter", "lib/machines/a.ts", `${DIAL}function run(c, line) { c.exec(line); }\nrun(c, k.exec);\n`],
    [
      "a field that one caller fills with a text",
      "lib/machines/a.ts",
      `${DIAL}function run(c, { line }) { c.exec(line); }\nrun(c, { line: k.exec });\nrun(c, { line: "id" });\n`,
    ],
    ["a command line made elsewhere", "lib/machines/a.ts", `import { asRoot } from "./shell";\nexport const line = asRoot(text);\n`],
  ])("refuses %s", (_, name, text) => expect(houseOf(name, text)).toHaveLength(1));
});
