/** A host of the lab pings a guest twenty times a second, to see how long nobody was there. */
import { setTimeout as sleep } from "node:timers/promises";
import { at } from "./lab";

const FIRST_MS = 90_000;

/** Resolves with the first answer. What it gives ends the pings, and says how long the longest silence between two answers was, in ms. */
export async function watchPings(host: number, address: string): Promise<() => Promise<number>> {
  const unit = `pings-${address.replaceAll(".", "-")}`;
  await at(host, `systemd-run --quiet --unit=${unit} sh -c 'exec ping -n -D -i 0.05 ${address} >/run/${unit}'`);
  const answers = async () =>
    [...(await at(host, `cat /run/${unit} 2>/dev/null || true`)).matchAll(/^\[(\d+\.\d+)\] \d+ bytes from/gm)].map(([, seconds]) =>
      Number(seconds),
    );
  for (const until = Date.now() + FIRST_MS; !(await answers()).length; await sleep(200))
    if (Date.now() > until) throw new Error(`no ping of ${address} is answered`);
  return async () => {
    await at(host, `systemctl stop ${unit}`);
    const times = await answers();
    return Math.round(Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? time))) * 1000);
  };
}
