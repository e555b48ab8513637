import { diffieHellman, createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { privateFolder, readRegion, writeRegion } from "./data-folder.mjs";
import { environments } from "./environment.mjs";
import { publicKeyOf, secretsIn } from "./secrets.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "regent-unit-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("the private folder", () => {
  it("is made for nobody else", () => {
    expect(mode(privateFolder(join(folder, "a/b")))).toBe("700");
  });

  it("is closed when it was open", () => {
    chmodSync(folder, 0o755);
    expect(mode(privateFolder(folder))).toBe("700");
  });

  it("remembers what the first start decided", () => {
    expect(readRegion(folder)).toBeUndefined();
    writeRegion(folder, { demo: true, demoPort: 2222 });
    expect(readRegion(folder)).toEqual({ demo: true, demoPort: 2222 });
    expect(mode(join(folder, "region.json"))).toBe("600");
  });
});

describe("secrets", () => {
  it("are made once, and only their owner reads them", () => {
    const first = secretsIn(folder);
    expect(secretsIn(folder)).toEqual(first);
    expect(mode(first.sealPrivateKeyFile)).toBe("600");
    expect(mode(join(folder, "nextauth"))).toBe("600");
    expect(first.nextAuthSecret.length).toBeGreaterThanOrEqual(43);
    expect(readFileSync(join(folder, "seal.pub"), "utf8").trim()).toBe(first.sealPublicKey);
  });

  it("are a pair of raw X25519 keys that agree", () => {
    const { sealPublicKey, sealPrivateKeyFile } = secretsIn(folder);
    const raw = Buffer.from(readFileSync(sealPrivateKeyFile, "utf8"), "base64");
    expect([raw.length, Buffer.from(sealPublicKey, "base64").length]).toEqual([32, 32]);
    const own = createPrivateKey({
      key: Buffer.concat([Buffer.from("302e020100300506032b656e04220420", "hex"), raw]),
      format: "der",
      type: "pkcs8",
    });
    const published = createPublicKey({
      key: Buffer.concat([Buffer.from("302a300506032b656e032100", "hex"), Buffer.from(sealPublicKey, "base64")]),
      format: "der",
      type: "spki",
    });
    const other = generateKeyPairSync("x25519");
    const theirs = diffieHellman({ privateKey: other.privateKey, publicKey: published });
    expect(diffieHellman({ privateKey: own, publicKey: other.publicKey })).toEqual(theirs);
  });

  it("repair a lost public copy and refuse a damaged private key", () => {
    const { sealPublicKey, sealPrivateKeyFile } = secretsIn(folder);
    rmSync(join(folder, "seal.pub"));
    expect(secretsIn(folder).sealPublicKey).toBe(sealPublicKey);
    writeFileSync(sealPrivateKeyFile, "AAAA");
    expect(() => secretsIn(folder)).toThrow("damaged");
    expect(() => publicKeyOf("")).toThrow("32 bytes");
  });
});

describe("what each process may know", () => {
  const given = { PATH: "/bin", DATABASE_URL: "postgresql://secret", PGPASSWORD: "secret", npm_config_x: "y", REGENT_KEY_FROM: "10.0.0.1" };
  const make = (more: Record<string, string> = {}, demoPort?: number) =>
    environments({ folder, databaseUrl: "postgresql://region", url: "http://localhost:3000", demoPort, given: { ...given, ...more } });

  it("gives each secret to the one that needs it", () => {
    const { web, worker, demo } = make({}, 2200);
    expect(web.NEXTAUTH_SECRET).toBeTruthy();
    expect([Buffer.from(web.REGENT_FACTOR_KEY ?? "", "base64").length, worker.REGENT_FACTOR_KEY]).toEqual([32, undefined]);
    expect(worker.REGENT_SEAL_PRIVATE_KEY_FILE).toBe(join(folder, "secrets/seal.key"));
    expect(web.REGENT_SEAL_PRIVATE_KEY_FILE ?? worker.NEXTAUTH_SECRET ?? web.PGPASSWORD ?? web.npm_config_x).toBeUndefined();
    expect([web.DATABASE_URL, worker.DATABASE_URL]).toEqual(["postgresql://region", "postgresql://region"]);
    expect(Object.keys(demo).filter((name) => /DATABASE|SECRET|SEAL|NEXTAUTH|KEY/.test(name))).toEqual([]);
    expect(demo).toMatchObject({ PATH: "/bin", REGENT_DEMO: "1", REGENT_DEMO_SSH_PORT: "2200", REGENT_DEMO_STATE: join(folder, "demo") });
  });

  it("puts the demo network in front of the given ones, and in a demo region only", () => {
    const real = "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16";
    expect(make().web).toMatchObject({ REGENT_MANAGEMENT_NETWORKS: real, REGENT_DEMO: "0", REGENT_KEY_FROM: "10.0.0.1" });
    expect(make({}, 2200).worker).toMatchObject({ REGENT_MANAGEMENT_NETWORKS: `127.20.0.0/16:2200 ${real}`, REGENT_DEMO: "1" });
    const own = make({ REGENT_MANAGEMENT_NETWORKS: "10.9.0.0/16" }, 2200);
    expect(own.web.REGENT_MANAGEMENT_NETWORKS).toBe("127.20.0.0/16:2200 10.9.0.0/16");
  });

  it("refuses half a pair", () => {
    expect(() => make({ REGENT_SEAL_PUBLIC_KEY: "x" })).toThrow("belong together");
  });
});
