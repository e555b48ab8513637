import { spawn } from "node:child_process";
import { it } from "vitest";
import { leftBehind, stubCheckout } from "./stub-checkout";
it("dbg", async () => {
  const checkout = stubCheckout();
  const npm = spawn("npm", ["start", "--", "--port", "45999"], { cwd: checkout.folder, env: { PATH: process.env.PATH }, stdio: "inherit" });
  npm.on("exit", (c, s) => console.log("npm exit", c, s));
  await new Promise((r) => setTimeout(r, 5000));
  console.log(leftBehind(checkout).join("\n"), npm.pid);
  npm.kill("SIGTERM");
  for (const ms of [50, 100, 300, 1000, 2000]) { await new Promise((r) => setTimeout(r, ms)); console.log(ms, leftBehind(checkout)); }
  await checkout.remove();
}, 30000);
