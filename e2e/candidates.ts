/** Candidates for tests that are about something else than adding them. */
import { randomUUID } from "node:crypto";
import { expect, type Page, type Request } from "@playwright/test";
import type { DemoServer } from "@/lib/demo/fleet";
import { addCandidate, openList, row } from "./console";
import type { Region } from "./region";
import { cookieOf, send, sentBy, withInput, type Sent } from "./requests";

type Learned = { inspect: Sent; add: Sent };

/** The two requests of the dialog, as a browser sent them the first time. */
const learned = new WeakMap<Region, Learned>();

/** Adds a server and opens the list with it: by the dialog the first time, then by the same requests. Returns the node's id. */
export async function candidate(region: Region, page: Page, server: DemoServer): Promise<string> {
  const known = learned.get(region);
  if (!known) return byDialog(region, page, server);
  const cookie = { cookie: await cookieOf(page) };
  const hostKey = { type: "ssh-ed25519", sha256: region.servers.fingerprint(server) };
  const info = { ip: server.ip, ...server.credentials, role: server.role, hostKey, trust: "verified" };
  const inspectionId = await operationOf(region, await send(known.inspect, cookie, withInput(known.inspect, info, randomUUID())));
  const operationId = await operationOf(
    region,
    await send(known.add, cookie, withInput(known.add, { inspectionId, macs: server.convergedMacs }, randomUUID())),
  );
  const [operation] = await region.sql<{ node_id: string }>("SELECT node_id FROM operation WHERE id = $1", [operationId]);
  await openList(page);
  await expect(row(page, server.name)).toBeVisible();
  return operation?.node_id ?? "";
}

async function byDialog(region: Region, page: Page, server: DemoServer): Promise<string> {
  const requests: Request[] = [];
  const listen = (request: Request) => void (request.method() === "POST" && requests.push(request));
  page.on("request", listen);
  const id = await addCandidate(page, server);
  page.off("request", listen);
  const holding = async (word: string) => {
    const request = requests.find((sent) => sent.postData()?.includes(word));
    if (!request) throw new Error(`The dialog sent no request with ${word}.`);
    return sentBy(request);
  };
  learned.set(region, { inspect: await holding('"trust"'), add: await holding('"inspectionId"') });
  return id;
}

/** The operation that an answer names, when it has succeeded. */
async function operationOf(region: Region, { text }: { text: string }): Promise<string> {
  const id = /"operationId":"([0-9a-f-]{36})"/.exec(text)?.[1];
  if (!id) throw new Error(`No operation was started: ${text}`);
  const ending = async () => (await region.sql("SELECT status::text, refusal FROM operation WHERE id = $1", [id]))[0];
  await expect.poll(ending, { intervals: [50] }).toEqual({ status: "succeeded", refusal: null });
  return id;
}
