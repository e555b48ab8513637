import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import type { Outcome } from "@/lib/outcome";
import { addUser, noDatabase, ownDatabase, unlessSkipped } from "../testing";
import { deleteView } from "./delete";
import { listViews, type SavedView } from "./list";
import { MOST_VIEWS, saveView } from "./save";

type Person = Awaited<ReturnType<typeof addUser>>;

describe.skipIf(noDatabase)(unlessSkipped("saved views"), { timeout: 60_000 }, () => {
  let drop: () => Promise<void>;
  let viewer: Person, operator: Person, admin: Person;
  beforeAll(async () => {
    ({ drop } = await ownDatabase());
  }, 60_000);
  afterAll(() => drop?.());
  beforeEach(async () => {
    await db.savedView.deleteMany();
    [viewer, operator, admin] = await Promise.all([addUser("Vera", "viewer"), addUser("Olga", "operator"), addUser("Ada", "admin")]);
  });

  const value = <T>(outcome: Outcome<T>): T => {
    if (!outcome.ok) throw new Error(outcome.reason);
    return outcome.value;
  };
  const save = (by: Person, name: string, view: { address?: string; shared?: boolean } = {}) =>
    saveView({ name, address: "q=tag+%3D+gpu", shared: false, ...view }, by.call());
  const saved = async (...given: Parameters<typeof save>) => value(await save(...given)).id;
  const seen = async (by: Person): Promise<SavedView[]> => value(await listViews({}, by.call()));
  const names = async (by: Person) => (await seen(by)).map(({ name }) => name);

  it("are their owner's, and everybody's when they are shared", async () => {
    await saved(viewer, "Mine");
    await saved(operator, "Ours", { shared: true });
    await saved(operator, "Hers");
    expect([await names(viewer), await names(operator), await names(admin)]).toEqual([["Mine", "Ours"], ["Hers", "Ours"], ["Ours"]]);
    expect(await seen(viewer)).toMatchObject([
      { name: "Mine", mine: true, owner: "Vera", mayDelete: true, shared: false },
      { name: "Ours", mine: false, owner: "Olga", mayDelete: false, shared: true },
    ]);
  });

  it("hold the list's own text for the address, and nothing else that was sent", async () => {
    await saved(viewer, "Busy", { address: "?do=rename&node=1&q=CPU%3E80%25&sort=-cpu&sort=ip&columns=x,cpu&x=%00" });
    expect(await seen(viewer)).toMatchObject([{ address: "q=cpu+%3E+80%25&sort=-cpu&columns=name%2Ccpu" }]);
  });

  it("are shared by operators", async () => {
    expect(await save(viewer, "For all", { shared: true })).toMatchObject({
      ok: false,
      code: "forbidden",
      reason: "You need the Operator role.",
    });
    expect(await seen(operator)).toEqual([]);
  });

  it("have a name of their own, also for two who press at once", async () => {
    const answers = await Promise.all(["Rack A", "rack a", "RACK A"].map((name) => save(viewer, name)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ code: "name-taken", field: "name" });
    expect((await save(operator, "Rack A")).ok).toBe(true);
  });

  it("are not kept without end", async () => {
    const updatedAt = new Date();
    await db.savedView.createMany({
      data: Array.from({ length: MOST_VIEWS }, (_, index) => ({ ownerId: viewer.id, name: `view ${index}`, address: "", updatedAt })),
    });
    expect(await save(viewer, "one more")).toMatchObject({ ok: false, code: "too-many-views" });
  });

  it("are deleted by their owner, and shared ones by an administrator too", async () => {
    const [own, shared, hidden] = [
      await saved(viewer, "Own"),
      await saved(operator, "Shared", { shared: true }),
      await saved(operator, "Hidden"),
    ];
    const remove = (by: Person, viewId: string) => deleteView({ viewId }, by.call());
    expect(await remove(viewer, shared)).toMatchObject({ ok: false, reason: "Only Olga or an Admin can delete this view." });
    expect(await remove(admin, hidden)).toMatchObject({ ok: false, code: "view-gone" });
    expect([(await remove(viewer, own)).ok, (await remove(admin, shared)).ok, (await remove(operator, hidden)).ok]).toEqual([
      true,
      true,
      true,
    ]);
    expect(await remove(viewer, own)).toMatchObject({ ok: false, code: "view-gone" });
    expect(await db.savedView.count()).toBe(0);
  });

  it("go with their owner", async () => {
    await saved(operator, "Ours", { shared: true });
    await db.user.delete({ where: { id: operator.id } });
    expect(await seen(viewer)).toEqual([]);
  });
});
