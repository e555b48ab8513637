/** Which unit tests that failed have a second try. Uses no package. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "./data-folder.mjs";

/** What failed, as Vitest lists it at its end: a file, and what in it. How many files that were, and what else went wrong. */
const FAILED = /^ FAIL {2}(\S+) *(.*)$/gm;
const FILES_FAILED = /^ *Test Files {2}(\d+) failed/m;
const OTHER_ERRORS = /^ *Errors {2}\d+ error/m;

/** More files than these at once are no accident. */
const MOST_FILES = 2;

/**
 * The files that failed, when it may be by accident: few, nothing else went wrong, and none tests with chance values, for other values
 * that pass say nothing of those that did not. Else null.
 * @param {string[]} outputs of each run of Vitest that failed
 * @returns {{ files: string[], names: string[] } | null} names: of each test that failed, or of the file that could not begin
 */
export function mayFailByAccident(outputs) {
  const runs = outputs.map((output) => failuresOf(stripVTControlCharacters(output)));
  const files = [...new Set(runs.flatMap((failures) => failures.map(({ file }) => file)))];
  const told = files.length > 0 && runs.every((failures) => failures.length > 0);
  if (!told || files.length > MOST_FILES || files.some(isByChance)) return null;
  return { files, names: runs.flatMap((failures) => failures.map(({ file, what }) => `${file} ${what}`)) };
}

const CHANCE = /fast-check|Math\.random|randomFrom/;
/** Also what is no file: then the words were not understood. */
const isByChance = (file) => !existsSync(join(root, file)) || CHANCE.test(readFileSync(join(root, file), "utf8"));

/** None when they are not all that went wrong: a run that ended before its summary, or an error outside of every test. */
function failuresOf(text) {
  const failures = [...text.matchAll(FAILED)].map(([, file, what]) => ({ file, what }));
  const files = new Set(failures.map(({ file }) => file)).size;
  return Number(FILES_FAILED.exec(text)?.[1]) === files && !OTHER_ERRORS.test(text) ? failures : [];
}
