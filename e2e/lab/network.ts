import { tmpdir } from "node:os";
import { join } from "node:path";
import { tryLock } from "../../lib/launch/lock.mjs";

/**
 * The first three numbers of a lab network that no other test run on this machine holds, and the way to give it back. A run that was
 * killed holds nothing: the next one finds its network, and takes down what is left in it.
 */
export function reserveNetwork(): { network: string; release: () => void } {
  for (let third = 0; third < 16; third++) {
    const network = `10.75.${third}`;
    const lock = tryLock(join(tmpdir(), `regent-lab-${network}.lock`));
    if ("release" in lock) return { network, release: lock.release };
  }
  throw new Error("Sixteen test runs hold a lab each; wait until one has ended.");
}
