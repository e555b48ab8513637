/** Stands between a wall and Regent: everything passes but the wall's stream, which is what a test tells. The page can not see the difference. */
import { createServer, request as forwardTo, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { WallMessage } from "@/lib/domain/wall-wire";

export type WallServer = {
  url: string;
  /** Waits until every screen has taken it off the wire. */
  tell: (message: WallMessage) => Promise<void>;
  /** Told to each screen that comes. */
  greet: (messages: WallMessage[]) => void;
  stop: () => void;
};

const textOf = ({ type, ...data }: WallMessage): string => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;

export async function startWallServer(target: string): Promise<WallServer> {
  const screens = new Set<ServerResponse>();
  let greeting: WallMessage[] = [];
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/api/wall/live")) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const message of greeting) response.write(textOf(message));
      screens.add(response);
      response.on("close", () => screens.delete(response));
      return;
    }
    const address = new URL(request.url ?? "/", target);
    const forward = forwardTo(address, { method: request.method, headers: { ...request.headers, host: address.host } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    forward.on("error", () => response.destroy());
    request.pipe(forward);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens at a port
  return {
    url: `http://127.0.0.1:${port}`,
    greet: (messages) => {
      greeting = messages;
    },
    tell: async (message) => {
      const text = textOf(message);
      await Promise.all([...screens].map((screen) => new Promise<void>((resolve) => void screen.write(text, () => resolve()))));
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
