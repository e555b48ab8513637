/** A command that stays: honest hosts answer for days on one connection, and what a hostile one can do is bounded for each question. */
import { setTimeout as sleep } from "node:timers/promises";
import type { ServerChannel } from "ssh2";
import { afterEach, describe, expect, it } from "vitest";
import { done, type Outcome } from "../outcome";
import { KEPT_COMMANDS } from "./commands";
import { withMachine, type Conversation, type Credential } from "./dial";
import { flood, leaveNothingOpen, PASSWORD, PIN, sshServer, type Behaviour } from "./testing";

const RIGHT: Credential = { kind: "password", user: "root", password: PASSWORD };
const END = "\n@@end\n";

afterEach(leaveNothingOpen);

/** What the server does with each line that it is sent. */
const replying =
  (reply: (line: string, channel: ServerChannel) => void): Behaviour["exec"] =>
  ({ channel }) =>
    channel.on("data", (chunk: Buffer) => {
      for (const line of chunk.toString().split("\n")) if (line) reply(line, channel);
    });

async function talk<T>(exec: Behaviour["exec"], work: (conversation: Conversation) => Promise<Outcome<T>>) {
  const place = await sshServer({ exec });
  const outcome = await withMachine(
    place,
    PIN,
    RIGHT,
    async (machine) => {
      const opened = await machine.converse("sample");
      return opened.ok ? work(opened.value) : opened;
    },
    { sessionMs: "kept" },
  );
  return { outcome, lines: place.lines };
}

describe("a conversation", () => {
  it("asks as often as it likes on one channel", async () => {
    let count = 0;
    const { outcome, lines } = await talk(
      replying((line, channel) => channel.write(`${line} ${(count += 1)}${END}`)),
      async (conversation) => done([await conversation.ask("one"), await conversation.ask("two")]),
    );
    expect(outcome).toEqual(done([done(`one 1${END}`), done(`two 2${END}`)]));
    expect(lines).toEqual([KEPT_COMMANDS.sample.exec]);
  });

  it("finds the end of an answer that comes byte by byte", async () => {
    const { outcome } = await talk(
      replying((_, channel) => {
        const bytes = [...Buffer.from(`Größe${END}`)];
        const next = (): void => {
          const byte = bytes.shift();
          if (byte !== undefined) channel.write(Buffer.from([byte]), () => setImmediate(next));
        };
        next();
      }),
      (conversation) => conversation.ask("x"),
    );
    expect(outcome).toEqual(done(`Größe${END}`));
  });

  it("outlives every limit of a session that ends: bytes, packets and time begin anew with each question", async () => {
    const { outcome } = await talk(
      replying((_, channel) => {
        for (let packet = 0; packet < 20; packet += 1) channel.write("x".repeat(2000));
        channel.write(END);
      }),
      async (conversation) => {
        // 80 MB and 42,000 packets; a session that is not kept ends at 4 MB and 32,768.
        for (let count = 0; count < 2000; count += 1) {
          const one = await conversation.ask("again");
          if (!one.ok) return one;
        }
        return done("all");
      },
    );
    expect(outcome).toEqual(done("all"));
  }, 30_000);

  it("ends with an answer that is too long, and stays over", async () => {
    const { outcome } = await talk(
      replying((_, channel) => flood(channel, "y".repeat(4096))),
      async (conversation) =>
        done([conversation.isOver(), await conversation.ask("x"), await conversation.ask("x"), conversation.isOver()]),
    );
    const tooLarge = expect.objectContaining({ ok: false, code: "output-too-large" });
    expect(outcome).toEqual(done([false, tooLarge, tooLarge, true]));
  });

  it("ends with a host that talks without being asked", async () => {
    const { outcome } = await talk(
      ({ channel }) => flood(channel, "z".repeat(4096)),
      async (conversation) => {
        await sleep(300);
        return conversation.ask("x");
      },
    );
    expect(outcome).toMatchObject({ ok: false, code: "output-too-large" });
  });

  it("ends with the command, and with the connection", async () => {
    const ended = await talk(
      replying((_, channel) => channel.end()),
      (conversation) => conversation.ask("x"),
    );
    expect(ended.outcome).toMatchObject({ ok: false, code: "connection-lost" });
    const cut = await talk(
      ({ connection, channel }) => channel.on("data", () => connection.end()),
      (conversation) => conversation.ask("x"),
    );
    expect(cut.outcome).toMatchObject({ ok: false, code: "connection-lost" });
  });

  it("does not wait for a host that hangs", { timeout: 20_000 }, async () => {
    const begun = performance.now();
    const { outcome } = await talk(
      replying(() => undefined),
      (conversation) => conversation.ask("x"),
    );
    expect(outcome).toMatchObject({ ok: false, code: "command-timeout" });
    expect(performance.now() - begun).toBeLessThan(KEPT_COMMANDS.sample.timeoutMs + 2000);
  });
});
