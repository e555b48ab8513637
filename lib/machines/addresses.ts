import { networkInterfaces } from "node:os";

/** The IPv4 addresses of this machine: Regent never dials itself. */
export const ownAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).filter(({ family }) => family === "IPv4").map(({ address }) => address),
  );
