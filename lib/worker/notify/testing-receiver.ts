/** For tests only: a real receiver of webhooks. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTls } from "node:https";
import type { AddressInfo } from "node:net";

export type Got = { path: string; headers: IncomingMessage["headers"]; body: string };

const closing: (() => void)[] = [];

/** To be called when a test has ended. */
export const closeReceivers = (): void => closing.splice(0).forEach((close) => close());

/** Listens on loopback; `got` grows with each request. */
export async function receiver(
  answer: (response: ServerResponse, got: Got) => void = (response) => void response.end("ok"),
  tls?: { key: string; cert: string },
) {
  const got: Got[] = [];
  const take = (request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const one = { path: request.url ?? "", headers: request.headers, body };
      got.push(one);
      answer(response, one);
    });
  };
  const server = tls ? createTls(tls, take) : createServer(take);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return { got, port, url: `${tls ? "https" : "http"}://127.0.0.1:${port}/hook` };
}
