import { FAILURES, TOASTS } from "@/lib/messages/mission";
import type { Words } from "./follow";

export const ADD_WORDS: Words = { progress: TOASTS.addStarted, success: TOASTS.added, failure: FAILURES.add };
export const MODIFY_WORDS: Words = { progress: TOASTS.modifyStarted, success: TOASTS.modified, failure: FAILURES.modify };
export const JOIN_WORDS: Words = { progress: TOASTS.joinStarted, success: TOASTS.joined, failure: FAILURES.join };
export const inspectWords = (name: string): Words => ({
  progress: TOASTS.reinspectStarted(name),
  success: TOASTS.reinspected(name),
  failure: FAILURES.reinspect,
});
