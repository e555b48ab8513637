/** How the tests on real hosts begin and end: with a lab of their own and, where they want one, with a region in it. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import type { Browser, Page } from "playwright";
import { db } from "../../lib/db";
import { closeSamplePool } from "../../lib/services/metrics/pool";
import { joinNode } from "../../lib/services/nodes/join";
import { openBrowser, openPage, setUpAdministrator } from "./browser";
import { ADMIN, available, down, up, type LabSpec } from "./lab";
import { reserveNetwork } from "./network";
import { USUAL_SECONDS } from "./usual.mjs";
import { add, asAdministrator, node, seen, startRegion, succeeded, type Region } from "./region";

/** A first build of the layers is among it. */
const UP_MS = 900_000;
const DOWN_MS = 60_000;
const JOIN_MS = 120_000;
/** `npm test` finds these words in the output and repeats the line at its end. */
const NO_TIME = "No time";

type LabFile = keyof typeof USUAL_SECONDS;

const here = available();
/** Seconds since 1970 by which the lab must have ended. */
const END = Number(process.env.REGENT_LAB_UNTIL ?? Infinity);

function whyNot(file: LabFile): string | null {
  if (!here.ok) return here.reason;
  if (process.env.REGENT_LAB_LIVE !== "1") return "REGENT_LAB_LIVE is not 1; npm test sets it";
  const left = Math.round(END - Date.now() / 1000);
  if (USUAL_SECONDS[file] <= left) return null;
  return `${NO_TIME} for ${file}: it usually takes ${USUAL_SECONDS[file]} s, and ${left} s are left`;
}

/** Starts real hosts and installs software on them, hence by wish only. */
export function onRealHosts(title: string, { file, timeout }: { file: LabFile; timeout: number }, tests: () => void): void {
  const skipped = whyNot(file);
  if (skipped?.startsWith(NO_TIME)) console.log(skipped);
  describe.skipIf(skipped !== null)(skipped === null ? title : `${title} (skipped: ${skipped})`, { timeout }, () => {
    tests();
  });
}

/** The addresses are known once the hosts are up. */
export type Hosts = { network: () => string; ip: (number: number) => string };

/** Hosts in a lab of their own, so that one that is up for other tests stays as it is; gone when the tests have ended. */
export function useHosts(specs: readonly LabSpec[]): Hosts {
  let network = "";
  let release = () => {};
  beforeAll(async () => {
    ({ network, release } = reserveNetwork());
    process.env.REGENT_LAB_NET = network;
    await down();
    await up(specs);
  }, UP_MS);
  afterAll(async () => {
    await down();
    release();
  }, DOWN_MS);
  return { network: () => network, ip: (number) => `${network}.${number}` };
}

export type JoinedRegion = {
  region: () => Region;
  /** Adds the host as a candidate and joins it as a Worker; answers with its node's id. */
  join: (number: number, withinMs?: number) => Promise<string>;
  /** "" while it is not joined. */
  idOf: (number: number) => string;
  statusOf: (number: number) => Promise<string>;
};

/** A region for the hosts. Without a browser in it there is an administrator from the beginning. */
export function useRegion(hosts: Hosts, { administrator = true } = {}): JoinedRegion {
  const ids = new Map<number, string>();
  let region: Region;
  beforeAll(async () => {
    region = await startRegion(`${hosts.network()}.0/24`);
    if (administrator) await db.user.create({ data: { name: "Ada", email: "ada@lab.test", role: "admin" } });
  }, DOWN_MS);
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    const steps = await db.operationStep.findMany({ orderBy: { startedAt: "desc" }, take: 12 });
    console.log(steps.map(({ name, state, detail }) => `${name} ${state}: ${detail}`).join("\n"));
    console.log(region.log.splice(0).join("\n"));
  });
  afterAll(async () => {
    await closeSamplePool();
    await region?.stop();
  }, DOWN_MS);
  const idOf = (number: number): string => ids.get(number) ?? "";
  const join = async (number: number, withinMs = JOIN_MS): Promise<string> => {
    const { id } = await add(hosts.ip(number), ADMIN, withinMs);
    await succeeded(await joinNode({ ...(await seen(id)), role: "Worker" }, await asAdministrator()), withinMs);
    ids.set(number, id);
    return id;
  };
  return { region: () => region, join, idOf, statusOf: async (number) => (await node(idOf(number))).status };
}

/** The administrator's page, who is made by the set-up link. */
export function usePage({ region }: JoinedRegion): () => Page {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    page = await openPage(browser);
    await setUpAdministrator(page, region().setUp);
  }, DOWN_MS);
  afterAll(() => browser?.close(), DOWN_MS);
  return () => page;
}

/** A look costs several queries, and the processors belong to the hosts. */
const POLL_MS = 250;

/** Looks until it is so; answers with how long that took, in ms. Rejects when it is not so in time. */
export async function until(what: string, look: () => Promise<unknown>, withinMs: number): Promise<number> {
  const begun = Date.now();
  while (!(await look())) {
    if (Date.now() - begun > withinMs) throw new Error(`${what}: not within ${withinMs / 1000} s.`);
    await sleep(POLL_MS);
  }
  return Date.now() - begun;
}

/** Seconds with one decimal, for the figures that are printed. */
export const seconds = (ms: number): number => Math.round(ms / 100) / 10;
