import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALARM_STATES, MISSING_DATA, type AlarmState, type MissingData } from "./choices";
import { evaluate, rangeLength } from "./evaluate";
import { ruleOf } from "./rule.sample";

const POINTS = { "0": 0.5, X: 0.9, "-": null } as const;
// Every character of the tables is one of the three.
const pointsOf = (drawn: string) => drawn.split(" ").map((mark) => POINTS[mark as keyof typeof POINTS]);

// The keys of constant objects are exactly their own literal keys.
const STATES = Object.keys(ALARM_STATES) as AlarmState[];
const TREATMENTS = Object.keys(MISSING_DATA) as MissingData[];

const [OK, ALARM, NONE, KEEP] = ["OK", "ALARM", "INSUFFICIENT_DATA", "keep"] as const;

/** Both published tables of CloudWatch, N = 3 and five datapoints looked at; columns: missing, ignore, breaching, notBreaching. */
const PUBLISHED = [
  ["0 - X - X", 3, [OK, OK, OK, OK]],
  ["0 - - - -", 3, [OK, OK, OK, OK]],
  ["- - - - -", 3, [NONE, KEEP, ALARM, OK]],
  ["0 X X - X", 3, [ALARM, ALARM, ALARM, ALARM]],
  ["- - X - -", 3, [ALARM, KEEP, ALARM, OK]],
  ["0 - X - X", 2, [ALARM, ALARM, ALARM, ALARM]],
  ["0 0 X 0 X", 2, [ALARM, ALARM, ALARM, ALARM]],
  ["0 - X - -", 2, [OK, OK, ALARM, OK]],
  ["- - - - 0", 2, [OK, OK, ALARM, OK]],
  ["- - - X -", 2, [ALARM, KEEP, ALARM, OK]],
  // The table of 2018.
  ["- - - - X", 3, [NONE, KEEP, ALARM, OK]],
  ["- - - - X", 2, [NONE, KEEP, ALARM, OK]],
  ["X - - - -", 3, [ALARM, KEEP, ALARM, OK]],
] as const;

describe("the published tables", () => {
  it.each(PUBLISHED)("%s, %s of 3", (drawn, m, answers) => {
    for (const [column, treatMissingData] of (["missing", "ignore", "breaching", "notBreaching"] as const).entries())
      for (const state of STATES) {
        const expected = answers[column] === KEEP ? state : answers[column];
        expect(evaluate(pointsOf(drawn), ruleOf(m, 3, { treatMissingData }), state).state).toBe(expected);
      }
  });
});

/** The rules once more, as their prose has them: by lists, and without anything of the evaluator's own. */
function told(points: readonly (number | null)[], n: number, m: number, treatment: MissingData, state: AlarmState): AlarmState {
  const breaches = (value: number) => value > 0.8;
  const real = points.filter((value) => value !== null);
  if (real.length >= n) return real.slice(-n).filter(breaches).length >= m ? "ALARM" : "OK";
  const bad = real.filter(breaches).length;
  const hasGood = real.some((value) => !breaches(value));
  if (treatment === "breaching") return bad + (n - real.length) >= m ? "ALARM" : "OK";
  if (treatment === "notBreaching") return bad >= m ? "ALARM" : "OK";
  if (bad >= m) return "ALARM";
  if (hasGood) return "OK";
  if (treatment === "ignore") return state;
  const oldest = points.findIndex((value) => value !== null);
  return oldest >= 0 && points.length - oldest >= m ? "ALARM" : "INSUFFICIENT_DATA";
}

const asked = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    m: fc.integer({ min: 1, max: n }),
    points: fc.array(fc.constantFrom(null, null, 0.5, 0.8, 0.9), { maxLength: n + 4 }),
    treatment: fc.constantFrom(...TREATMENTS),
    state: fc.constantFrom(...STATES),
  }),
);

describe("evaluate", () => {
  it("is what its rules say, for every range of any length", () => {
    fc.assert(
      fc.property(asked, ({ n, m, points, treatment, state }) => {
        const { state: becomes, datapoints } = evaluate(points, ruleOf(m, n, { treatMissingData: treatment }), state);
        expect(becomes).toBe(told(points, n, m, treatment, state));
        expect(datapoints).toEqual(points.filter((value) => value !== null).slice(-n));
      }),
      { numRuns: 5000 },
    );
  });

  it("looks two periods further back than it needs datapoints", () => expect(rangeLength(ruleOf(3, 5))).toBe(7));

  it("takes what is no number for missing", () =>
    expect(evaluate([Number.NaN, 0.9], ruleOf(1, 1), "OK")).toMatchObject({ state: "ALARM", datapoints: [0.9] }));

  it.each([
    ["GreaterThanThreshold", "OK", "ALARM"],
    ["GreaterThanOrEqualToThreshold", "ALARM", "ALARM"],
    ["LessThanThreshold", "OK", "OK"],
    ["LessThanOrEqualToThreshold", "ALARM", "OK"],
  ] as const)("compares: %s", (operator, same, above) => {
    const states = [0.8, 0.81].map((value) => evaluate([value], ruleOf(1, 1, { operator }), "OK").state);
    expect(states).toEqual([same, above]);
  });
});

describe("the reason", () => {
  const reason = (drawn: string, m: number, n: number, facts: Parameters<typeof ruleOf>[2] = {}) =>
    evaluate(pointsOf(drawn), ruleOf(m, n, facts), "OK").reason;

  it("counts the datapoints beyond the threshold, and shows them", () => {
    expect(evaluate([0.4, 0.91, 0.804, 0.7, 0.85], ruleOf(3, 5), "OK").reason).toBe(
      "3 out of the last 5 datapoints [40 %, 91 %, 80.4 %, 70 %, 85 %] were greater than the threshold (80 %).",
    );
    expect(reason("0 X 0", 2, 3)).toBe(
      "1 out of the last 3 datapoints [50 %, 90 %, 50 %] was greater than the threshold (80 %); an alarm needs 2.",
    );
    expect(reason("0 0", 1, 2)).toBe("None of the last 2 datapoints [50 %, 50 %] was greater than the threshold (80 %).");
    expect(reason("0", 1, 1)).toBe("The last datapoint [50 %] was not greater than the threshold (80 %).");
  });
  it("says what became of missing ones", () => {
    expect(reason("- X X -", 2, 3)).toBe(
      "2 out of the last 2 datapoints [90 %, 90 %] were greater than the threshold (80 %); 1 datapoint was missing.",
    );
    expect(reason("- - - - -", 3, 3, { treatMissingData: "breaching" })).toBe(
      "No datapoint was received for 5 periods; 3 missing datapoints were treated as breaching.",
    );
    expect(reason("- X -", 2, 2, { treatMissingData: "notBreaching" })).toBe(
      "The last datapoint [90 %] was greater than the threshold (80 %); 1 missing datapoint was treated as not breaching.",
    );
    expect(reason("- - X", 2, 3, { treatMissingData: "ignore" })).toBe(
      "The last datapoint [90 %] was greater than the threshold (80 %); 2 datapoints were missing, so the state is kept.",
    );
  });
  it("tells no data from too little of it", () => {
    expect(reason("- - -", 1, 1)).toBe("No datapoint was received for 3 periods.");
    expect(reason("- - X", 2, 3)).toBe("The last datapoint [90 %] was greater than the threshold (80 %); 2 datapoints were missing.");
    expect(reason("- - X - -", 3, 3)).toBe(
      "The last datapoint [90 %] was greater than the threshold (80 %); 2 datapoints were missing, and nothing else has been received for 3 periods.",
    );
  });
  it("shows ten datapoints at most", () => {
    const { reason: long } = evaluate(Array<number>(500).fill(0.9), ruleOf(500, 500), "OK");
    expect(long).toBe(
      `500 out of the last 500 datapoints […, ${Array<string>(10).fill("90 %").join(", ")}] were greater than the threshold (80 %).`,
    );
  });
});
