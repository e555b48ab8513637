import { counted } from "./counted";

/** Ready alarms on the first visit. */
export const SUGGESTIONS = {
  title: "Suggested alarms",
  first: "Nothing is watched yet",
  help: "Begin with what most regions watch. Each can be changed or deleted later.",
  tell: "Tell",
  nobody: "Nobody yet",
  tellHelp: "When one is in alarm, and when it is OK again.",
  add: (count: number): string => (count === 1 ? "Add this one" : `Add these ${count}`),
  none: "Choose at least one.",
  adding: (done: number, all: number): string => `${done} of ${all} added`,
  added: (count: number): string => `${counted(count, "alarm")} added.`,
  refused: (count: number): string => `${counted(count, "alarm")} could not be added.`,
  own: "Or make one of your own",
} as const;
