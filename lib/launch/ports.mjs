/** Free and taken ports. Uses no package. */
import { createServer } from "node:net";

/**
 * @param {number} port 0 asks the system for a free one
 * @param {string} host
 * @returns {Promise<number>} the port, free a moment ago; rejects with the system's code when it can not be had
 */
export function tryPort(port, host = "127.0.0.1") {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen({ port, host, exclusive: true }, () => {
      const { port: got } = /** @type {import("node:net").AddressInfo} */ (probe.address());
      probe.close(() => resolve(got));
    });
  });
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>} why Regent can not listen there, in one sentence
 */
export async function portProblem(port, host) {
  try {
    await tryPort(port, host);
    return undefined;
  } catch (error) {
    if (error.code === "EADDRINUSE") return `Port ${port} is taken by another program; choose another with --port.`;
    if (error.code === "EACCES") return `Port ${port} needs rights that this account does not have; choose one above 1023 with --port.`;
    return `Regent can not listen on ${host}: ${error.code ?? error.message}. Choose an address of this machine with --host.`;
  }
}
