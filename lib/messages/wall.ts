/** The wall display: what it says on the screen, and its links in the settings. */
import { COLORS } from "../domain/heatmap-colors";
import { READINESS } from "../domain/readiness";
import { NODE_STATUSES, type StatusGroup } from "../domain/status";
import { refuse } from "../outcome";
import { counted, NUMBER } from "./counted";

/** In the settings. */
export const WALL_LINKS = {
  title: "Wall links",
  help: "A wall link shows one view of the nodes on a screen where nobody signs in. It shows names, states and usage: no IP addresses, no descriptions, no names of administrators, and nothing can be done with it. It holds until it is revoked.",
  make: "New wall link",
  submit: "Make",
  none: "No wall links yet",
  noneHelp: "Make one for each screen, so that each can be revoked by itself.",
  allNodes: "All nodes",
  /** The heatmap as somebody had it before them when they asked for a wall, and what the link's view is called afterwards. */
  shown: "The heatmap as you left it",
  unsaved: "Unsaved view",
  view: "View",
  viewHelp:
    "The heatmap of a saved view: its filter, grouping and colour as they are now. A saved view that is deleted later stays on the screen.",
  nameHelp: "Where the screen hangs, up to 60 characters.",
  made: (name: string): string => `Wall link “${name}” made`,
  once: "Open this address on the screen. It is shown only now: Regent keeps no copy of it, only its hash.",
  address: "wall address",
  open: "Open it here",
  revoke: "Revoke",
  revokeTitle: (name: string): string => `Revoke “${name}”?`,
  revokeHelp: "Its screens go dark within 5 seconds, and the link never works again.",
  revoked: (name: string): string => `Wall link “${name}” revoked.`,
  columns: { name: "Name", view: "View", from: "Opened from", made: "Made", by: "By", seen: "Last seen" },
  never: "Never",
  anywhere: "Anywhere",
  actions: "Actions",
  networks: "Addresses that may open it",
  networksHelp: (here: string): string =>
    `Addresses or networks, as in 10.20.1.40 or 10.20.0.0/16, separated by spaces. Empty: any.${here ? ` Regent sees you at ${here}.` : ""}`,
  move: "Change addresses",
  moveTitle: (name: string): string => `From where “${name}” may be opened`,
  moveHelp: "Screens elsewhere go dark within 5 seconds, and come back by themselves when their address is allowed again.",
  save: "Save",
  moved: (name: string): string => `Addresses of “${name}” changed.`,
  movedEvent: (who: string, name: string, networks: readonly string[]): string =>
    `${who} allowed the wall link “${name}” to be opened from ${networks.length ? `${networks.join(", ")} only` : "anywhere"}.`,
  qr: "QR code of the wall address",
  qrHelp: "For a tablet or a phone that is the screen. A television shows a code of its own at the address /wall, for you to scan.",
  unreached: refuse("unreached", "Regent did not answer.", { hint: "Look at the list of wall links before you try again." }),
  viewGone: refuse("view-gone", "This view is not there any more.", { hint: "Choose another one.", field: "viewId" }),
  linkGone: refuse("wall-gone", "This wall link is revoked already."),
  screenTaken: refuse("screen-taken", "This screen has a link already.", {
    hint: "It shows its view within seconds. If not, load its page anew and scan again.",
  }),
  screenHelp: (code: string): string =>
    `For the screen that shows the code ${code} now. If it shows another one, close this dialog and scan again.`,
  screenMade: "The screen shows it within a few seconds.",
  tooMany: (most: number) =>
    refuse("too-many-links", `There are ${most} wall links, which is the most.`, { hint: "Revoke one whose screen is gone." }),
  madeEvent: (who: string, name: string, view: string, networks: readonly string[]): string =>
    `${who} made the wall link “${name}” for the view “${view}”${networks.length ? `, to be opened from ${networks.join(", ")} only` : ""}.`,
  revokedEvent: (who: string, name: string): string => `${who} revoked the wall link “${name}”.`,
} as const;

/** Why a screen shows nothing: what, and then what to do. */
export const WALL_REFUSALS = {
  unknown: refuse("wall-unknown", "This link is not a wall link of this region.", { hint: "Make a new one in Settings, Wall links." }),
  revoked: refuse("wall-revoked", "This link was revoked.", { hint: "Make a new one in Settings, Wall links." }),
  tooMany: refuse("too-many", "Too many wrong links came from here.", { hint: "The screen tries again by itself." }),
  elsewhere: (address: string) =>
    refuse("wall-elsewhere", `This link may not be opened from ${address || "an address that is not known"}.`, {
      hint: "Settings, Wall links shows from where it may. Allow this address there; the screen tries again by itself.",
    }),
  crowded: (most: number) =>
    refuse("wall-crowded", `This link is open on ${most} screens, which is the most.`, {
      hint: "Make a link for each screen in Settings, Wall links.",
    }),
} as const;

/** On the screen. */
export const WALL = {
  title: "Wall",
  connecting: "Connecting to Regent",
  picture: "Nodes",
  counts: "Nodes by state",
  attention: "Needs attention",
  more: (count: number): string => `and ${count} more`,
  legend: "Legend",
  noData: "No data",
  old: "Older than a minute",
  staleData: (span: string): string => `Data is ${span} old`,
  neverMeasured: "No data yet",
  summary: (nodes: number, groups: number, color: string, attention: number): string =>
    `${counted(nodes, "node")} in ${counted(groups, "group")}, coloured by ${color}. ${attention === 1 ? "1 node needs" : `${attention} nodes need`} attention.`,
  noNodes: "No node matches this view.",
  isolated: ({ silent, total }: { silent: number; total: number }): string =>
    `Isolated: ${NUMBER.format(silent)} of ${NUMBER.format(total)} nodes do not answer, none is fenced`,
  unpaired: "This screen shows nothing yet",
  pair: "Scan this code with a phone that is signed in to Regent as an Admin.",
  pairQr: "QR code that leads to a new wall link for this screen",
  pairCode: (code: string): string => `Code ${code}`,
  allowSound: "Turn the sound on",
  oldBrowser: "This browser is too old for the wall. It needs Chromium 123, Firefox 120 or Safari 17.5, or a newer one.",
  failed: "The picture could not be drawn. It starts again in a minute.",
} as const;

/** So short that seven of them stand beside each other, in letters that are read from afar. */
export const WALL_GROUPS = {
  failed: "Failed",
  fenced: "Fenced",
  inadequate: "Inadeq.",
  maintenance: "Maint.",
  active: "Active",
  progress: "Joining",
  candidate: "Cand.",
  quiet: "Out",
} as const satisfies Record<StatusGroup, string>;

/** In the legend, which is read by whoever walks up. */
export const WALL_LEGEND = {
  failed: "Failed",
  fenced: "Fenced",
  inadequate: "Inadequate",
  maintenance: "Maintenance",
  active: "Active",
  progress: "Joining",
  candidate: "Candidate",
  quiet: "Rejected or out",
} as const satisfies Record<StatusGroup, string>;

/** Labels that would be cut off, or would push others off the screen: longer than the nodes below them, or than their part of a line. */
const SHORT: Readonly<Record<string, string>> = {
  [NODE_STATUSES.EnteringMaintenance.label]: "To maint.",
  [NODE_STATUSES.InMaintenance.label]: "In maint.",
  [COLORS.readiness.label]: "Readiness",
  [READINESS.ready.label]: "Ready",
  [READINESS.noRoom.label]: "No room",
  [READINESS.refused.label]: "Blocked",
};
export const wallWord = (label: string): string => SHORT[label] ?? label;
