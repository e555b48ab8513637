/**
 * Faults on demand. A test, or a curious visitor, writes `faults/<ip>.json` in the demo's state folder, for instance
 * `echo '{"hostKey":"new"}' > <state>/faults/127.20.1.5.json`; the file is read again at each connection and each command,
 * and removing it heals the server. What is not valid JSON of this shape counts as no fault.
 *
 * - `password`: the only password that is accepted from now on.
 * - `delayMs`: waits this long before the first answer on a connection and before each command's.
 * - `hang`: says nothing any more from this point on: "banner" (after TCP), "auth" (after the key exchange), "exec" (to a command).
 * - `hostKey`: "new" shows another host key, the same one every time.
 * - `refuse`: the port is closed.
 * - `linkDown`: these links report no carrier.
 * - `failPackage`: the package manager ends with an error.
 * - `dropDuringInstall`: the connection breaks in the middle of an installation; the packages are there at the next attempt.
 * - `busy`: its processors are as busy as this, 0 to 1.
 * - `migrationFails`: migrations from this server fail with this error of libvirt, `times` times or always.
 * - `migrationMs`: each takes so long.
 * - `killArrivals`: a VM that comes here is dead right after the switch, as when the kernel has no memory for it.
 * - `memoryLeftGiB`: no more memory than this is free.
 * - `noRootLogin`: root may not log in over SSH.
 * - `deafGuests`: its VMs do not listen to a request to shut down.
 * - `pools`: "degraded" takes a disk out of a mirror, and leaves Ceph without a copy to spare.
 * - `awaySeconds`: so long it is away when it restarts.
 * - `inventory`: "hostile" answers the probe with NUL, ANSI, bidirectional overrides and a line of a megabyte; "endless" never stops answering.
 */
import { mkdirSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Faults = z.strictObject({
  password: z.string().optional(),
  delayMs: z.number().min(0).optional(),
  hang: z.enum(["auth", "exec", "banner"]).optional(),
  hostKey: z.literal("new").optional(),
  refuse: z.boolean().optional(),
  linkDown: z.array(z.string()).optional(),
  failPackage: z.boolean().optional(),
  dropDuringInstall: z.boolean().optional(),
  busy: z.number().min(0).max(1).optional(),
  migrationFails: z.strictObject({ error: z.string(), times: z.number().int().min(1).optional() }).optional(),
  migrationMs: z.number().min(0).optional(),
  killArrivals: z.boolean().optional(),
  memoryLeftGiB: z.number().min(0).optional(),
  noRootLogin: z.boolean().optional(),
  deafGuests: z.boolean().optional(),
  pools: z.literal("degraded").optional(),
  awaySeconds: z.number().min(0).optional(),
  inventory: z.enum(["hostile", "endless"]).optional(),
});

export type Faults = z.infer<typeof Faults>;

/** The faults of the server at `ip` right now. */
export function readFaults(folder: string, ip: string): Faults {
  const text = readIfThere(join(folder, "faults", `${ip}.json`));
  if (text === null) return {};
  const parsed = Faults.safeParse(json(text));
  return parsed.success ? parsed.data : {};
}

/** Calls `onChange` with the address of each server whose fault file changed, until the returned function is called. */
export function watchFaults(folder: string, onChange: (ip: string) => void): () => void {
  const faults = join(folder, "faults");
  mkdirSync(faults, { recursive: true, mode: 0o700 });
  const watcher = watch(faults, (_, file) => {
    if (file?.endsWith(".json")) onChange(file.slice(0, -".json".length));
  });
  return () => watcher.close();
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** `undefined` for a file that is being written at this moment. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
