import { createServer, get, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { clientAddress, noteClients } from "./client-address";

let server: Server;
beforeAll(async () => {
  server = createServer((_, response) => void setImmediate().then(() => response.end(clientAddress())));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => void server.close());

/** What the server takes a client for that sends this header from an address of this machine. */
const seen = (forwarded: string, localAddress = "127.0.0.1"): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo; // it listens at a port
    get({ port, host: "127.0.0.1", localAddress, headers: { "x-forwarded-for": forwarded }, agent: false }, (answer) => {
      let text = "";
      answer.on("data", (part: Buffer) => (text += part.toString()));
      answer.on("end", () => resolve(text));
    }).on("error", reject);
  });

it("a client is known by its connection, and by a header only from a listed proxy", async () => {
  expect(await seen("10.0.0.1"), "before anybody looks").toBe("");
  noteClients(["127.0.0.7"]);
  expect(await seen("10.0.0.1")).toBe("127.0.0.1");
  expect(await seen("10.0.0.1, 203.0.113.9", "127.0.0.7")).toBe("203.0.113.9");
  const many = Array.from({ length: 20 }, (_, last) => `203.0.113.${last}`);
  expect(await Promise.all(many.map((address) => seen(address, "127.0.0.7")))).toEqual(many);
  expect(clientAddress(), "outside of a request").toBe("");
});
