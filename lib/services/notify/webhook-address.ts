/** Where a webhook may go, and what of its address may be shown. */
import { createHash } from "node:crypto";
import { BlockList, isIP } from "node:net";
import { WEBHOOK } from "../../messages/webhook";
import { done, type Outcome } from "../../outcome";

type Block = [address: string, prefix: number, family: "ipv4" | "ipv6"];
const list = (...blocks: Block[]): BlockList => {
  const made = new BlockList();
  for (const [address, prefix, family] of blocks) made.addSubnet(address, prefix, family);
  return made;
};

/** Addresses that are no receiver's: behind them sit this machine, its neighbours on the wire, and the keys of a cloud. */
const FORBIDDEN: readonly { what: string; loopback?: true; blocks: BlockList }[] = [
  { what: "is this console's own machine (loopback)", loopback: true, blocks: list(["127.0.0.0", 8, "ipv4"], ["::1", 128, "ipv6"]) },
  { what: "means “no address”", blocks: list(["0.0.0.0", 8, "ipv4"], ["::", 128, "ipv6"]) },
  {
    what: "is a link-local or metadata address",
    // Beside 169.254.169.254: those of AWS over IPv6, Alibaba, Oracle and Azure.
    blocks: list(
      ["169.254.0.0", 16, "ipv4"],
      ["fe80::", 10, "ipv6"],
      ["fd00:ec2::254", 128, "ipv6"],
      ["100.100.100.200", 32, "ipv4"],
      ["192.0.0.192", 32, "ipv4"],
      ["168.63.129.16", 32, "ipv4"],
    ),
  },
  { what: "is a multicast address", blocks: list(["224.0.0.0", 4, "ipv4"], ["ff00::", 8, "ipv6"]) },
  { what: "is a reserved address", blocks: list(["240.0.0.0", 4, "ipv4"]) },
  // What a gateway would turn into an IPv4 address that nobody has looked at.
  {
    what: "hides an IPv4 address",
    blocks: list(
      ["64:ff9b::", 96, "ipv6"],
      ["64:ff9b:1::", 48, "ipv6"],
      ["2002::", 16, "ipv6"],
      ["2001::", 32, "ipv6"],
      ["::", 96, "ipv6"],
    ),
  },
];

/** Why nothing may be sent to this address; null: it may. IPv4 inside IPv6 (::ffff:a.b.c.d) counts as what it is. */
export function forbidden(address: string, loopbackAllowed: boolean): string | null {
  const family = isIP(address);
  if (family === 0) return "is no address";
  const found = FORBIDDEN.find(({ blocks }) => blocks.check(address, family === 4 ? "ipv4" : "ipv6"));
  return found && !(found.loopback && loopbackAllowed) ? found.what : null;
}

/** A host of a URL without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "");

const isLoopbackName = (host: string): boolean =>
  host === "localhost" || host.endsWith(".localhost") || forbidden(host, false) === FORBIDDEN[0]?.what;

/** Reads what was typed. What its name resolves to is looked at again by the worker, before each request. */
export function webhookUrl(typed: string, loopbackAllowed: boolean): Outcome<URL> {
  const url = URL.canParse(typed) ? new URL(typed) : null;
  if (!url || !["http:", "https:"].includes(url.protocol)) return WEBHOOK.notUrl;
  const host = hostOf(url);
  if (url.username || url.password) return WEBHOOK.userInUrl;
  if (isLoopbackName(host)) return loopbackAllowed ? done(url) : WEBHOOK.forbidden(host, FORBIDDEN[0]?.what ?? "");
  if (url.protocol !== "https:") return WEBHOOK.notHttps;
  const what = isIP(host) ? forbidden(host, loopbackAllowed) : null;
  return what ? WEBHOOK.forbidden(host, what) : done(url);
}

const fingerprint = (secret: string): string => createHash("sha256").update(secret).digest("hex").slice(0, 8);

/**
 * What is kept of the address in clear. Of Slack's only the host, because whoever has the rest may write; for PagerDuty many targets
 * share one address. The end tells them apart and is never sent.
 */
export function keptAddress(url: URL, body: "regent" | "slack" | "pagerduty", secret: string): string {
  if (body === "slack") return `${url.origin}/#${fingerprint(secret)}`;
  url.hash = body === "pagerduty" ? fingerprint(secret) : "";
  return url.href;
}
