/** A wire tap between Regent and a server: which SSH messages Regent sent before anything was encrypted. */
import { connect, type Socket } from "node:net";

export const SSH_MSG = { disconnect: 1, keyExchangeInit: 20, newKeys: 21 } as const;

/** One entry per connection: the numbers of the client's messages up to NEWKEYS, after which everything is encrypted. */
export type Tapped = { messages: number[] };

export function tap(to: { host: string; port: number }, connections: Tapped[]): (socket: Socket) => void {
  return (socket) => {
    const tapped: Tapped = { messages: [] };
    connections.push(tapped);
    const server = connect(to);
    server.on("error", () => socket.destroy());
    socket.on("close", () => server.destroy());
    let seen = Buffer.alloc(0);
    socket.on("data", (part: Buffer) => {
      seen = Buffer.concat([seen, part]);
      tapped.messages = messagesOf(seen);
    });
    socket.pipe(server).pipe(socket);
  };
}

/** RFC 4253: a line with the version, then packets of length, padding length, and the message's number. */
function messagesOf(stream: Buffer): number[] {
  const messages: number[] = [];
  let at = stream.indexOf("\r\n") + 2;
  if (at === 1) return messages;
  while (stream.length >= at + 6 && messages.at(-1) !== SSH_MSG.newKeys) {
    messages.push(stream.readUInt8(at + 5));
    at += 4 + stream.readUInt32BE(at);
  }
  return messages;
}
