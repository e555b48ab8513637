import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ssh2 from "ssh2";
import { describe, expect, it } from "vitest";
import { generateNodeKey } from "./keys";

const MADE = 2000;
const NO_OPENSSH = spawnSync("ssh-keygen", ["-?"]).error !== undefined;
const FROM = "10.1.0.0/16,!10.1.2.3,fd00::/8";

/** Runs ssh-keygen on a file of 0600 with this text. */
function sshKeygen(text: string, ...options: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "regent-key-"));
  try {
    const file = join(folder, "key");
    writeFileSync(file, text, { mode: 0o600 });
    const { status, stdout, stderr } = spawnSync("ssh-keygen", [...options, "-f", file], { encoding: "utf8", input: "" });
    return status === 0 ? stdout.trim() : `failed: ${stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the line of authorized_keys", () => {
  it("forbids all but commands, and says from where", () => {
    const { authorizedKey } = generateNodeKey({ comment: "regent@10.1.2.3", from: FROM });
    expect(authorizedKey).toMatch(
      /^restrict,from="10\.1\.0\.0\/16,!10\.1\.2\.3,fd00::\/8" ssh-ed25519 AAAA[A-Za-z0-9+/]{64} regent@10\.1\.2\.3$/,
    );
    expect(generateNodeKey({ comment: "a", from: "" }).authorizedKey).toMatch(/^restrict ssh-ed25519 AAAA\S+ a$/);
  });

  it("stays one line of four words, whatever it is given", () => {
    const { authorizedKey } = generateNodeKey({
      comment: 'x\nssh-ed25519 AAAA evil "\u0000\u202e$(id)' + "y".repeat(500),
      from: '*"\ncommand="rm -rf /',
    });
    expect(authorizedKey).toMatch(/^restrict,from="[0-9a-fA-F.:/*,!]*" ssh-ed25519 \S+ [A-Za-z0-9._@-]{1,80}$/);
    expect(authorizedKey).not.toMatch(/[\n\0]/);
  });
});

describe("the pair", () => {
  it(`can be read again ${MADE.toLocaleString("en")} times out of ${MADE.toLocaleString("en")}, and its halves fit`, () => {
    let unlike = 0;
    for (let i = 0; i < MADE; i++) {
      const { privateKey, authorizedKey } = generateNodeKey({ comment: "c", from: "" });
      const parsed = ssh2.utils.parseKey(privateKey);
      if (parsed instanceof Error) throw parsed;
      const body = authorizedKey.split(" ")[2] ?? "";
      if (!parsed.isPrivateKey() || parsed.getPublicSSH().toString("base64") !== body || Buffer.from(body, "base64").length !== 51)
        unlike++;
    }
    expect(unlike).toBe(0);
  });

  it.skipIf(NO_OPENSSH)(`is what OpenSSH reads${NO_OPENSSH ? " (no ssh-keygen here)" : ""}`, () => {
    for (let i = 0; i < 20; i++) {
      const { privateKey, authorizedKey } = generateNodeKey({ comment: "c", from: "" });
      expect(sshKeygen(privateKey, "-y").split(" ").slice(0, 2)).toEqual(authorizedKey.split(" ").slice(1, 3));
    }
  });

  it.skipIf(NO_OPENSSH)(`has a line that OpenSSH reads with its options${NO_OPENSSH ? " (no ssh-keygen here)" : ""}`, () => {
    const { authorizedKey } = generateNodeKey({ comment: "regent@10.1.2.3", from: FROM });
    expect(sshKeygen(`${authorizedKey}\n`, "-l")).toMatch(/^256 SHA256:\S+ regent@10\.1\.2\.3 \(ED25519\)$/);
  });
});
