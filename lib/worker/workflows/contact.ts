import { readHostKey } from "../../machines/dial";
import { ContactResult } from "../../domain/requests";
import { db } from "../../db";
import { beginStep, endStep } from "../../services/operations/steps";
import { addressOf } from "../reach";
import { ended, keepResult, type Step } from "./step";

const RUNGS = ["tcp", "banner", "hostKey"] as const;

/** TCP, banner and host key in one connection that ends before any authentication; each rung is shown as it is reached. */
const climb: Step = async (operation) => {
  const address = addressOf(operation.ip);
  if (!address.ok) return address;
  let shown = Promise.resolve();
  const onRung = (rung: (typeof RUNGS)[number], detail: string) => {
    const next = RUNGS[RUNGS.indexOf(rung) + 1];
    shown = shown.then(async () => {
      await endStep(db, operation.id, rung, "ok", detail);
      if (next) await beginStep(operation, next);
    });
    // Its failure is met below, when the climb has ended; until then nobody waits for it.
    shown.catch(() => undefined);
  };
  const contact = await readHostKey(address.value, { onRung, signal: operation.signal });
  await shown;
  if (!contact.ok) return contact;
  await keepResult(operation, contact.value);
  return ended(contact.value.hostKey.sha256);
};

/** Reached by the climb; after a crash in the middle of it, which proves nothing, climbed again. */
const reached: Step = async (operation) => (ContactResult.safeParse(operation.result).success ? ended("") : climb(operation));

export const contactSteps = { tcp: climb, banner: reached, hostKey: reached };
