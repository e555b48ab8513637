import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import ssh2 from "ssh2";
import { afterEach, describe, expect, it } from "vitest";
import { done, type Outcome } from "../outcome";
import { COMMANDS } from "./commands";
import { readHostKey, withMachine, type Credential, type Machine } from "./dial";
import { generateNodeKey } from "./keys";
import { answer, closeAll, connections, fingerprintOf, HOST_KEY, listen, newKey, NOBODY, PASSWORD, PIN, sshServer } from "./testing";
import type { Behaviour, SshPlace } from "./testing";

const RIGHT: Credential = { kind: "password", user: "root", password: PASSWORD };
const WRONG: Credential = { ...RIGHT, password: "wrong" };
const LOST = "The connection to 127.0.0.1 ended before it had answered.";
const whoami = (machine: Machine) => machine.run("whoami");
const refused = (code: string, reason?: string) => ({ ok: false, code, ...(reason ? { reason } : {}) });
const said = (stdout: string, stderr = "", exitCode = 0) => done({ stdout, stderr, exitCode });

afterEach(async () => {
  for (let i = 0; connections() && i < 50; i++) await sleep(20);
  const left = connections();
  await closeAll();
  if (left) throw new Error(`${left} connections were left open.`);
});

/** A server that only asks by keyboard-interactive: these questions, one after the other. Returns what it was told. */
async function keyboardOnly(questions: { prompt: string; echo: boolean }[]): Promise<{ place: SshPlace; told: string[] }> {
  const told: string[] = [];
  const place = await sshServer({
    auth: (attempt) => {
      if (attempt.method !== "keyboard-interactive") return attempt.reject(["keyboard-interactive"]);
      const ask = ([question, ...rest]: typeof questions): void => {
        if (!question) return told.at(-1) === PASSWORD ? attempt.accept() : attempt.reject(["keyboard-interactive"]);
        attempt.prompt([question], (answers) => {
          told.push(...answers);
          ask(rest);
        });
      };
      ask(questions);
    },
  });
  return { place, told };
}

describe("the host key", () => {
  const HAS_OPENSSH = spawnSync("ssh-keygen", ["-?"]).error === undefined;

  function keygenFingerprint(publicLine: string): string | undefined {
    const folder = mkdtempSync(join(tmpdir(), "regent-host-"));
    try {
      writeFileSync(join(folder, "key.pub"), `${publicLine}\n`);
      return spawnSync("ssh-keygen", ["-lf", join(folder, "key.pub")], { encoding: "utf8" }).stdout.split(" ")[1];
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  const KEYS = {
    "ssh-ed25519": () => newKey(),
    "ecdsa-sha2-nistp256": () => ssh2.utils.generateKeyPairSync("ecdsa", { bits: 256 }),
    "ecdsa-sha2-nistp384": () => ssh2.utils.generateKeyPairSync("ecdsa", { bits: 384 }),
    "ecdsa-sha2-nistp521": () => ssh2.utils.generateKeyPairSync("ecdsa", { bits: 521 }),
    "ssh-rsa": () => ssh2.utils.generateKeyPairSync("rsa", { bits: 2048 }),
  };
  const TITLE = HAS_OPENSSH ? "as ssh-keygen prints it" : "(ssh-keygen is not here to compare)";

  it.each(Object.entries(KEYS))(`is read of a host with %s, ${TITLE}, and nobody asks to log in`, async (type, make) => {
    const pair = make();
    const place = await sshServer({ config: { hostKeys: [pair.private] } });
    const rungs: string[] = [];
    const contact = await readHostKey(place, { onRung: (rung) => rungs.push(rung) });
    expect(contact).toEqual(done({ banner: "SSH-2.0-OpenSSH_9.2p1 Debian-2", hostKey: fingerprintOf(pair.public) }));
    if (HAS_OPENSSH) expect(contact).toMatchObject({ value: { hostKey: { type, sha256: keygenFingerprint(pair.public) } } });
    expect(rungs).toEqual(["tcp", "banner", "hostKey"]);
    await sleep(100);
    expect(place.attempts).toEqual([]);
    // And the same host lets in who pins it.
    expect(await withMachine(place, fingerprintOf(pair.public), RIGHT, whoami)).toEqual(said(""));
  });

  it("tells a host that takes every connection and resets it from one that is not there", async () => {
    const place = await listen((socket) => void socket.resetAndDestroy());
    const contacts = Array.from({ length: 200 }, async () => {
      const rungs: string[] = [];
      const contact = await readHostKey(place, { onRung: (rung) => rungs.push(rung) });
      return [contact.ok || contact.code, ...rungs].join(" ");
    });
    expect(new Set(await Promise.all(contacts))).toEqual(new Set(["connection-lost tcp"]));
  });

  it("is read behind a long greeting", async () => {
    const place = await sshServer({ onSocket: (socket) => void socket.write("Authorised use only.\r\n".repeat(200)) });
    expect(await readHostKey(place)).toMatchObject({ ok: true, value: { hostKey: PIN } });
  });

  it.each([["a password", RIGHT] as const, ["a key", { kind: "key", user: "root", privateKey: newKey().private }] as const])(
    "other than the pinned one gets nothing of %s",
    async (_what, credential) => {
      const place = await sshServer({ auth: (attempt) => attempt.accept() });
      const outcome = await withMachine(place, NOBODY, credential, whoami);
      expect(outcome).toMatchObject({ ...refused("host-key-changed"), seen: PIN });
      await sleep(100);
      expect(place.attempts).toEqual([]);
      expect(place.lines).toEqual([]);
    },
  );

  it("of another type than the pinned one is a changed key, and is told", async () => {
    const pair = KEYS["ecdsa-sha2-nistp256"]();
    const place = await sshServer({ config: { hostKeys: [pair.private] } });
    const outcome = await withMachine(place, PIN, RIGHT, whoami);
    expect(outcome).toMatchObject({ ...refused("host-key-changed"), seen: fingerprintOf(pair.public) });
    expect(place.attempts).toEqual([]);
  });

  it("of the pinned type is asked for, when the host has several", async () => {
    const place = await sshServer({
      config: { hostKeys: [KEYS["ecdsa-sha2-nistp256"]().private, KEYS["ssh-rsa"]().private, HOST_KEY.private] },
    });
    expect(await withMachine(place, PIN, RIGHT, whoami)).toEqual(said(""));
  });
});

describe("logging in", () => {
  it("sends the password once, right or wrong", async () => {
    const place = await sshServer();
    expect(await withMachine(place, PIN, RIGHT, whoami)).toEqual(said(""));
    expect(await withMachine(place, PIN, WRONG, whoami)).toMatchObject(refused("auth-refused", "127.0.0.1 rejected the user or password."));
    expect(place.attempts).toEqual([`password:${PASSWORD}`, "password:wrong"]);
  });

  it("does not try the wrong password again where the keyboard is offered too", async () => {
    const place = await sshServer({ auth: (attempt) => attempt.reject(["password", "keyboard-interactive", "publickey"]) });
    expect(await withMachine(place, PIN, WRONG, whoami)).toMatchObject(refused("auth-refused"));
    expect(place.attempts).toEqual(["password:wrong"]);
  });

  it("sends the password once to a host that begins again and again", async () => {
    const place = await sshServer({
      auth: (_attempt, connection) => {
        // What a client takes for the start of the login.
        for (let i = 0; i < 20; i++) Reflect.get(connection, "_protocol").serviceAccept("ssh-userauth");
      },
    });
    expect(await withMachine(place, PIN, WRONG, whoami)).toMatchObject(refused("auth-refused"));
    expect(place.attempts).toEqual(["password:wrong"]);
  });

  it("asks with one key and signs once", async () => {
    const pair = generateNodeKey({ comment: "c", from: "" });
    const blob = pair.authorizedKey.split(" ")[2];
    const auth: Behaviour["auth"] = (attempt) =>
      attempt.method === "publickey" && attempt.key.data.toString("base64") === blob ? attempt.accept() : attempt.reject(["publickey"]);
    const place = await sshServer({ auth });
    const credential = { kind: "key", user: "regent", privateKey: pair.privateKey } as const;
    expect(await withMachine(place, PIN, credential, whoami)).toEqual(said(""));
    expect(place.attempts).toEqual(["publickey?", "publickey!"]);
    const other = { ...credential, privateKey: newKey().private };
    expect(await withMachine(place, PIN, other, whoami)).toMatchObject(
      refused("auth-refused", "127.0.0.1 rejected Regent's key for regent."),
    );
    expect(place.attempts).toEqual(["publickey?", "publickey!", "publickey?"]);
  });

  it("answers the one question of a host that only knows the keyboard", async () => {
    const { place, told } = await keyboardOnly([{ prompt: "Password: ", echo: false }]);
    expect(await withMachine(place, PIN, RIGHT, whoami)).toEqual(said(""));
    expect(await withMachine(place, PIN, WRONG, whoami)).toMatchObject(refused("auth-refused"));
    expect(told).toEqual([PASSWORD, "wrong"]);
  });

  it("answers no question that is shown while it is typed, and no second one", async () => {
    const shown = await keyboardOnly([{ prompt: "User: ", echo: true }]);
    expect(await withMachine(shown.place, PIN, RIGHT, whoami)).toMatchObject(refused("auth-refused"));
    expect(shown.told).toEqual([]);
    const more = await keyboardOnly(Array.from({ length: 5 }, () => ({ prompt: "New password: ", echo: false })));
    expect(await withMachine(more.place, PIN, RIGHT, whoami)).toMatchObject(refused("auth-refused"));
    expect(more.told).toEqual([PASSWORD]);
  });

  it("does not answer a second factor with the password", async () => {
    const place = await sshServer({ auth: (attempt) => attempt.reject(["keyboard-interactive"], true) });
    expect(await withMachine(place, PIN, RIGHT, whoami)).toMatchObject(refused("auth-refused"));
    expect(place.attempts).toEqual([`password:${PASSWORD}`]);
  });

  it("throws for a key of ours that can not be read, and hangs up", async () => {
    const place = await sshServer();
    const broken = { kind: "key", user: "root", privateKey: "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA" } as const;
    await expect(withMachine(place, PIN, broken, whoami)).rejects.toThrow("Cannot parse privateKey");
    expect(place.attempts).toEqual([]);
  });
});

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

  it("whose caller throws still hangs up", async () => {
    const place = await sshServer();
    await expect(withMachine(place, PIN, RIGHT, () => Promise.reject(new Error("ours")))).rejects.toThrow("ours");
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
