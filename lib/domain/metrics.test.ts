import { expect, it } from "vitest";
import { CODE_MAX, decodeValue, encodeValue, GAP, METRIC_IDS, METRICS } from "./metrics";

const SHARE_MAX = 2000;

it.each(METRIC_IDS)("every code of %s comes back from its value, which is whole but for shares and loads", (id) => {
  const { unit } = METRICS[id];
  const fraction = unit === "share" || unit === "load";
  for (let code = 0; code <= (unit === "share" ? SHARE_MAX : CODE_MAX); code += 1) {
    const value = decodeValue(id, code) ?? Number.NaN;
    if (encodeValue(id, value) !== code || !(fraction || Number.isInteger(value))) expect.fail(`${code} is ${value}`);
  }
  expect([encodeValue(id, null), encodeValue(id, Number.NaN), decodeValue(id, GAP)]).toEqual([GAP, GAP, null]);
});
