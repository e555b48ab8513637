import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { FLEET } from "@/lib/demo/fleet";
import { authorizedKeys } from "@/lib/demo/state";
import { unpoweredFacts } from "@/lib/demo/unpowered";

const off = FLEET.filter(({ powered }) => !powered);

afterEach(() => vi.unstubAllEnvs());

it("knows a server that is off, and puts the key where the server will look for it", () => {
  const folder = mkdtempSync(join(tmpdir(), "regent-demo-"));
  vi.stubEnv("REGENT_DEMO_STATE", folder);
  for (const server of off) {
    const { hostKey, inventory } = unpoweredFacts(server, "restrict ssh-ed25519 AAAAtest regent");
    expect(hostKey).toEqual({ type: "ssh-ed25519", sha256: expect.stringMatching(/^SHA256:[A-Za-z0-9+/]{43}$/) });
    expect(unpoweredFacts(server, "restrict ssh-ed25519 AAAAtest regent").hostKey).toEqual(hostKey);
    expect(inventory).toMatchObject({ hostname: server.name, ...server.hardware });
    expect(authorizedKeys(folder, server)).toEqual(["restrict ssh-ed25519 AAAAtest regent"]);
  }
  rmSync(folder, { recursive: true });
});
