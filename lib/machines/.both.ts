import { fork } from "node:child_process";
import { once } from "node:events";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { withMachine } from "/work/main/lib/machines/dial";
import { HOSTILE, RIGHT_PASSWORD } from "/work/main/lib/machines/testing-hostile";
import { answer, sshServer, PIN } from "/work/main/lib/machines/testing";
const host = fork("/work/main/lib/machines/testing-host.ts", { execArgv: ["--import", "tsx"] });
const [{ pin, hostile }]: any = await once(host, "message");
const honest = await sshServer({ exec: ({ channel }) => answer(channel, "fine\n") });
const d = monitorEventLoopDelay({ resolution: 10 });
d.enable();
let over = false;
let peak = 0;
const rss0 = process.memoryUsage.rss();
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss() - rss0);
}, 20).unref();
const times: number[] = [];
const loop = (async () => {
  while (!over) {
    const t = performance.now();
    await withMachine(honest, PIN, RIGHT_PASSWORD, (m) => m.run("whoami"));
    times.push(performance.now() - t);
    await new Promise((r) => setTimeout(r, 20));
  }
})();
const cpu = process.cpuUsage();
await Promise.all(
  HOSTILE.filter((h) => h.name.match(process.argv[2])).map(async (h) => {
    const t = performance.now();
    const r: any = await withMachine(hostile[h.name], pin, RIGHT_PASSWORD, (m) => m.run(h.command ?? "whoami", h.input), {
      recentlyRefused: h.recentlyRefused ?? false,
    });
    console.log(h.name.padEnd(50), r.code ?? "ok", Math.round(performance.now() - t));
  }),
);
over = true;
await loop;
const c = process.cpuUsage(cpu);
console.log("loop max", d.max / 1e6, "honest", times.length, Math.max(...times), "cpu", (c.user + c.system) / 1000, "rss", peak / 2 ** 20);
host.kill();
process.exit();
