import { noteClients } from "./lib/client-address";
import { webEnv } from "./lib/env";
import { liveHub } from "./lib/live";

noteClients(webEnv().REGENT_PROXIES);

// The server waits for open responses before it exits, and a live stream never ends by itself.
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => liveHub().close());
// The launcher is gone: nobody would stop this process any more.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
