/** The host keys that Regent trusts. */
import { counted } from "./counted";

export const HOST_KEYS = {
  title: "Host keys",
  help: "A server is known by its host key. Regent sends nothing to an address that shows another one, until an Admin has compared and trusted it.",
  search: "Search",
  searchHelp: "Name, address, type, or a part of the fingerprint.",
  none: "No host key is trusted yet.",
  noneHelp: "The first one is trusted when a candidate is added.",
  noMatch: "No host key matches.",
  count: (shown: number, all: number): string => (shown === all ? counted(all, "host key") : `${shown} of ${counted(all, "host key")}`),
  more: (rest: number): string => `${counted(rest, "host key")} more: search for them.`,
  columns: { node: "Node", ip: "Address", type: "Type", sha256: "SHA256 fingerprint", since: "Trusted since", by: "By", state: "State" },
  states: { trusted: "Trusted", changed: "Changed", revoked: "Revoked" },
  deed: "Trust",
  revoke: "Revoke",
  revokeOf: (name: string): string => `Revoke the host key of ${name}`,
  retrust: "Trust again",
  retrustOf: (name: string): string => `Trust again the host key of ${name}`,
  revokeHelp:
    "Nothing is sent to it any more until an Admin trusts its key again: it is not sampled, not inspected, and not fenced by itself. Its virtual machines run on.",
  reasonHelp: "Kept in the event log. At least 10 characters.",
  revoked: (name: string): string => `The host key of ${name} is revoked.`,
  event: (who: string, name: string, reason: string): string => `${who} revoked the host key of ${name}: ${reason}`,
  trusted: (who: string, name: string, reason: string): string => `${who} trusted the new host key of ${name}: ${reason}`,
  again: (who: string, name: string, reason: string): string => `${who} trusted the host key of ${name} again: ${reason}`,
  revokedBy: (who: string, reason: string): string => `${who} revoked it: ${reason}`,
  retrustTitle: (ip: string): string => `The host key of ${ip} was revoked`,
  retrustHelp: "Nothing is sent to it until you trust the key again. Compare it on the server's own screen.",
} as const;
