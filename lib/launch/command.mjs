/** Runs one command to its end, and takes it down with everything it started when the launcher is told to stop. Uses no package. */
import { spawn } from "node:child_process";
import { root } from "./data-folder.mjs";
import { signalGroup } from "./processes.mjs";

const KILL_AFTER_MS = 1000;

/**
 * @param {string} file
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, signal?: AbortSignal, quiet?: boolean, onText?: (text: string) => void, account?: { uid: number, gid: number } }} [options]
 *   quiet collects the output instead of showing it; onText gets it as well as showing it; account runs the command as another user
 * @returns {Promise<{ code: number, output: string }>} rejects when the command can not be started or the signal aborts it
 */
export function command(file, args, { env = process.env, cwd = root, signal, quiet = false, onText, account } = {}) {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stdio = quiet || onText ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"];
    // A group of its own, so that nothing it started can outlive it. Windows finds npm only through a shell.
    const windows = process.platform === "win32";
    const child = spawn(file, args, { ...account, env, cwd, stdio, detached: !windows, shell: windows && file === "npm" });
    let output = "";
    const hear = (text) => {
      if (quiet) output += text;
      onText?.(text);
    };
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", hear);
    if (onText) {
      child.stdout.pipe(process.stdout, { end: false });
      child.stderr.pipe(process.stderr, { end: false });
    }
    let killing;
    const abort = () => {
      signalGroup(child.pid, "SIGTERM");
      killing = setTimeout(() => signalGroup(child.pid, "SIGKILL"), KILL_AFTER_MS);
    };
    signal?.addEventListener("abort", abort, { once: true });
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(killing);
      signal?.removeEventListener("abort", abort);
      signalGroup(child.pid, "SIGKILL");
      if (signal?.aborted) reject(signal.reason);
      else resolve({ code: code ?? 1, output });
    });
  });
}
