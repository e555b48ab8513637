import { defineConfig } from "@playwright/test";
import { installedBrowser } from "../lib/launch/browser.mjs";

/** `npm test` names the browser, also one that it fetched. Root may not use Chromium's sandbox. */
const executablePath = installedBrowser();
const root = process.getuid?.() === 0;

export default defineConfig({
  testDir: "./specs",
  outputDir: "./.output",
  // One region for all: every test brings its own servers, so that none depends on another.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // Two slow processors stall now and then for seconds. What passes at its second try only is named in the last table of `npm test`.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    // So tall that the list draws every node of the demo region: it draws only what is in sight.
    viewport: { width: 1280, height: 2600 },
    locale: "en-GB",
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    // `-- --trace retain-on-failure` records what happened; always recording would cost a third of the time.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      // A test machine has none, and drawing as if there were one takes a sixth of all processor time.
      args: [...(root ? ["--no-sandbox"] : []), "--disable-gpu", "--disable-quic", "--disable-background-networking"],
    },
  },
});
