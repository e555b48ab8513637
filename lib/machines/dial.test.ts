import { createConnection, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { done, type Outcome } from "../outcome";
import { COMMANDS } from "./commands";
import { readHostKey, withMachine, type Credential, type Machine } from "./dial";
import { answer, closeAll, leaveNothingOpen, listen, PASSWORD, PIN, sshServer } from "./testing";
import type { Behaviour } from "./testing";

const RIGHT: Credential = { kind: "password", user: "root", password: PASSWORD };
const LOST = "The connection to 127.0.0.1 ended before it had answered.";
const whoami = (machine: Machine) => machine.run("whoami");
const refused = (code: string, reason?: string) => ({ ok: false, code, ...(reason ? { reason } : {}) });
const said = (stdout: string, stderr = "", exitCode = 0) => done({ stdout, stderr, exitCode });

afterEach(leaveNothingOpen);

const CODE_TO_NOWHERE = await new Promise<string>((resolve) => {
  const socket = createConnection({ host: "192.0.2.1", port: 22, timeout: 1000 });
  socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "")).on("timeout", () => resolve("silent"));
  socket
    .on("connect", () => resolve("answered"))
    .on("close", () => resolve(""))
    .on("timeout", () => socket.destroy());
});
const UNROUTED = ["ENETUNREACH", "EHOSTUNREACH"].includes(CODE_TO_NOWHERE);

describe("what does not answer", () => {
  it("refuses where nothing listens", async () => {
    const place = await listen(() => undefined);
    await closeAll();
    const reason = expect.stringMatching(/^127\.0\.0\.1 refused the connection: \S.*\.$/);
    expect(await withMachine(place, PIN, RIGHT, whoami)).toMatchObject({ ok: false, code: "refused", reason });
    expect(await readHostKey(place)).toMatchObject({ ok: false, code: "refused" });
  });

  it.skipIf(!UNROUTED)(`is unreachable without a route${UNROUTED ? "" : " (192.0.2.1 has one here, or is silent)"}`, async () => {
    const outcome = await readHostKey({ ip: "192.0.2.1", port: 22 });
    expect(outcome).toMatchObject(refused("unreachable", "192.0.2.1 is not reachable from this console: there is no route to it."));
  });

  it("is busy, not something else, while too many knock", async () => {
    const place = await listen((socket) => socket.resume().end("Exceeded MaxStartups\r\n"));
    expect(await withMachine(place, PIN, RIGHT, whoami)).toMatchObject(refused("connection-lost", LOST));
  });
});

describe("a command", () => {
  const run = async (behaviour: Behaviour, work: (machine: Machine) => Promise<Outcome<unknown>> = whoami, user = "root") => {
    const place = await sshServer(behaviour);
    return { place, outcome: await withMachine<unknown>(place, PIN, { ...RIGHT, user }, work) };
  };

  it("gives characters whole that came in pieces", async () => {
    const text = "Größe 10 µm, 日本, 🔑";
    const { outcome } = await run({
      exec: ({ channel }) => {
        const bytes = [...Buffer.from(text)];
        const next = () => {
          const byte = bytes.shift();
          if (byte === undefined) return answer(channel, "");
          channel.write(Buffer.from([byte]), next);
        };
        next();
      },
    });
    expect(outcome).toEqual(said(text));
  });

  it("gives every byte to the parser, NUL and escapes too", async () => {
    const text = "a\u0000b\u001b[31mc\u202ed\r\n";
    expect((await run({ exec: ({ channel }) => answer(channel, text) })).outcome).toEqual(said(text));
  });

  it("gives both outputs and the exit code; a signal counts as 128", async () => {
    const long = "e".repeat(100_000);
    const both = await run({
      exec: ({ channel }) => {
        channel.stderr.write(long);
        answer(channel, "o".repeat(100_000), 3);
      },
    });
    expect(both.outcome).toEqual(said("o".repeat(100_000), long, 3));
    const killed = await run({
      exec: ({ channel }) => {
        channel.exit("KILL");
        channel.end();
      },
    });
    expect(killed.outcome).toEqual(said("", "", 128));
  });

  it("gets its input whole, and its end", async () => {
    const input = "line of input\n".repeat(15_000);
    const { outcome } = await run(
      {
        exec: ({ channel }) => {
          const chunks: Buffer[] = [];
          channel.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => answer(channel, Buffer.concat(chunks)));
        },
      },
      (machine) => machine.run("unitState", input),
    );
    expect(outcome).toEqual(said(input));
  });

  it("takes sudo when it needs rights and the login is not root", async () => {
    const work = async (machine: Machine) => {
      for (const name of ["startUnits", "whoami", "probe"] as const) await machine.run(name);
      return done(undefined);
    };
    const { startUnits, whoami: who, probe } = COMMANDS;
    expect((await run({}, work, "root")).place.lines).toEqual([startUnits.exec, who.exec, probe.exec]);
    const auth: Behaviour["auth"] = (attempt) => attempt.accept();
    expect((await run({ auth }, work, "debian")).place.lines).toEqual([startUnits.execSudo, who.exec, probe.exec]);
    expect(startUnits.execSudo).toMatch(/^sudo -n /);
  });

  it("after the connection ended is refused, not thrown", async () => {
    const { outcome } = await run({ exec: ({ connection }) => connection.end() }, async (machine) => {
      await machine.run("whoami");
      return machine.run("whoami");
    });
    expect(outcome).toMatchObject(refused("connection-lost", LOST));
  });

  it("shares one limit with all of its session", async () => {
    const exec: Behaviour["exec"] = ({ channel }) => answer(channel, "x".repeat(250 * 1024));
    let good = 0;
    const { outcome } = await run({ exec }, async (machine) => {
      for (;;) {
        const one = await machine.run("whoami");
        if (!one.ok) return one;
        good += 1;
      }
    });
    expect(outcome).toMatchObject(refused("output-too-large"));
    expect(good).toBe(Math.floor(4096 / 250));
  });

  it("may be one of as many as a long migration takes, when each is asked once a second", async () => {
    const place = await sshServer({ exec: ({ channel }) => answer(channel, "@") });
    const asked = async (machine: Machine) => {
      for (let count = 0; count < 600; count += 1) {
        const one = await machine.run("migrationProgress");
        if (!one.ok) return one;
      }
      return done(undefined);
    };
    expect(await withMachine(place, PIN, RIGHT, asked, { sessionMs: 45 * 60_000 })).toEqual(done(undefined));
  });

  it("whose caller throws still hangs up", async () => {
    const place = await sshServer();
    await expect(withMachine(place, PIN, RIGHT, () => Promise.reject(new Error("ours")))).rejects.toThrow("ours");
  });
});

describe("waiting for a login", () => {
  it.each([
    ["resets", (socket: Socket) => setTimeout(() => socket.resetAndDestroy(), 50)],
    ["ends", (socket: Socket) => socket.end()],
  ])("does not mind a host that %s the connection meanwhile", async (_, speak) => {
    const place = await listen((socket) => void speak(socket));
    let left = 0;
    const admit = () => sleep(200).then(() => () => void (left += 1));
    const began = performance.now();
    expect(await withMachine(place, PIN, RIGHT, whoami, { admit })).toMatchObject(refused("connection-lost", LOST));
    expect(performance.now() - began).toBeLessThan(2000);
    expect(left).toBe(1);
  });
});

describe("ending early", () => {
  const silent = () => listen((socket) => void socket.resume());
  const PLACES = {
    "before it begins": silent,
    "before the banner": silent,
    "in the login": () => sshServer({ auth: () => undefined }),
    "in a command": () => sshServer({ exec: () => undefined }),
  };

  it.each(Object.entries(PLACES))("by a signal, %s", async (when, start) => {
    const place = await start();
    const caller = new AbortController();
    if (when === "before it begins") caller.abort();
    else setTimeout(() => caller.abort(), 300);
    const began = performance.now();
    expect(await withMachine(place, PIN, RIGHT, whoami, { signal: caller.signal })).toMatchObject(refused("connection-lost", LOST));
    if (when.startsWith("before"))
      expect(await readHostKey(place, { signal: caller.signal })).toMatchObject(refused("connection-lost", LOST));
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it("by the deadline of the session", async () => {
    const place = await sshServer({ exec: () => undefined });
    const outcome = await withMachine(place, PIN, RIGHT, whoami, { sessionMs: 500 });
    expect(outcome).toMatchObject(refused("command-timeout", "127.0.0.1 did not finish “the whole session” within 0.5 s."));
  });
});
