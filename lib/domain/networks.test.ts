import { describe, expect, it } from "vitest";
import { clientOf, isWithin, parsePlaces } from "./networks";

describe("addresses and networks of both families", () => {
  it("are read as they are written", () => {
    expect(parsePlaces(" 10.20.1.40, 10.20.0.0/16\n2001:DB8::/32 10.20.1.40 ")).toMatchObject({
      ok: true,
      value: ["10.20.1.40", "10.20.0.0/16", "2001:db8::/32"],
    });
    expect(parsePlaces("")).toMatchObject({ ok: true, value: [] });
    for (const wrong of [
      "10.20.1",
      "10.20.1.256",
      "010.1.1.1",
      "10.0.0.0/33",
      "::/129",
      "1::2::3",
      "office",
      "10.0.0.0/08",
      "::1.2.3",
      "::ffff:10.0.0.0/8",
    ])
      expect(parsePlaces(`10.0.0.1 ${wrong}`), wrong).toMatchObject({
        ok: false,
        reason: `“${wrong}” is neither an address nor a network.`,
      });
    const many = Array.from({ length: 51 }, (_, last) => `10.0.0.${last}`).join(" ");
    expect(parsePlaces(many)).toMatchObject({ ok: false, reason: "At most 50 addresses and networks." });
  });

  it("hold what lies in them, however it is spelt", () => {
    for (const [place, inside, outside] of [
      ["10.20.0.0/16", "10.20.255.255", "10.21.0.0"],
      ["10.20.1.40", "10.20.1.40", "10.20.1.41"],
      ["10.20.1.40/30", "10.20.1.43", "10.20.1.44"],
      ["0.0.0.0/0", "255.255.255.255", "::1"],
      ["10.20.0.0/16", "::ffff:10.20.1.1", "::10.20.1.1"],
      ["::ffff:10.20.1.1", "10.20.1.1", "10.20.1.2"],
      ["2001:db8::/32", "2001:0DB8:0:0:1::1", "2001:db9::"],
      ["fe80::/10", "fe80::1%eth0", "fec0::1"],
      ["::1", "0:0:0:0:0:0:0:1", "::2"],
      ["64:ff9b::10.0.0.0/104", "64:ff9b::a01:203", "64:ff9b::b01:203"],
    ] as const)
      expect([isWithin([place], inside), isWithin([place], outside)], place).toEqual([true, false]);
    expect(isWithin(["10.0.0.0/8", "192.168.0.0/16"], "192.168.7.1")).toBe(true);
    for (const nowhere of ["", "unknown", "10.0.0.1:80"]) expect(isWithin(["0.0.0.0/0", "::/0"], nowhere)).toBe(false);
    expect(isWithin([], "10.0.0.1")).toBe(false);
  });
});

describe("who asks", () => {
  it("is the other end of the connection, whatever a header says", () => {
    expect(clientOf("203.0.113.9", "10.0.0.1", [])).toBe("203.0.113.9");
    expect(clientOf("203.0.113.9", "10.0.0.1", ["127.0.0.1"])).toBe("203.0.113.9");
    expect(clientOf("::ffff:203.0.113.9", "", [])).toBe("203.0.113.9");
    expect(clientOf("", "10.0.0.1", ["0.0.0.0/0"])).toBe("");
  });

  it("is whom the last of our proxies asks for, and not what the client wrote before it", () => {
    const proxies = ["127.0.0.1", "10.1.0.0/16"];
    expect(clientOf("127.0.0.1", "10.0.0.1, 203.0.113.9", proxies)).toBe("203.0.113.9");
    expect(clientOf("127.0.0.1", "10.0.0.1, 203.0.113.9, 10.1.0.7", proxies)).toBe("203.0.113.9");
    expect(clientOf("127.0.0.1", "", proxies)).toBe("127.0.0.1");
    expect(clientOf("127.0.0.1", "203.0.113.9, unknown", proxies)).toBe("127.0.0.1");
    expect(clientOf("127.0.0.1", "10.1.2.3", proxies)).toBe("10.1.2.3");
  });

  it("is told without the port that some proxies write", () => {
    expect(clientOf("127.0.0.1", "203.0.113.9:51234", ["127.0.0.1"])).toBe("203.0.113.9");
    expect(clientOf("127.0.0.1", "[2001:DB8::1]:51234", ["127.0.0.1"])).toBe("2001:db8::1");
  });
});
