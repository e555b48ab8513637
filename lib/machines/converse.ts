/** A command that stays: one line in, one answer out, as often as it is asked, on a channel that is kept open. */
import type ssh2 from "ssh2";
import { MACHINE } from "../messages/machine";
import { done, type Outcome } from "../outcome";

export type Conversation = {
  /** One at a time. After a refusal the conversation is over: what came too late would stand where the next answer belongs. */
  ask(question: string): Promise<Outcome<string>>;
  isOver(): boolean;
};

type Talk = {
  ip: string;
  name: string;
  line: string;
  /** For each answer, from the question on. */
  timeoutMs: number;
  maxBytes: number;
  /** Called with each question: what a session may cost begins anew. */
  renew: () => void;
};

const END = Buffer.from("\n@@end\n");

export function converse(client: ssh2.Client, { ip, name, line, timeoutMs, maxBytes, renew }: Talk): Promise<Outcome<Conversation>> {
  return new Promise((resolve) => {
    const lost = () => MACHINE.connectionLost(ip);
    let late = false;
    const opening = setTimeout(() => {
      late = true;
      resolve(MACHINE.commandTimeout(ip, name, timeoutMs / 1000));
    }, timeoutMs);
    const opened = (error: Error | undefined, channel: ssh2.ClientChannel) => {
      clearTimeout(opening);
      if (error) return resolve(lost());
      // Nobody waits for it any more, and the next try has a channel of its own.
      if (late) return void channel.on("error", () => undefined).destroy();
      resolve(done(talk(channel)));
    };
    const talk = (channel: ssh2.ClientChannel): Conversation => {
      let chunks: Buffer[] = [];
      let bytes = 0;
      let over: Outcome<string> | null = null;
      let answer: ((outcome: Outcome<string>) => void) | null = null;
      const reply = (outcome: Outcome<string>) => {
        if (!outcome.ok) over ??= outcome;
        const to = answer;
        answer = null;
        chunks = [];
        bytes = 0;
        to?.(outcome);
        if (!outcome.ok) channel.destroy();
      };
      const take = (chunk: Buffer, counts: boolean) => {
        bytes += chunk.length;
        if (bytes > maxBytes) return reply(MACHINE.outputTooLarge(ip, name, maxBytes));
        if (!counts) return;
        chunks.push(chunk);
        const end = chunk.length >= END.length ? chunk : Buffer.concat(chunks.slice(-END.length)); // the mark may be cut in two
        if (!end.subarray(-END.length).equals(END)) return;
        if (answer) reply(done(Buffer.concat(chunks).toString("utf8")));
      };
      channel.on("data", (chunk: Buffer) => take(chunk, true));
      channel.stderr.on("data", (chunk: Buffer) => take(chunk, false));
      // What the far side breaks ends the conversation; "close" follows.
      channel.on("error", () => undefined);
      channel.stderr.on("error", () => undefined);
      channel.on("close", () => reply(lost()));
      return {
        isOver: () => over !== null,
        ask: (question) => {
          if (over) return Promise.resolve(over);
          renew();
          return new Promise((told) => {
            const timer = setTimeout(() => reply(MACHINE.commandTimeout(ip, name, timeoutMs / 1000)), timeoutMs);
            answer = (outcome) => {
              clearTimeout(timer);
              told(outcome);
            };
            channel.write(`${question}\n`);
          });
        },
      };
    };
    try {
      client.exec(line, opened);
    } catch {
      // ssh2 throws when the connection has ended.
      clearTimeout(opening);
      resolve(lost());
    }
  });
}
