import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import ssh2 from "ssh2";
import { afterEach, describe, expect, it } from "vitest";
import { done } from "../outcome";
import { readHostKey, withMachine, type Credential, type Machine } from "./dial";
import { generateNodeKey } from "./keys";
import { fingerprintOf, HOST_KEY, leaveNothingOpen, listen, newKey, NOBODY, PASSWORD, PIN, sshServer } from "./testing";
import type { Behaviour, SshPlace } from "./testing";

const RIGHT: Credential = { kind: "password", user: "root", password: PASSWORD };
const WRONG: Credential = { ...RIGHT, password: "wrong" };
const whoami = (machine: Machine) => machine.run("whoami");
const refused = (code: string, reason?: string) => ({ ok: false, code, ...(reason ? { reason } : {}) });
const said = (stdout: string, stderr = "", exitCode = 0) => done({ stdout, stderr, exitCode });

afterEach(leaveNothingOpen);

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
