import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareIPv4, dialable, installerUrl, ipv4Number, normaliseMac, parseIPv4, parseNetworks, type Network } from "./address";

const octet = fc.integer({ min: 0, max: 255 });
const quad = fc.tuple(octet, octet, octet, octet);
const ipv4 = quad.map((parts) => parts.join("."));

const networks = (text: string): Network[] => {
  const parsed = parseNetworks(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
};
const PRIVATE = networks("10.0.0.0/8 172.16.0.0/12 192.168.0.0/16");
const reason = (ip: string, listed = PRIVATE, own: string[] = []) => {
  const outcome = dialable(ip, listed, own);
  return outcome.ok ? `${outcome.value.ip}:${outcome.value.port}` : outcome.reason;
};

describe("parseIPv4", () => {
  it("reads every canonical dotted quad and gives it back", () => {
    fc.assert(
      fc.property(ipv4, (ip) => parseIPv4(ip) === ip),
      { numRuns: 500 },
    );
  });

  it("refuses every other spelling of the same address", () => {
    const spellings: ((parts: number[]) => string)[] = [
      (p) => p.map((part) => `0${part}`).join("."),
      (p) => p.map((part) => `0${part.toString(8)}`).join("."),
      (p) => p.map((part) => `0x${part.toString(16)}`).join("."),
      (p) => `0x${p.map((part) => part.toString(16).padStart(2, "0")).join("")}`,
      (p) => String(p.reduce((sum, part) => sum * 256 + part, 0)),
      (p) => `${p[0]}.${p[1]}.${p[2]! * 256 + p[3]!}`,
      (p) => `${p[0]}.${p[1]! * 65_536 + p[2]! * 256 + p[3]!}`,
      (p) => `::ffff:${p.join(".")}`,
      (p) => `[::ffff:${p.join(".")}]`,
      (p) => ` ${p.join(".")}`,
      (p) => `${p.join(".")} `,
      (p) => `${p.join(".")}\n`,
      (p) => `${p.join(".")}\u0000`,
      (p) => p.join(". "),
      (p) => `${p.join(".")}.`,
      (p) => `+${p.join(".")}`,
      (p) => `${p.join(".")}:22`,
      (p) => `${p.join(".")}/32`,
      (p) => p.join("\u3002"),
      (p) => p.join(","),
      (p) => p.join(".").replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
      (p) => p.join(".").replace(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit))),
      (p) => `${p[0]! + 256}.${p[1]}.${p[2]}.${p[3]}`,
      (p) => `${p.join(".")}.in-addr.arpa`,
    ];
    for (const spelling of spellings)
      fc.assert(
        fc.property(quad, (parts) => parseIPv4(spelling(parts)) === null),
        { numRuns: 100 },
      );
  });

  it("refuses any text that is not one", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => [null, text].includes(parseIPv4(text))),
      { numRuns: 1000 },
    );
    for (const text of ["", "localhost", "1.2.3", "256.1.1.1", "1.2.3.4.5", "1..2.3", "-1.2.3.4", "1e1.2.3.4", "::1", "00.0.0.0"])
      expect(parseIPv4(text)).toBeNull();
  });

  it("orders by number", () => {
    expect(["10.0.0.10", "9.255.0.0", "10.0.0.9", "255.0.0.1"].toSorted(compareIPv4)).toEqual([
      "9.255.0.0",
      "10.0.0.9",
      "10.0.0.10",
      "255.0.0.1",
    ]);
    expect(ipv4Number("255.255.255.255")).toBe(4_294_967_295);
  });
});

describe("parseNetworks", () => {
  it("reads networks with and without a port", () => {
    expect(networks(" 10.20.0.0/16\n127.20.0.0/16:2222 ").map(({ cidr, port }) => [cidr, port])).toEqual([
      ["10.20.0.0/16", 22],
      ["127.20.0.0/16", 2222],
    ]);
  });

  it.each([
    ["", "No management network is listed."],
    ["10.20.1.0", "“10.20.1.0” is not a management network."],
    ["10.0.0.0/33", "“10.0.0.0/33” is not a management network."],
    ["10.0.0.0/08", "“10.0.0.0/08” is not a management network."],
    ["010.0.0.0/8", "“010.0.0.0/8” is not a management network."],
    ["10.0.0.0/8:0", "“10.0.0.0/8:0” is not a management network."],
    ["10.0.0.0/8:65536", "“10.0.0.0/8:65536” has a port above 65535."],
    ["10.1.2.3/8", "“10.1.2.3/8” is an address inside a network."],
    ["fd00::/8", "“fd00::/8” is not a management network."],
  ])("refuses %s", (text, expected) => {
    const parsed = parseNetworks(text);
    expect(parsed.ok ? null : parsed.reason).toBe(expected);
  });

  it("names the network that was meant", () => {
    expect(parseNetworks("10.1.2.3/8")).toMatchObject({ hint: "Write the network itself: 10.0.0.0/8." });
  });
});

describe("dialable", () => {
  it.each([
    ["10.20.1.40", "10.20.1.40:22"],
    ["010.20.1.40", "That is not an IPv4 address."],
    ["8.8.8.8", "8.8.8.8 is outside the management networks."],
    ["0.0.0.0", "0.0.0.0 means “no address”."],
    ["127.0.0.1", "127.0.0.1 is this console's own machine (loopback)."],
    ["169.254.169.254", "169.254.169.254 is a link-local address."],
    ["224.0.0.1", "224.0.0.1 is a multicast address."],
    ["239.255.255.255", "239.255.255.255 is a multicast address."],
    ["240.0.0.1", "240.0.0.1 is a reserved address."],
    ["255.255.255.255", "255.255.255.255 is the broadcast address."],
    ["10.0.0.0", "10.0.0.0 is the network 10.0.0.0/8 itself."],
    ["10.255.255.255", "10.255.255.255 is the broadcast address of 10.0.0.0/8."],
  ])("%s", (ip, expected) => expect(reason(ip)).toBe(expected));

  it("refuses the console's own addresses", () => {
    expect(reason("10.0.0.5", PRIVATE, ["127.0.0.1", "10.0.0.5"])).toBe("10.0.0.5 is an address of this console.");
  });

  it("dials loopback only inside a listed network of loopback", () => {
    const demo = networks("127.20.0.0/16:2200");
    expect(reason("127.20.1.7", demo)).toBe("127.20.1.7:2200");
    expect(reason("127.0.0.1", demo)).toContain("loopback");
    expect(reason("127.0.0.1", networks("0.0.0.0/0"))).toContain("loopback");
    expect(reason("127.20.0.0", demo)).toBe("127.20.0.0 is the network 127.20.0.0/16 itself.");
  });

  it("takes the narrowest listed network", () => {
    const listed = networks("10.0.0.0/8 10.7.0.0/31:2222 10.8.0.9/32:23");
    expect(reason("10.7.0.0", listed)).toBe("10.7.0.0:2222");
    expect(reason("10.8.0.9", listed)).toBe("10.8.0.9:23");
    expect(reason("10.7.0.2", listed)).toBe("10.7.0.2:22");
  });

  it("never dials a special address, whatever is listed", () => {
    const everything = networks("0.0.0.0/0 169.254.0.0/16 224.0.0.0/4 240.0.0.0/4 0.0.0.0/8");
    fc.assert(
      fc.property(ipv4, (ip) => {
        const first = Number(ip.split(".")[0]);
        const special = first === 0 || first === 127 || first >= 224 || ip.startsWith("169.254.");
        if (special) expect(dialable(ip, everything, []).ok).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it("dials only inside what is listed", () => {
    fc.assert(
      fc.property(ipv4, (ip) => {
        const inside = ip.startsWith("10.") || ip.startsWith("192.168.") || /^172\.(1[6-9]|2\d|3[01])\./.test(ip);
        if (!inside) expect(dialable(ip, PRIVATE, []).ok).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it("names the field and what to do", () => {
    const refused = dialable("8.8.8.8", PRIVATE, []);
    expect(refused).toMatchObject({
      code: "address-not-allowed",
      field: "ip",
      hint: expect.stringContaining("10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16"),
    });
  });
});

describe("normaliseMac", () => {
  it.each(["b8:ce:f6:01:02:03", "B8-CE-F6-01-02-03", "b8ce.f601.0203", "B8CEF6010203", "  b8:ce:f6:01:02:03\n"])("reads %j", (text) => {
    expect(normaliseMac(text)).toBe("b8:ce:f6:01:02:03");
  });

  it.each([
    "",
    "b8:ce:f6:01:02",
    "b8:ce:f6:01:02:03:04",
    "b8:ce-f6:01:02:03",
    "g8:ce:f6:01:02:03",
    "00:00:00:00:00:00",
    "ff:ff:ff:ff:ff:ff",
    "01:00:5e:00:00:01",
    "b8 ce f6 01 02 03",
    "b8:ce:f6:1:2:3",
  ])("refuses %j", (text) => expect(normaliseMac(text)).toBeNull());

  it("is the same from every spelling, and stays the same when repeated", () => {
    const unicast = fc.tuple(
      octet.map((first) => first & 0xfe),
      octet,
      octet,
      octet,
      octet,
      octet.filter((last) => last > 0),
    );
    fc.assert(
      fc.property(unicast, fc.boolean(), (octets, upper) => {
        const hex = octets.map((value) => value.toString(16).padStart(2, "0"));
        const typed = [hex.join(":"), hex.join("-"), hex.join(""), hex.join("").replace(/(.{4})(?=.)/g, "$1.")].map((text) =>
          upper ? text.toUpperCase() : text,
        );
        for (const text of typed) expect(normaliseMac(text)).toBe(hex.join(":"));
        expect(normaliseMac(hex.join(":"))).toBe(hex.join(":"));
      }),
    );
  });
});

it("the installer of a node is at its address, an IPv6 one in brackets", () => {
  expect([installerUrl("10.20.1.40"), installerUrl("fd00::7")]).toEqual(["http://10.20.1.40/installer", "http://[fd00::7]/installer"]);
});
