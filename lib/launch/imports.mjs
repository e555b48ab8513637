/**
 * `node lib/launch/imports.mjs`: the rules of .config/dependency-cruiser.mjs, and two that look along a chain of imports: what the
 * browser's code reaches, and what a fresh clone runs before there is a package.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cruise } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import rules from "../../.config/dependency-cruiser.mjs";
import { root } from "./data-folder.mjs";

/** A parser that does not know the language finds nothing, and nothing breaks no rule. */
const LEAST_MODULES = 20;
const FOLDERS = ["app", "components", "lib", "prisma", "e2e"];
const SERVER_ONLY =
  /^lib\/(services|machines|worker|demo|launch|generated)\/|^lib\/(db|env|secrets|log|mail|auth|live|client-address|wall[a-z-]*)\.ts$/;

/** @typedef {{ from: string, rule: string, sentence: string }} Violation the file that breaks the rule, and both with the reason in one line */

/**
 * @param {string} [folder] a checkout
 * @returns {Promise<{ modules: number, violations: Violation[] }>}
 */
export async function checkImports(folder = root) {
  const top = readdirSync(folder).filter((name) => /\.(ts|tsx|js|mjs)$/.test(name));
  const inputs = [...FOLDERS.filter((name) => existsSync(join(folder, name))), ...top];
  const tsConfig = join(folder, "tsconfig.json");
  const options = {
    ...rules.options,
    baseDir: folder,
    ruleSet: { forbidden: rules.forbidden },
    validate: true,
    tsConfig: { fileName: tsConfig },
  };
  const before = process.cwd();
  process.chdir(folder); // The resolver looks for packages from here, whatever baseDir says.
  try {
    const { output } = await cruise(inputs, options, rules.options.enhancedResolveOptions, { tsConfig: extractTSConfig(tsConfig) });
    const ours = output.modules.filter(({ source }) => !source.includes("node_modules/") && existsSync(join(folder, source)));
    const few =
      ours.length < LEAST_MODULES
        ? [
            {
              from: ".",
              rule: "too-few",
              sentence: `Looked at ${ours.length} files only: what reads the imports does not understand them.`,
            },
          ]
        : [];
    return { modules: ours.length, violations: [...few, ...output.summary.violations.map(describe), ...chains(folder, ours)] };
  } finally {
    process.chdir(before);
  }
}

const REASONS = Object.fromEntries(rules.forbidden.map(({ name, comment }) => [name, comment]));

/** @returns {Violation} */
const violation = (way, rule, reason) => ({ from: way[0], rule, sentence: `${way.join(" -> ")}: ${rule}. ${reason}` });

function describe({ from, to, rule: { name }, cycle }) {
  const way = cycle ? [from, ...cycle.map((step) => step.name)] : from === to ? [from] : [from, to];
  return violation(way, name, REASONS[name]);
}

function chains(folder, modules) {
  const byName = new Map(modules.map((module) => [module.source, module]));
  const says = (name, word) => new RegExp(`^(\\s|//.*\n|/\\*[^]*?\\*/)*["']${word}["']`).test(readFileSync(join(folder, name), "utf8"));
  const scripts = modules.map(({ source }) => source).filter((source) => /\.tsx?$/.test(source));
  const client = scripts.filter((name) => says(name, "use client"));
  // Of a "use server" file the browser has only the addresses of its functions.
  const enters = ({ resolved }) => byName.has(resolved) && !says(resolved, "use server");
  const reached = walk(
    byName,
    client,
    enters,
    ({ resolved, dependencyTypes }) => SERVER_ONLY.test(resolved) || dependencyTypes.includes("core"),
  );
  const fresh = walk(
    byName,
    ["lib/launch/start.mjs", "lib/launch/setup.mjs"].filter((name) => byName.has(name)),
    ({ resolved, dynamic }) => !dynamic && byName.has(resolved),
    ({ dynamic, dependencyTypes }) =>
      !dynamic && !dependencyTypes.includes("core") && !dependencyTypes.some((type) => type.startsWith("local")),
  );
  const serverInBrowser = "Code of the browser must not reach what only the server has; import types, or call an action.";
  const packageBeforeInstall = "What installs the packages can not need one; import it later, with import().";
  return [
    ...reached.map((way) => violation(way, "browser-stays-in-the-browser", serverInBrowser)),
    ...fresh.map((way) => violation(way, "fresh-clone-needs-no-package", packageBeforeInstall)),
  ];
}

/** Every way from a root to an import that `stops`, along imports that exist at run time. */
function walk(byName, roots, enters, stops) {
  const ways = new Map(roots.map((name) => [name, [name]]));
  const found = [];
  for (const [name, way] of ways) {
    for (const edge of byName.get(name).dependencies) {
      if (edge.typeOnly || edge.dependencyTypes.includes("type-only")) continue;
      if (stops(edge)) found.push([...way, edge.resolved]);
      else if (enters(edge) && !ways.has(edge.resolved)) ways.set(edge.resolved, [...way, edge.resolved]);
    }
  }
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { modules, violations } = await checkImports();
  for (const { sentence } of violations) console.log(sentence);
  console.log(`${modules} files, ${violations.length} violations`);
  process.exitCode = violations.length ? 1 : 0;
}
