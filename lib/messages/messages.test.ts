import { describe, expect, it } from "vitest";
import { LINKS_NOT_READY, ROLE_INVALID, moreThanOneNode, SINGLE_NODE } from "../domain/guards";
import { ADD_CANDIDATE, COMMANDS, MAINTENANCE_NEEDS, REMOVE_NEEDS } from "../domain/lifecycle";
import { COLUMN_IDS } from "../domain/node-sort";
import { NODE_ROLES } from "../domain/roles";
import { NODE_FILTERS, NODE_STATUSES } from "../domain/status";
import * as messages from ".";
import seed from "./messages.seed.json";

const CONSTANTS = { LINKS_NOT_READY, ROLE_INVALID, SINGLE_NODE, MAINTENANCE_NEEDS, REMOVE_NEEDS };
const alone = moreThanOneNode(
  { name: "a", ip: "10.0.0.1", status: "Active", role: "Worker", hostKeyChanged: false, inspectedAt: null },
  {
    role: "admin",
    now: new Date(0),
    settings: { requirements: {} as never, inspectionFreshnessMinutes: 1, requireControlFirst: false },
    region: { joinedCount: 1, activeCount: 1, controlCount: 0, activeControlCount: 0 },
    activeOperation: null,
  },
);

/** Every text anywhere in the catalogue; templates are filled with their own placeholders. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}

const CATALOGUE = texts([
  messages,
  CONSTANTS,
  NODE_STATUSES,
  NODE_FILTERS,
  NODE_ROLES,
  COMMANDS,
  ADD_CANDIDATE,
  alone,
  messages.TOASTS.forced("[name]"),
]);

const MACHINE = [
  messages.MACHINE.timeout("10.20.1.40", 22, 5),
  messages.MACHINE.unreachable("10.20.1.40"),
  messages.MACHINE.refused("10.20.1.40", 22),
  messages.MACHINE.notSsh("10.20.1.40", 22),
  messages.MACHINE.hostKeyChanged("10.20.1.40"),
  messages.MACHINE.authRefused("10.20.1.40"),
  messages.MACHINE.keyRefused("10.20.1.40", "root"),
  messages.MACHINE.penalised("10.20.1.40", 30),
  messages.MACHINE.connectionLost("10.20.1.40"),
  messages.MACHINE.commandTimeout("10.20.1.40", "probe", 10),
  messages.MACHINE.outputTooLarge("10.20.1.40", "probe", 262_144),
  messages.MACHINE.commandFailed("10.20.1.40", "installPackages", 100, "E: Unable to locate package"),
  messages.MACHINE.badAnswer("10.20.1.40", "probe"),
];

describe("the catalogue", () => {
  it("names the columns in the order of the list", () => expect(Object.keys(messages.COLUMNS)).toEqual(COLUMN_IDS));

  it.each(seed)("says exactly: %s", (sentence) => expect(CATALOGUE).toContain(sentence));

  it("says what a machine did, and what to do", () => {
    for (const { reason, hint } of MACHINE) {
      expect(reason).toContain("10.20.1.40");
      expect(hint).toMatch(/^[A-Z“].*\.$/);
    }
    expect(messages.failed("add", MACHINE[0]!.reason)).toBe(
      "Failed to add candidate node. 10.20.1.40 did not answer on port 22 within 5 s.",
    );
    expect(MACHINE[2]!.reason).toBe("10.20.1.40 refused the connection: SSH service is not running.");
    expect(MACHINE[5]!.reason).toBe("10.20.1.40 rejected the user or password.");
    expect(messages.IDENTITY.taken("10.20.1.40", "compute-west-07").reason).toBe("10.20.1.40 already belongs to compute-west-07.");
  });

  it("tells the documented causes apart", () => {
    const causes = ["timeout", "unreachable", "refused", "auth-refused", "host-key-changed", "constructor"].map(messages.documentedCause);
    const [address, login, service] = messages.CAUSES.add;
    expect(causes).toEqual([address, address, service, login, null, null]);
  });

  it("keeps to its tone", () => {
    for (const text of [...CATALOGUE, ...texts(MACHINE)]) expect(text).not.toMatch(/please|oops|!|\bsorry\b/i);
  });
});
