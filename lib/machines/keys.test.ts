import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ssh2 from "ssh2";
import { expect, it } from "vitest";
import { generateNodeKey } from "./keys";

it("makes pairs that can always be read, and whose halves belong together", () => {
  for (let made = 0; made < 300; made += 1) {
    const { privateKey, authorizedKey } = generateNodeKey({ comment: "regent", from: "" });
    const [own, known] = [ssh2.utils.parseKey(privateKey), ssh2.utils.parseKey(authorizedKey.replace("restrict ", ""))];
    if (own instanceof Error || known instanceof Error) throw new Error("unreadable");
    expect(known.verify(Buffer.from("text"), own.sign(Buffer.from("text")))).toBe(true);
  }
});

it("forbids terminals and forwarding, limits the source, and lets no comment break the line", () => {
  const { authorizedKey } = generateNodeKey({ comment: 'regent@north "east"\nssh-ed25519 AAAA', from: '10.0.0.0/8,!10.1.2.3"\n' });
  expect(authorizedKey).toMatch(
    /^restrict,from="10\.0\.0\.0\/8,!10\.1\.2\.3" ssh-ed25519 [A-Za-z0-9+/]{68} regent@north--east--ssh-ed25519-AAAA$/,
  );
  expect(generateNodeKey({ comment: "x".repeat(500), from: "" }).authorizedKey).toMatch(/^restrict ssh-ed25519 \S{68} x{80}$/);
});

const hasSshKeygen = (() => {
  try {
    execFileSync("ssh-keygen", ["-?"], { stdio: "ignore" });
    return true;
  } catch (error) {
    // Its usage ends with 1; a program that is not there has no exit code.
    return (error as { status?: number }).status === 1;
  }
})();

it.skipIf(!hasSshKeygen)("writes the private half as OpenSSH reads it", () => {
  const folder = mkdtempSync(join(tmpdir(), "regent-key-"));
  try {
    const { privateKey, authorizedKey } = generateNodeKey({ comment: "regent", from: "" });
    const file = join(folder, "key");
    writeFileSync(file, privateKey, { mode: 0o600 });
    const shown = execFileSync("ssh-keygen", ["-y", "-f", file], { encoding: "utf8" });
    expect(authorizedKey).toContain(shown.trim().split(" ").slice(0, 2).join(" "));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
