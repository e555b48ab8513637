import { describe, expect, it } from "vitest";
import { PERMISSIONS, permits, permissionRefusal, USER_ROLES, type Permission, type UserRole } from "./permissions";
import { NODE_FILTERS, NODE_STATUS_IDS, NODE_STATUSES, type NodeFilter, type NodeStatus } from "./status";

describe("statuses", () => {
  it("are thirteen, each under its own name", () => {
    expect(NODE_STATUS_IDS).toHaveLength(13);
    for (const id of NODE_STATUS_IDS) expect(NODE_STATUSES[id].id).toBe(id);
    expect(new Set(NODE_STATUS_IDS.map((id) => NODE_STATUSES[id].label)).size).toBe(13);
  });

  it("count as joined unless before the join or gone", () => {
    for (const id of NODE_STATUS_IDS) expect(NODE_STATUSES[id].joined).toBe(!["pre-join", "terminal"].includes(NODE_STATUSES[id].class));
  });
});

describe("built-in filters", () => {
  const shown = (filter: NodeFilter, candidate: boolean) =>
    NODE_STATUS_IDS.filter((status: NodeStatus) => NODE_FILTERS[filter].matches({ status, candidate }));

  it("show one status each, Candidate all that are on their way", () => {
    expect(shown("active", false)).toEqual(["Active"]);
    expect(shown("inadequate", true)).toEqual(["Inadequate"]);
    expect(shown("inMaintenance", false)).toEqual(["InMaintenance"]);
    expect(shown("candidate", false)).toEqual([]);
    const candidates = shown("candidate", true);
    expect(candidates).toEqual(expect.arrayContaining(["Candidate", "Approved"]));
    for (const status of ["Inadequate", "Rejected", "Out"]) expect(candidates).not.toContain(status);
  });
});

describe("permissions", () => {
  const all = Object.keys(PERMISSIONS) as Permission[];
  const roles = Object.keys(USER_ROLES) as UserRole[];

  it("rise with the role", () => {
    for (const permission of all) {
      const allowed = roles.filter((role) => permits(role, permission));
      expect(allowed).toEqual(roles.slice(roles.indexOf(PERMISSIONS[permission])));
    }
  });

  it("let a viewer only look, and keep his own account and his own views", () => {
    expect(all.filter((permission) => permits("viewer", permission)).toSorted()).toEqual([
      "event.read",
      "node.configure",
      "node.read",
      "operation.read",
      "self.account",
      "self.preferences",
      "view.save",
    ]);
    expect(all.filter((permission) => !permits("operator", permission)).toSorted()).toEqual([
      "node.fence",
      "node.force",
      "node.power",
      "node.remove",
      "node.retrust",
      "settings.manage",
      "user.manage",
      "view.manage",
      "wall.manage",
    ]);
  });

  it("name the role that is missing", () => {
    expect(permissionRefusal("node.join").reason).toBe("You need the Operator role.");
    expect(permissionRefusal("node.retrust").reason).toBe("You need the Admin role.");
  });
});
