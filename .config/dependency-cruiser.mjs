/**
 * Who may import whom. `npm run check` applies it through lib/launch/imports.mjs, which adds what a rule about one import can not
 * say (what the browser's code reaches), and lib/launch/check.test.ts plants a violation of every rule.
 */
/** Tests, and what only they use. */
const TEST = "(\\.test\\.tsx?|/testing[a-z-]*\\.ts)$";
/** Packages may be found through a link, so only the end of the way to them is fixed. */
const packages = (...names) => `(^|/)node_modules/(${names.join("|")})/|^(${names.join("|")})(/|$)`;
const PRISMA = ["^lib/generated/", packages("@prisma/client", "@prisma/adapter-pg")];
/** Gone when the program runs, so it binds nobody. */
const AT_RUN_TIME = { dependencyTypesNot: ["type-only"] };

const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

export default {
  forbidden: [
    forbid(
      "domain-is-pure",
      "lib/domain decides, and decides the same in browser, server and worker: it imports itself, lib/outcome and zod.",
      { path: "^lib/domain/", pathNot: TEST },
      { pathNot: ["^lib/(domain/|outcome\\.ts$)", packages("zod")] },
    ),
    forbid(
      "domain-tests-stay-inside",
      "A rule that needs more than its own facts to be tested is not a rule of the domain.",
      { path: `^lib/domain/.*${TEST}` },
      { pathNot: ["^lib/(domain/|outcome\\.ts$)", packages("zod", "vitest", "fast-check")], dependencyTypesNot: ["core"] },
    ),
    forbid("outcome-is-the-ground", "Everything stands on lib/outcome.ts; it stands on nothing.", { path: "^lib/outcome\\.ts$" }, {}),
    forbid(
      "ui-knows-nothing-of-ours",
      "components/ui could ship in another product.",
      { path: "^components/ui/" },
      { path: "^(app|components|lib|prisma|e2e)/", pathNot: "^components/ui/" },
    ),
    forbid(
      "charts-in-one-folder",
      "Recharts is 109 kB: components/charts fetches it when a chart is drawn, and no page has it otherwise.",
      { pathNot: "^components/charts/" },
      { path: packages("recharts") },
    ),
    forbid(
      "nodes-not-alarms",
      "Two features that meet in a page; one must be removable without the other.",
      { path: "^components/nodes/" },
      { path: "^components/alarms/" },
    ),
    forbid(
      "alarms-not-nodes",
      "Two features that meet in a page; one must be removable without the other.",
      { path: "^components/alarms/" },
      { path: "^components/nodes/" },
    ),
    forbid("nobody-imports-app", "Routes compose; what two of them need belongs below them.", { pathNot: "^app/" }, { path: "^app/" }),
    forbid(
      "nobody-imports-the-worker",
      "The worker is a process of its own and the only one with the private key; others reach it through the database.",
      { pathNot: ["^lib/worker/", "^e2e/bench/", `^e2e/.*${TEST}`] },
      { path: "^lib/worker/" },
    ),
    forbid(
      "app-composes",
      "A route asks a service or shows a component; it does not touch tables, machines or secrets.",
      { path: "^(app/|proxy\\.ts$|instrumentation)" },
      { path: "^(lib/(db|secrets|mail)\\.ts$|lib/(machines|demo|launch)/)", ...AT_RUN_TIME },
    ),
    forbid(
      "components-get-what-they-show",
      "A component receives what a page read and calls actions; of services it knows only the types.",
      { path: "^components/", pathNot: TEST },
      {
        path: "^lib/(services|machines|demo|launch|generated)/|^lib/(db|env|secrets|mail|log|auth|live|client-address|wall[a-z-]*)\\.ts$",
        ...AT_RUN_TIME,
      },
    ),
    forbid(
      "actions-call-services",
      "An action authorises, parses and calls one service; it has no other way to act.",
      { path: "^lib/actions/", pathNot: TEST },
      {
        path: "^(components|prisma|e2e)/|^lib/",
        pathNot: "^lib/(actions|services|domain)/|^lib/(auth|env|log|outcome)\\.ts$|^lib/messages/",
      },
    ),
    forbid(
      "only-doors-call-actions",
      "Actions are for the browser: pages and components call them, the server calls services.",
      { pathNot: ["^(app|components|lib/actions)/", TEST] },
      { path: "^lib/actions/" },
    ),
    forbid(
      "services-speak-to-the-database",
      "A service changes what is recorded; machines belong to the worker and pages to the web.",
      { path: "^lib/services/", pathNot: TEST },
      {
        path: "^(components|prisma|e2e)/|^lib/",
        pathNot: "^lib/(services|domain|generated)/|^lib/(db|env|log|mail|outcome|secrets)\\.ts$|^lib/messages/",
      },
    ),
    forbid(
      "machines-know-no-tables",
      "What touches a machine answers with an outcome; who asked, and what becomes of it, is the worker's business.",
      { path: "^lib/machines/", pathNot: TEST },
      { path: "^(components|prisma|e2e)/|^lib/", pathNot: "^lib/(machines|domain)/|^lib/outcome\\.ts$|^lib/messages/" },
    ),
    forbid(
      "worker-has-no-web",
      "The worker runs without Next: no component, action, session or live stream.",
      { path: "^lib/worker/", pathNot: TEST },
      { path: "^components/|^lib/(actions|launch)/|^lib/(auth|live)\\.ts$" },
    ),
    forbid(
      "only-the-worker-touches-machines",
      "The web can not speak to a machine, so that who takes the web has not taken the servers.",
      { pathNot: ["^lib/(machines|worker|demo)/", "^e2e/", TEST] },
      { path: "^lib/machines/", ...AT_RUN_TIME },
    ),
    forbid(
      "ssh2-in-two-folders",
      "Without a verifier ssh2 accepts every host key: only the dialler, and the simulated servers, may use it.",
      { pathNot: "^(lib/(machines|demo)|e2e/bench)/" },
      { path: packages("ssh2") },
    ),
    forbid(
      "mail-from-the-worker",
      "Only the worker can open the mail server's password, and only it may speak to what lies outside.",
      { pathNot: ["^lib/worker/notify/", TEST] },
      { path: packages("nodemailer", "smtp-server") },
    ),
    forbid(
      "prisma-in-few-places",
      "Tables are read and written by services and by the worker; types may go anywhere.",
      { pathNot: ["^lib/(services|worker|generated)/", "^lib/db\\.ts$", "^(prisma|e2e)/"] },
      { path: PRISMA, ...AT_RUN_TIME },
    ),
    forbid(
      "db-in-few-places",
      "The connection is for services and the worker; everybody else asks them.",
      { pathNot: ["^lib/(services|worker)/", "^(prisma|e2e)/", TEST] },
      { path: "^lib/db\\.ts$", ...AT_RUN_TIME },
    ),
    forbid(
      "next-at-the-edge",
      "What decides or works must run without a web server.",
      {
        pathNot: [
          "^(app|components|lib/actions)/",
          "^lib/(auth|live)\\.ts$",
          "^(proxy|instrumentation(\\.node)?|next-env\\.d)\\.ts$",
          "^next\\.config\\.js$",
        ],
      },
      { path: packages("next", "next-auth") },
    ),
    forbid(
      "demo-is-not-known",
      "Nothing in Regent knows that a server is simulated; only what fills the demo region does.",
      { pathNot: ["^lib/demo/", "^lib/worker/(provision-demo|demo-history)\\.ts$", "^e2e/", TEST] },
      { path: "^lib/demo/" },
    ),
    forbid(
      "demo-answers-like-a-host",
      "A simulated server knows what a real one knows: the command it was sent, never the region's records.",
      { path: "^lib/demo/" },
      { path: "^components/|^lib/(actions|services|worker|generated|launch)/|^lib/(db|auth|live|secrets|mail|env)\\.ts$" },
    ),
    forbid(
      "launch-needs-no-build",
      "The launcher is what builds: it is plain JavaScript and starts the bundles as processes.",
      { path: "^lib/launch/.*\\.mjs$" },
      { path: "^(app|components|lib|prisma|e2e)/", pathNot: "^lib/launch/" },
    ),
    forbid(
      "no-tests-in-the-product",
      "A test, and what only tests use, is not shipped.",
      { pathNot: [TEST, "^(e2e|lib/launch|\\.config)/"] },
      { path: [TEST, packages("vitest", "fast-check", "smtp-server", "playwright", "playwright-core", "@playwright/test", "axe-core")] },
    ),
    forbid(
      "no-programs",
      "Regent acts on machines over SSH, and on their power by ipmitool; beside that only what starts and tests it runs programs.",
      { pathNot: [TEST, "^(e2e|prisma|lib/launch|\\.config)/", "^lib/machines/power\\.ts$"] },
      { path: "^(node:)?child_process$" },
    ),
    forbid(
      "no-node-in-components",
      "Components run in the browser.",
      { path: "^components/", pathNot: TEST },
      { dependencyTypes: ["core"] },
    ),
    forbid("no-cycles", "Two files that need each other are one file, or three.", {}, { circular: true }),
    forbid("no-unknown-imports", "What can not be found fails when it is needed.", {}, { couldNotResolve: true }),
    forbid(
      "no-orphans",
      "A file that nobody imports, and that imports nobody, is dead.",
      {
        orphan: true,
        pathNot: [
          "\\.d\\.ts$",
          "^app/",
          "^e2e/",
          "^lib/launch/tether\\.mjs$",
          "(^|/)[^/]+\\.config\\.(js|mjs|ts)$",
          "^\\.config/",
          "^prisma/",
        ],
      },
      {},
    ),
  ],
  options: {
    tsPreCompilationDeps: "specify",
    doNotFollow: { path: "node_modules" },
    // A peer of a benchmark is fetched by the benchmark, and is no dependency.
    exclude: { path: "^\\.(next|data)/|^lib/generated/prisma/(internal|models)|^e2e/bench/.*\\.jsx$" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".d.ts"],
    },
  },
};
