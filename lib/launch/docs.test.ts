/** What the documents say about the code must be so. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { settingsMarkdown } from "../domain/settings-judge";
import { mermaid } from "../domain/lifecycle";
import { root } from "./data-folder.mjs";

const read = (name: string): string => readFileSync(join(root, name), "utf8");
const DOCUMENTS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];
/** Only in the tests and the lab, for those who work on them. */
const NOT_SETTINGS = /^(DATABASE_URL_TEST|REGENT_LAB_\w+)$/;

describe("the documents", () => {
  it("show the lifecycle as it is", () => {
    const shown = /```mermaid\n([^]*?)```/.exec(read("CONTRIBUTING.md"))?.[1];
    expect(shown, "the diagram in CONTRIBUTING.md, from mermaid() of lib/domain/lifecycle.ts").toBe(mermaid());
  });

  it("show every setting of the region as it is", () => {
    expect(read("README.md"), "the table in README.md, from settingsMarkdown() of lib/domain/settings-judge.ts").toContain(
      settingsMarkdown(),
    );
  });

  it("name files that exist", () => {
    const top = "app|components|lib|prisma|e2e|\\.config";
    const named = DOCUMENTS.flatMap((name) =>
      [...read(name).matchAll(new RegExp(`\`((?:${top})/[\\w./()[\\]-]*)\``, "g"))].map(([, path]) => path ?? ""),
    );
    expect(named.length).toBeGreaterThan(20);
    expect([...new Set(named)].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it("link to files that exist", () => {
    const linked = DOCUMENTS.flatMap((name) =>
      [...read(name).matchAll(/\]\((?!https?:|public\/screens\/)([^)#]+)/g)].map(([, path]) => path ?? ""),
    );
    expect(linked.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it("explain every variable that is read", () => {
    const code = readdirSync(join(root, "lib"), { recursive: true, encoding: "utf8" }).filter(
      (name) => /(?<!\.test)\.(ts|mjs)$/.test(name) && !name.startsWith("generated"),
    );
    const variables = new Set(code.flatMap((name) => read(join("lib", name)).match(/\b(REGENT|NEXTAUTH|DATABASE)_[A-Z_]*[A-Z]\b/g) ?? []));
    const readme = read("README.md");
    expect([...variables].filter((name) => !NOT_SETTINGS.test(name) && !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it("give the version that is built", () => {
    const { version } = JSON.parse(read("package.json")) as { version: string };
    expect(read("CHANGELOG.md")).toContain(`## ${version}`);
  });

  it("list the libraries in their versions", () => {
    const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;
    const rows = [...read("CONTRIBUTING.md").matchAll(/^\| ([@\w/, -]+) \| ([\d\w., -]+) \| [\w.-]+ \| \d{4}/gm)];
    const listed = rows.flatMap(([, names = "", versions = ""]) =>
      names.split(", ").map((name, index) => [name, versions.split(", ")[index]]),
    );
    expect(listed.length).toBeGreaterThan(20);
    const installed = { ...dependencies, ...devDependencies };
    expect(listed.filter(([name = "", version]) => installed[name] !== version)).toEqual([]);
  });
});
