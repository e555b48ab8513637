/** One command as a simulated server meets it. */
import type { Faults } from "@/lib/demo/faults";
import type { DemoServer } from "@/lib/demo/fleet";

export type Exec = {
  server: DemoServer;
  /** The demo's state folder. */
  folder: string;
  faults: Faults;
  /** Everything the client sent, when it has closed its end. */
  stdin: Promise<string>;
  /** Resolves when the client can take more. */
  out: (text: string) => Promise<void>;
  err: (text: string) => void;
  /** Whether the client has left. */
  gone: () => boolean;
  /** Breaks the connection, as a cable that is pulled out. */
  drop: () => void;
  /** Breaks every connection of the server, as when it goes down. */
  cut: () => void;
};

/** Seconds since 1970. */
export const clock = (): number => Date.now() / 1000;

/** A package or a unit. */
export const NAME = /^[a-z0-9][a-zA-Z0-9.+@_-]*$/;

/** The names on standard input, or null when something else stands there. */
export async function namesOf(stdin: Promise<string>): Promise<string[] | null> {
  const names = (await stdin).split("\n").filter((line) => line !== "");
  return names.every((name) => NAME.test(name)) ? names : null;
}

/** The answer of every script to input that is not names. */
export async function refused({ out }: Exec): Promise<number> {
  await out("@@refused\n");
  return 64;
}
