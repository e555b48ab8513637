/** What of Vitest's own words gives a file a second try. */
import { describe, expect, it } from "vitest";
import { mayFailByAccident } from "./second-try.mjs";

const ALARMS = "lib/services/alarms/mutes.test.ts";
const CUT = "lib/worker/cut-off.test.ts";
const output = (files: number, ...lines: string[]) => `${lines.join("\n")}\n\n Test Files  ${files} failed | 201 passed (203)\n`;
const failure = (file: string, test = "") => `\u001b[41m\u001b[1m FAIL \u001b[22m\u001b[49m ${file}${test}`;

describe("unit tests that failed", () => {
  it("have a second try by their files, and are named", () => {
    const tests = [failure(ALARMS, " > alarms > is muted"), failure(ALARMS, " > alarms > is told")];
    expect(mayFailByAccident([output(1, ...tests), output(1, failure(CUT, ` [ ${CUT} ]`))])).toEqual({
      files: [ALARMS, CUT],
      names: [`${ALARMS} > alarms > is muted`, `${ALARMS} > alarms > is told`, `${CUT} [ ${CUT} ]`],
    });
  });

  it("have none when something else went wrong too", () => {
    expect(mayFailByAccident([output(2, failure(ALARMS))])).toBeNull();
    expect(mayFailByAccident([`${output(1, failure(ALARMS))}      Errors  1 error\n`])).toBeNull();
    expect(mayFailByAccident([output(1, failure(ALARMS)), "Killed"])).toBeNull();
    expect(mayFailByAccident([])).toBeNull();
  });

  it("have none when they are many, or test with chance values", () => {
    const three = [ALARMS, CUT, "lib/launch/start.test.ts"];
    expect(mayFailByAccident([output(3, ...three.map((file) => failure(file)))])).toBeNull();
    for (const file of ["lib/domain/alarms/mute.test.ts", "lib/worker/alarms/rounds.test.ts", "lib/services/nodes/storm.test.ts"])
      expect(mayFailByAccident([output(1, failure(file, " > weekly windows"))])).toBeNull();
    expect(mayFailByAccident([output(1, failure("lib/of-no-file.test.ts"))])).toBeNull();
  });
});
