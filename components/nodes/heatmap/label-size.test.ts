import { expect, it } from "vitest";
import { deskText, nameRoom } from "./label-size";

const value = deskText("value").sizeIn;

it("writes values the larger the larger the cells are, and in usual ones as text is", () => {
  expect([18, 24, 30, 62].map(value)).toEqual([8, 9, 12, 12]);
  expect([114, 234].map(value)).toEqual([22, 46]);
});

it("has room for a whole name where there are few on a usual screen, and in all larger cells", () => {
  expect([22, 62].map(nameRoom)).toEqual([4, 8]);
  for (const cell of [114, 158, 234]) expect(nameRoom(cell)).toBeGreaterThanOrEqual("compute-west-09".length);
});
