/** Asks the worker's program how the first person gets in. Uses no package. */
import { command } from "./command.mjs";

/**
 * @param {{ program: string[], env: Record<string, string | undefined>, url: string, demo: boolean, signal?: AbortSignal }} options
 *   program is what node runs, env the worker's
 * @returns {Promise<{ signIn?: string, setUp?: string }>} one-time links, complete; neither when somebody can sign in already
 */
export async function provision({ program, env, url, demo, signal }) {
  const words = [...program, "--provision", ...(demo ? ["--demo"] : [])];
  const { code, output } = await command(process.execPath, words, { env, signal, quiet: true });
  const answer = code === 0 ? parse(output) : undefined;
  if (!answer) throw new Error(`The region could not be prepared:\n${output.trim()}`);
  return Object.fromEntries(Object.entries(answer).map(([way, path]) => [way, `${url}${path}`]));
}

/** The answer is the last line that is JSON and has nothing but the two ways; log lines may stand before it. */
function parse(output) {
  const answers = output.split("\n").filter((line) => /^\{("(signIn|setUp)":"[^"]+",?)*\}$/.test(line));
  return answers.length > 0 ? JSON.parse(answers.at(-1)) : undefined;
}

/** @param {{ signIn?: string, setUp?: string }} links */
export function linkLines({ signIn, setUp }) {
  return [...(signIn ? [`Sign in: ${signIn}`] : []), ...(setUp ? [`Set up: ${setUp}`] : [])];
}
