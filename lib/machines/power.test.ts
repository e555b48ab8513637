/** The power of a machine by a real BMC (ipmi_sim), and what ipmitool says when something is wrong. */
import { spawnSync } from "node:child_process";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { explain, orderPower, powerState, type Bmc } from "./power";
import { LOGIN, noBmcs, openHole, PASSWORD, startBmc, unlessNoBmcs, type TestBmc } from "./testing-bmc";

const BMC: Bmc = { address: "127.20.250.1", port: 6231, login: LOGIN, password: PASSWORD };

describe.skipIf(noBmcs || process.platform !== "linux")(unlessNoBmcs("a real BMC"), { timeout: 30_000 }, () => {
  let bmc: TestBmc;
  beforeAll(async () => void (bmc = await startBmc(BMC.address, BMC.port)));
  afterAll(() => bmc?.stop());
  const code = async (facts: Partial<Bmc>, options = {}) => {
    const said = await powerState({ ...BMC, ...facts }, options);
    return said.ok ? said.value : said.code;
  };

  it("says whether the power is on, and takes orders", async () => {
    expect(await powerState(BMC)).toEqual({ ok: true, value: "on" });
    expect(await orderPower(BMC, "soft")).toEqual({ ok: true, value: undefined });
    expect(await orderPower(BMC, "off")).toMatchObject({ ok: true });
    expect(await powerState(BMC)).toEqual({ ok: true, value: "off" });
    // A host that is off already refuses nothing.
    expect(await orderPower(BMC, "off")).toMatchObject({ ok: true });
    expect(await orderPower(BMC, "on")).toMatchObject({ ok: true });
    expect(await powerState(BMC)).toEqual({ ok: true, value: "on" });
    expect(bmc.orders()).toEqual(["shutdown 1", "power 0", "power 0", "power 1"]);
  });

  it("refuses with its own sentence: password, user, silence, no tool", async () => {
    expect(await code({ password: "not-the-password" })).toBe("bmc-login");
    expect(await code({ login: "nobody" })).toBe("bmc-login");
    expect(await code({ port: 6230 })).toBe("bmc-silent");
    expect(await code({}, { program: "ipmitool-that-is-not-there" })).toBe("no-ipmitool");
    bmc.silence(true);
    expect(await code({})).toBe("bmc-silent");
    bmc.silence(false);
    expect(await code({})).toBe("on");
  });

  it("ends with its signal", async () => {
    bmc.silence(true);
    const began = performance.now();
    const said = await powerState(BMC, { signal: AbortSignal.timeout(300) });
    bmc.silence(false);
    expect(said.ok).toBe(false);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it("never shows the password where other users of the machine can see it", async () => {
    bmc.silence(true);
    const asked = powerState(BMC);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const seen = spawnSync("ps", ["axww", "-o", "args"], { encoding: "utf8" }).stdout;
    bmc.silence(false);
    await asked;
    expect(seen).toContain(`-H ${BMC.address}`);
    expect(seen).not.toContain(PASSWORD);
  });
});

/** As printed by ipmitool 1.8.19 with -v. */
const SAID: [string, string][] = [
  ["> RAKP 2 HMAC is invalid\nError: Unable to establish IPMI v2 / RMCP+ session", "bmc-login"],
  ["RAKP 2 message indicates an error : unauthorized name\nError: Unable to establish IPMI v2 / RMCP+ session", "bmc-login"],
  ["RAKP 2 message indicates an error : unauthorized role or privilege level requested", "bmc-privilege"],
  ["Set Chassis Power Control to Down/Off failed: Insufficient privilege level", "bmc-privilege"],
  ["Error in open session response message : invalid authentication algorithm\n\nError: Unable to establish", "bmc-cipher"],
  ["Error in open session response message : insufficient resources for session", "bmc-busy"],
  ["Get Auth Capabilities error\nError issuing Get Channel Authentication Capabilities request", "bmc-silent"],
  ["Address lookup for 10.0.0.1 failed\nCould not open socket!", "bmc-unreachable"],
  ["Set Chassis Power Control to Up/On failed: Node busy", "bmc-failed"],
  [
    "Invalid completion code received: Insufficient privilege level\nSet Chassis Power Control to Down/Off failed: Unspecified error",
    "bmc-failed",
  ],
  ["Get HPM.x Capabilities request failed, compcode = d4\nSet Chassis Power Control to Down/Off failed: Timeout", "bmc-silent"],
];

describe("what ipmitool says", () => {
  it.each(SAID)("%s", (text, code) => {
    const refused = explain({ code: 1, killed: false, text: `Loading IANA PEN Registry...\n${text}` }, BMC, "off");
    expect(refused.code).toBe(code);
    expect(refused.reason).toMatch(/the BMC at 127\.20\.250\.1/i);
    expect(refused.reason).not.toContain(PASSWORD);
  });

  it("is cut where a BMC says very much, and free of what is not text", () => {
    const { reason } = explain({ code: 1, killed: false, text: `\u001b[31m${"x".repeat(5000)}\u0000` }, BMC, "off");
    expect(reason.length).toBeLessThan(300);
    expect(reason).not.toMatch(/[^ -~“”]/);
  });
});

describe.skipIf(process.platform !== "linux")("an address where nobody is", () => {
  it("answers nothing at all", async () => {
    const hole = await openHole("127.20.250.2", 6232);
    const said = await new Promise<string>((resolve) => {
      const socket = connect(6232, "127.20.250.2");
      socket.setTimeout(1500, () => resolve("nothing"));
      socket.once("connect", () => resolve("connected")).once("error", (error) => resolve(error.message));
      socket.once("close", () => undefined);
    });
    await hole.close();
    expect(said).toBe("nothing");
  });
});
