import type ssh2 from "ssh2";
import { MACHINE } from "../messages/machine";
import { done, type Outcome } from "../outcome";

/** Whole output, decoded after its bytes were joined; a signal that ended the command counts as 128. */
export type Answer = { stdout: string; stderr: string; exitCode: number };

type Run = { ip: string; name: string; line: string; input: string; timeoutMs: number; maxBytes: number; spent: (bytes: number) => void };

const KILLED = 128;
/** ssh2 cuts the input into packets of the size that the server names, and never ends when that is nothing. */
const PACKET_LEAST_BYTES = 256;

// ssh2 keeps what the server said of the channel here; its types leave it open.
const packetBytes = (channel: ssh2.ClientChannel): number => (channel.outgoing as { packetSize: number }).packetSize;

/** Runs one command line on an open connection. Resolves within its deadline and with no more than its bytes, whatever the far side does. */
export function runCommand(client: ssh2.Client, { ip, name, line, input, timeoutMs, maxBytes, spent }: Run): Promise<Outcome<Answer>> {
  return new Promise((resolve) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let bytes = 0;
    let channel: ssh2.ClientChannel | undefined;
    let ended = false;
    const end = (outcome: Outcome<Answer>) => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      client.off("close", lost).off("error", lost);
      if (!outcome.ok) channel?.destroy();
      resolve(outcome);
    };
    const lost = () => end(MACHINE.connectionLost(ip));
    const timer = setTimeout(() => end(MACHINE.commandTimeout(ip, name, timeoutMs / 1000)), timeoutMs);
    client.once("close", lost).once("error", lost);
    const take = (into: Buffer[]) => (chunk: Buffer) => {
      bytes += chunk.length;
      spent(chunk.length);
      if (bytes > maxBytes) return end(MACHINE.outputTooLarge(ip, name, maxBytes));
      into.push(chunk);
    };
    const text = (chunks: Buffer[]) => new TextDecoder().decode(Buffer.concat(chunks));
    const started = (error: Error | undefined, opened: ssh2.ClientChannel) => {
      if (error) return lost();
      if (ended) return opened.destroy();
      channel = opened;
      let exitCode: number | null = null;
      opened.on("exit", (code: number | null) => void (exitCode = code ?? KILLED));
      opened.on("data", take(out));
      opened.stderr.on("data", take(err));
      // A server that closes the channel while input is still on its way is an answer too; "close" gives it. Neither is output after
      // its end, on either stream, a fault of ours.
      opened.on("error", () => undefined);
      opened.stderr.on("error", () => undefined);
      opened.on("close", () => (exitCode === null ? lost() : end(done({ stdout: text(out), stderr: text(err), exitCode }))));
      if (packetBytes(opened) < PACKET_LEAST_BYTES) return lost();
      opened.end(input);
    };
    try {
      client.exec(line, started);
    } catch {
      // ssh2 throws when the connection ended between two commands.
      lost();
    }
  });
}
