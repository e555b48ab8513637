import { describe, expect, it } from "vitest";
import { formatLeft, userRefusal, type UserChange, type UserFacts } from "./users";

const ada: UserFacts = { id: "a", name: "Ada", role: "admin", disabled: false };
const bob: UserFacts = { id: "b", name: "Bob", role: "admin", disabled: false };
const code = (change: UserChange, user: UserFacts, admins = 2, actorId = "a") => userRefusal(change, user, { actorId, admins })?.code;
const ENDS = [{ what: "role", role: "viewer" }, { what: "disable" }, { what: "remove" }] as const;

describe("a change of a user", () => {
  it.each(ENDS)("$what is possible on another Admin while there are two", (change) => {
    expect(code(change, bob)).toBeUndefined();
  });

  it.each(ENDS)("$what never takes the last Admin, whoever asks", (change) => {
    expect([code(change, bob, 1), code(change, ada, 1)]).toEqual(["last-admin", "last-admin"]);
    expect(userRefusal(change, bob, { actorId: "a", admins: 1 })?.reason).toBe("Bob is the last Admin who can sign in.");
  });

  it.each(ENDS)("$what of oneself is refused, and the sentence says who can", (change) => {
    expect(userRefusal(change, ada, { actorId: "a", admins: 2 })).toMatchObject({ code: "own-account", hint: "Another Admin can." });
  });

  it("does not count an Admin who is disabled as one that is lost", () => {
    expect(code({ what: "remove" }, { ...bob, disabled: true }, 1)).toBeUndefined();
    expect(code({ what: "role", role: "viewer" }, { ...bob, disabled: true }, 1)).toBeUndefined();
  });

  it("says when nothing would change", () => {
    expect(code({ what: "role", role: "admin" }, bob)).toBe("same-role");
    expect(code({ what: "enable" }, bob)).toBe("enabled");
    expect(code({ what: "disable" }, { ...bob, disabled: true })).toBe("disabled");
    expect(code({ what: "enable" }, { ...bob, disabled: true })).toBeUndefined();
  });

  it("gives a link for a password to others who may sign in, and resets only the second factor of others", () => {
    expect(code({ what: "password-link" }, bob)).toBeUndefined();
    expect(code({ what: "password-link" }, { ...bob, disabled: true })).toBe("disabled");
    expect([code({ what: "password-link" }, ada), code({ what: "factor-reset" }, ada)]).toEqual(["own-account", "own-account"]);
    expect(code({ what: "factor-reset" }, bob)).toBeUndefined();
  });
});

it("counts the time of a link down", () => {
  const left = [600_000, 580_001, 61_000, 5_000, 400, 0, -5].map(formatLeft);
  expect(left).toEqual(["10:00", "9:41", "1:01", "0:05", "0:01", "0:00", "0:00"]);
  expect([3_600_000, 86_400_000 * 7].map(formatLeft)).toEqual(["1 h", "7 d"]);
});
