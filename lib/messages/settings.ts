/** How the console looks and which keys it has, for one person. */

export const APPEARANCE = {
  help: "These hold for you alone. They are saved as you choose them; the theme is kept in this browser.",
  timeZone: "Time zone",
  opened: (moment: string): string => `This page was opened at ${moment}.`,
  singleKeys: "Single-key shortcuts",
  singleKeysHelp: "Keys such as / and ? act without Ctrl or Alt. Switch them off when you dictate, or press them by accident.",
  showKeys: "Show keyboard shortcuts",
  system: "Motion follows your system: where it asks for reduced motion, nothing moves. Contrast and forced colours follow it too.",
} as const;

export const SHORTCUT_SHEET = {
  title: "Keyboard shortcuts",
  keys: "Keys",
  anywhere: "Anywhere",
  off: "Single-key shortcuts are off.",
  offHelp: "Only the keys with Ctrl or ⌘ and those of the list act.",
  switchOn: "Switch them on in Settings",
  /** Between keys that follow one another, and between those of which one will do. */
  next: "then",
  or: "or",
} as const;
