/** Whom Regent tells: mail server, targets, and what became of what was told. */
import { refuse, type Refusal } from "../outcome";
import { counted } from "./counted";

export const NOTIFY = {
  unreadable: "A note of another version of Regent",
  serverFails: (host: string, problem: string): string => `The mail server ${host} fails: ${problem} What is to be told waits.`,
  serverWorks: (host: string): string => `The mail server ${host} works again. What waited is being sent.`,
  targetFails: (name: string, problem: string): string => `“${name}” can not be told: ${problem}`,
  targetWorks: (name: string): string => `“${name}” can be told again.`,
  dead: (name: string, notes: number, answer: string): string =>
    `What was to be told to “${name}” was given up after 24 hours (${counted(notes, "note")}): ${answer}`,
  fault: (reference: string): Refusal =>
    refuse("fault", `Regent failed inside itself. Reference ${reference}.`, {
      hint: "The worker's log has the cause under this reference.",
    }),
} as const;
