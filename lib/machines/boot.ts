/** Which boot of a machine runs, and how it is ended. */
import { deedRefusal } from "../messages/hypervisor";
import { done, type Outcome } from "../outcome";
import { ask } from "./ask";
import type { Machine } from "./dial";
import { parseDeed } from "./parse-deed";

/** The kernel's own name for this boot: another one after each restart. */
export async function bootOf(machine: Machine): Promise<Outcome<string>> {
  const deed = await ask(machine, "bootNow", parseDeed);
  if (!deed.ok) return deed;
  if (!deed.value.done)
    return deedRefusal(deed.value.word, "The boot could not be read", { ...deed.value, ip: machine.ip, peer: machine.ip });
  return done(deed.value.word);
}

/** Restarts the machine if this boot still runs. "asked": it goes down in two seconds; "restarted": it has done so already. */
export async function rebootOnce(machine: Machine, bootId: string): Promise<Outcome<"asked" | "restarted">> {
  const deed = await ask(machine, "reboot", parseDeed, [bootId]);
  if (!deed.ok) return deed;
  if (!deed.value.done)
    return deedRefusal(deed.value.word, "The machine could not be restarted", { ...deed.value, ip: machine.ip, peer: machine.ip });
  return done(deed.value.word === "restarted" ? "restarted" : "asked");
}
