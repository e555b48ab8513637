/** What keeps the region sound, each of which the search can take away; it must find what then goes wrong. */
export const SAFEGUARDS = {
  regionLock: "The region's row is locked from the decision to its commit (lib/services/region.ts)",
  version: "A command on a view that is no longer true is refused (lib/services/nodes/guard.ts)",
  attempt: "A commit under an older attempt is refused (lib/services/operations/lock.ts)",
  machineFence: "The machine refuses an older attempt than it has seen (lib/machines/scripts/migrate.ts)",
  lookFirst: "A step looks whether it is already so (lib/worker/drain/move-vm.ts)",
  promises: "What plans have promised is taken off a target (lib/services/maintenance/facts.ts)",
  ownMoved: "A plan made anew counts what the same drain has moved already (lib/services/maintenance/facts.ts)",
  cancelledMoves: "What a cancelled drain still moves counts as promised until it is settled (lib/services/maintenance/facts.ts)",
  wayBack: "Who comes back takes no room that was promised (lib/worker/drain/lines.ts)",
  timer: "Force Maintenance waits for its safety timer (lib/services/maintenance/force-challenge.ts)",
  sameAdmin: "Who confirms a force is who asked for it (lib/services/maintenance/force-challenge.ts)",
  usedUp: "A confirmation of a force is used up (lib/services/maintenance/force-challenge.ts)",
  boundToVersion: "A confirmation of a force is for the node as it was seen (lib/services/maintenance/force.ts)",
  drainedSeen: "Drained is what the node says (lib/worker/workflows/maintenance.ts)",
  movedSeen: "Moved is what the target says (lib/worker/drain/move-vm.ts)",
  arrivals: "A drain waits for VMs that are on their way to its node (lib/worker/drain/arrivals.ts)",
  activeTarget: "A move begins only while its target is Active, with the region locked (lib/worker/drain/lines.ts)",
  standsStill: "A VM gets another target only when the source says that it stands still (lib/worker/drain/drain.ts)",
  lookEverywhere: "A VM is called lost only when no node of the region runs it (lib/worker/drain/drain.ts)",
  // Within about two seconds in truth, for which the search has no word.
  watch: "A paused worker that wakes finds its operation ended, and its connection is cut (lib/worker/held.ts)",
  unknownStays: "A VM whose move ended unheard of keeps what was promised to it (lib/worker/drain/drain.ts)",
  stopAgain: "What a cancel could not stop at first is stopped when it looks (lib/worker/workflows/cancel-maintenance.ts)",
  cutOffSeen: "After a force, what was moving is where a hypervisor says (lib/worker/workflows/force-maintenance.ts)",
  leftovers: "A drain that is taken up ends the migrations of the one before (lib/worker/workflows/maintenance.ts)",
  standing: "A drain that fails says why it waits, and has no deadline (lib/services/operations/fail.ts)",
  deadlines: "A node fails with the operation that brings it into service (lib/services/operations/fail.ts)",
  endRunning: "Force and cancel end the operation that runs (lib/services/operations/end-running.ts)",
  table: "Whoever moves a node asks the lifecycle first (lib/domain/lifecycle.ts)",
  evidence: "Fenced is only what is shown to be off (the lifecycle's T22 to T24)",
  removeLooks: "A node is removed after a look that nothing runs on it (lib/worker/workflows/remove.ts)",
} as const satisfies Record<string, string>;

export type Safeguard = keyof typeof SAFEGUARDS;
/** Those that are taken away. */
export type Without = ReadonlySet<Safeguard>;
