/** Saved views of the Nodes list. Apart from the list, which needs none of these words before it is asked for them. */
import { refuse, type Refusal } from "../outcome";

export const VIEWS = {
  sharedEvent: (who: string, view: string): string => `${who} shared the view “${view}” with everybody.`,
  deletedEvent: (who: string, view: string, owner: string): string => `${who} deleted the shared view “${view}” of ${owner}.`,
  save: "Save this view",
  submit: "Save",
  nameHelp: "Up to 60 characters.",
  share: "Share with everybody",
  none: "No views yet. Set a filter, a sorting or columns, and save them under a name.",
  unreached: "Saved views did not load.",
  shareHelp: "Everybody in this region sees it. Only you or an Admin can delete it.",
  noShare: (reason: string): string => `Only you will see it. To share a view: ${reason}`,
  notSaved: refuse("unreached", "Regent did not answer.", { hint: "Press Save again: a view of this name is never saved twice." }),
  saved: (name: string) => `View “${name}” saved.`,
  deleted: (name: string) => `View “${name}” deleted.`,
  ask: (name: string) => `Delete “${name}”?`,
  nameTaken: (name: string): Refusal =>
    refuse("name-taken", `You have a view “${name}” already.`, { hint: "Choose another name, or delete that view first.", field: "name" }),
  tooMany: (most: number): Refusal =>
    refuse("too-many-views", `You keep ${most} views, which is the most.`, { hint: "Delete one that you no longer need." }),
  gone: refuse("view-gone", "This view is not there any more.", { hint: "Open Saved views again." }),
  notYours: (owner: string): Refusal =>
    refuse("forbidden", `Only ${owner} or an Admin can delete this view.`, { hint: "Ask one of them, or save a view of your own." }),
} as const;
