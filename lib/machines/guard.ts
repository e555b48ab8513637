import type ssh2 from "ssh2";
import { refuse, type Refusal } from "../outcome";

/** What an honest command never comes near: the largest is one probe of 1 MiB, in lines. */
const LIMITS = { packets: 32_768, answers: 256, keyExchanges: 4, prompts: 8 };

const KEX_INIT = 20;
/** Also "this key would do", which asks for a signature. */
const INFO_REQUEST = 60;
const GLOBAL_REQUEST = 80;
const CHANNEL_OPEN = 90;
const CHANNEL_REQUEST = 98;
/** What makes us write: a server that does not read fills our memory with it. */
const WANTS_AN_ANSWER = [INFO_REQUEST, GLOBAL_REQUEST, CHANNEL_OPEN, CHANNEL_REQUEST];
const HOST_KEYS = "hostkeys-00@openssh.com";

export const flooded = (ip: string): Refusal =>
  refuse("output-too-large", `${ip} sent far more than an SSH session needs, so the connection was closed.`, {
    hint: "Check what answers at this address: an honest server does not do this.",
  });

/** Where ssh2 1.17 hands over each decrypted packet; it has no public place for that. Without it the guard refuses to work. */
type Inside = { _protocol?: { _onPayload?: (payload: Buffer) => unknown } };

/**
 * Bounds what ssh2 leaves unbounded: packets (each costs some 10 µs whatever it carries), answers they ask of us, new key exchanges, and
 * the prompts of one question, for which it makes room before it has seen them. Call it after connect(), and once per connection.
 * Returns how to begin the count anew: its limits then hold from one command, or one question, to the next.
 */
export function guard(client: ssh2.Client, onFlood: () => void): () => void {
  // Guaranteed by the exact version of ssh2 in package.json, and checked in the next lines.
  const protocol = (client as unknown as Inside)._protocol;
  const handle = protocol?._onPayload;
  if (!protocol || typeof handle !== "function") {
    throw new Error("This version of ssh2 can not be guarded: look for the place where it hands over packets.");
  }
  let exceeds = counting();
  protocol._onPayload = (payload) => {
    if (exceeds(payload)) {
      onFlood();
      // Ends the loop over the packets that came in the same read; ssh2 turns it into an error of the client.
      throw new Error("Too much from the server");
    }
    // ssh2 would ask the server to sign with each key it announces, for a list nobody reads.
    return payload[0] === GLOBAL_REQUEST && payload.includes(HOST_KEYS) ? undefined : handle(payload);
  };
  return () => void (exceeds = counting());
}

function counting(): (payload: Buffer) => boolean {
  let [packets, answers, keyExchanges] = [0, 0, 0];
  return (payload) => {
    const type = payload[0] ?? 0;
    packets += 1;
    if (type === KEX_INIT) keyExchanges += 1;
    if (WANTS_AN_ANSWER.includes(type)) answers += 1;
    const often = packets > LIMITS.packets || answers > LIMITS.answers || keyExchanges > LIMITS.keyExchanges;
    return often || prompts(payload) > LIMITS.prompts;
  };
}

/** How many answers a SSH_MSG_USERAUTH_INFO_REQUEST says it wants: its count stands after three strings. */
function prompts(payload: Buffer): number {
  if (payload[0] !== INFO_REQUEST) return 0;
  let at = 1;
  for (let text = 0; text < 3 && at + 4 <= payload.length; text += 1) at += 4 + payload.readUInt32BE(at);
  return at + 4 <= payload.length ? payload.readUInt32BE(at) : 0;
}
