/** The words after `npm start --`. Uses no package. */
import { parseArgs } from "node:util";

export const HELP = `Usage: npm start -- [options]

  --port <port>   the port to listen on (PORT, otherwise 3000)
  --host <host>   the address to listen on (HOST, otherwise 127.0.0.1)
  --empty         begin an empty region instead of the demo region
  --version       print the version
  --help          print this text

Everything else is set in the environment; .env.example names every variable.`;

const OPTIONS = /** @type {const} */ ({
  port: { type: "string" },
  host: { type: "string" },
  empty: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
});

/**
 * @param {string[]} words
 * @param {Record<string, string | undefined>} env
 * @returns {{ port: number, host: string, empty: boolean, help: boolean, version: boolean } | { problem: string }}
 */
export function readFlags(words, env) {
  let values;
  try {
    ({ values } = parseArgs({ args: words, options: OPTIONS }));
  } catch (error) {
    return { problem: `${firstSentence(error.message)} Run npm start -- --help to see the options.` };
  }
  const port = values.port ?? (env.PORT || "3000");
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return { problem: `${port} is no port; it must be a number from 0 to 65535.` };
  const { empty = false, help = false, version = false } = values;
  return { port: Number(port), host: values.host ?? (env.HOST || "127.0.0.1"), empty, help, version };
}

const firstSentence = (text) => `${text.split(/\.\s|\n/)[0].replace(/\.$/, "")}.`;
