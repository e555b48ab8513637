/** The longer searches, one line each, and the story of whatever is found. */
import { DEEP_DEFECTS, SMALL, WIDE } from "./defects";
import { search, type Result } from "./search";

const line = (title: string, { states, transitions, depth, ms, heapMB, complete }: Result): string =>
  `${title}: ${states} states, ${transitions} transitions, depth ${depth}, ${(ms / 1000).toFixed(1)} s, ${heapMB} MB, ${complete ? "to the end" : "up to the bound"}`;
const story = ({ found }: Result): string => (found ? `  ${found.broken} is broken:\n    ${found.story.join("\n    ")}` : "");

/** Whether what is there has no bad state and every planted defect was found. */
export function searchWide(maxStates: number): boolean {
  let sound = true;
  for (const { title, first } of [...SMALL, ...WIDE]) {
    const result = search(first, [], maxStates);
    console.log(line(title, result));
    if (!result.found) continue;
    sound = false;
    console.log(story(result));
  }
  for (const { without, breaks, first } of DEEP_DEFECTS) {
    const result = search(first, without, maxStates);
    console.log(line(`without ${without.join(" and ")}`, result));
    console.log(story(result) || "  NOT FOUND");
    sound &&= result.found?.broken === breaks;
  }
  return sound;
}
