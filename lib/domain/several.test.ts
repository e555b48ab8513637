import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normaliseMac } from "./address";
import { pastedLines } from "./pasted-table";
import { NODE_ROLE_IDS } from "./roles";
import { readServers, SEVERAL_MAX, SEVERAL_TEXT_MAX, serversText, type Server } from "./several";

const MAC = "b8:ce:f6:01:02:03";
const OTHER = "b8:ce:f6:01:02:04";
const server = (facts: Partial<Server> = {}): Server => ({ ip: "10.20.1.40", user: "root", role: "Worker", macs: [MAC], ...facts });
const read = (text: string, suggest = false) => readServers(text, { suggest });
const servers = (text: string, suggest = false) => read(text, suggest).lines.map(({ server: found }) => found);
const faults = (text: string, suggest = false) => read(text, suggest).lines.map(({ line, fault }) => [line, fault]);

describe("a paste of servers", () => {
  it.each([
    ["comma", `10.20.1.40,root,Worker,${MAC}`],
    ["comma and space", `10.20.1.40, root, worker, ${MAC}`],
    ["semicolon", `10.20.1.40;root;WORKER;${MAC}`],
    ["tab, as from a spreadsheet", `10.20.1.40\troot\tWorker\t${MAC}`],
    ["quotes", `"10.20.1.40","root","Worker","${MAC}"`],
    ["the header of the documentation", `ip,user,type,macs\n10.20.1.40,root,Worker,${MAC}`],
    [
      "a header in another order, with words of the page",
      `Node Type;Converged MAC Addresses;SSH User;Candidate Access IP\nworker;${MAC};root;10.20.1.40`,
    ],
    [
      "a byte order mark, CR LF, comments and blank lines",
      `\uFEFFip,user,type,macs\r\n# rack A\r\n\r\n ,,,\r\n10.20.1.40,root,Worker,${MAC}\r\n`,
    ],
    ["another spelling of the MAC", "10.20.1.40,root,Worker,B8-CE-F6-01-02-03"],
    ["what Add Candidate Node has by default", `10.20.1.40,,,${MAC}`],
  ])("is read with %s", (_, text) => {
    expect(servers(text)).toEqual([server()]);
  });

  it.each([
    ["spaces", `10.20.1.40,root,Worker,${MAC} ${OTHER}`],
    ["semicolons", `10.20.1.40,root,Worker,${MAC}; ${OTHER}`],
    ["commas within quotes", `10.20.1.40,root,Worker,"${MAC},${OTHER}"`],
    ["the sign that separates cells too", `10.20.1.40;root;Worker;${MAC};${OTHER}`],
  ])("has several MACs in a cell, separated by %s", (_, text) => {
    expect(servers(text)).toEqual([server({ macs: [MAC, OTHER] })]);
  });

  it("has a sentence for each line that is wrong, and keeps the others", () => {
    const text = [
      `10.20.1.40,root,Worker,${MAC}`,
      `10.20.1.400,root,Worker,${OTHER}`,
      `10.20.1.41,root,Worker,01:00:5e:00:00:01`,
      `10.20.1.42,root,Storage,${OTHER}`,
      `10.20.1.43,no body,Worker,${OTHER}`,
      `10.20.1.40,root,Worker,b8:ce:f6:01:02:05`,
      `10.20.1.44,root,Worker,${MAC.toUpperCase()}`,
      `10.20.1.45,root,Worker,b8:ce:f6:01:02:06 b8-ce-f6-01-02-06`,
      `10.20.1.46,root,Worker,`,
      `10.20.1.47,"root,Worker,${OTHER}`,
      `,root,Worker,${OTHER}`,
      `10.20.1.48,root,Control,${Array.from({ length: 17 }, (_, at) => `02:00:00:00:01:${String(at).padStart(2, "0")}`).join(" ")}`,
      `10.20.1.49,admin,control,b8:ce:f6:01:02:07`,
    ].join("\n");
    expect(faults(text)).toEqual([
      [1, null],
      [2, "“10.20.1.400” is not an IPv4 address. Write four numbers from 0 to 255, as in 10.20.1.40."],
      [3, "“01:00:5e:00:00:01” is not the MAC address of a network interface. Write it as in b8:ce:f6:01:02:03."],
      [4, "“Storage” is no Node Type. Write Worker or Control."],
      [5, "SSH User has only letters, digits and . _ - @"],
      [6, "10.20.1.40 stands on line 1 already."],
      [7, `${MAC} stands on line 1 already.`],
      [8, "b8:ce:f6:01:02:06 is listed twice on this line."],
      [9, "Names no Converged MAC Address."],
      [10, "A quote is not closed on this line."],
      [11, "The IP is missing."],
      [12, "At most 16 Converged MAC Addresses."],
      [13, null],
    ]);
    expect(servers(text).filter(Boolean)).toEqual([
      server(),
      server({ ip: "10.20.1.49", user: "admin", role: "Control", macs: ["b8:ce:f6:01:02:07"] }),
    ]);
  });

  it("may leave the MACs to the machine, when that is asked for", () => {
    expect(servers("10.20.1.40", true)).toEqual([server({ macs: [] })]);
    expect(faults("10.20.1.40,root,Worker,not one", true)[0]?.[1]).toMatch(/^“not” is not the MAC address/);
  });

  it("with a column of passwords is refused as a whole, and shows none of them", () => {
    for (const name of ["password", "SSH Password", "ssh_password", "PWD", "Pass"]) {
      const found = read(`ip;user;${name};type;macs\n10.20.1.40;root;s3cret;Worker;${MAC}`);
      expect(found).toMatchObject({ lines: [], refusal: { code: "password-in-file" } });
      expect(JSON.stringify(found)).not.toContain("s3cret");
    }
    expect(read(`name,password\nx,s3cret`).refusal?.code).toBe("password-in-file");
  });

  it("says which columns it does not read, and which it misses", () => {
    expect(read(`rack,ip,hostname,macs\nA1,10.20.1.40,compute-1,${MAC}`)).toMatchObject({
      ignored: ["rack", "hostname"],
      lines: [{ server: server() }],
    });
    expect(read("user,type,macs\nroot,Worker,x").refusal?.reason).toBe("The first line names columns, and none of them is “ip”.");
    expect(read("ip,address\n10.20.1.40,10.20.1.41").refusal?.reason).toBe("The first line names the column “ip” twice.");
    expect(faults(`macs,ip\n${MAC},10.20.1.40,more`)).toEqual([[2, "This line has more cells than the first line names columns."]]);
  });

  it("is refused when it is too long, and of nothing is empty", () => {
    const lines = Array.from(
      { length: SEVERAL_MAX + 1 },
      (_, at) => `10.20.${at >> 8}.${at & 255},root,Worker,02:00:00:00:00:${at.toString(16).padStart(2, "0")}`,
    );
    expect(servers(lines.slice(1).join("\n")).filter(Boolean)).toHaveLength(SEVERAL_MAX);
    expect(read(lines.join("\n"))).toMatchObject({
      lines: [],
      refusal: { reason: "These are 101 servers; at most 100 can be added at once." },
    });
    expect(read("x".repeat(SEVERAL_TEXT_MAX + 1)).refusal?.code).toBe("too-long");
    expect(read(" \n# nothing\n")).toEqual({ lines: [], ignored: [], refusal: null });
  });
});

const byte = fc.integer({ min: 0, max: 255 });
const ip = fc.tuple(fc.integer({ min: 1, max: 223 }), byte, byte, byte).map((parts) => parts.join("."));
const mac = fc
  .tuple(
    byte.map((first) => first & 0xfe),
    byte,
    byte,
    byte,
    byte,
    fc.integer({ min: 1, max: 255 }),
  )
  .map((parts) => parts.map((part) => part.toString(16).padStart(2, "0")).join(":"));
const someServers = fc
  .uniqueArray(fc.record({ ip, user: fc.stringMatching(/^[A-Za-z0-9._@\\-]{1,64}$/), role: fc.constantFrom(...NODE_ROLE_IDS) }), {
    maxLength: SEVERAL_MAX,
    selector: (one) => one.ip,
  })
  .chain((rows) =>
    fc
      .uniqueArray(mac, { minLength: rows.length, maxLength: rows.length })
      .map((macs) => rows.map((row, at) => ({ ...row, macs: [macs[at] ?? ""] }))),
  );

describe("whatever is pasted", () => {
  it("what is written as text is read as it was, with any separator and case", () => {
    fc.assert(
      fc.property(someServers, fc.constantFrom(",", ";", "\t"), fc.boolean(), (wanted, separator, loud) => {
        const text = serversText(wanted).replaceAll(",", separator);
        const typed = loud ? text.replaceAll("Worker", "WORKER").replaceAll("Control", "control").replaceAll("\n", "\r\n") : text;
        // A user may be called as a Node Type is.
        fc.pre(!wanted.some(({ user }) => /worker|control/i.test(user)));
        expect(servers(typed)).toEqual(wanted);
      }),
    );
  });

  it("each line that says something is either a server by the rules of the single dialog, or has a sentence", () => {
    const cell = fc.oneof(fc.string(), ip, mac, fc.constantFrom("root", "Worker", "CONTROL", '"', '"a,b"', "ip", "password", "#"));
    const text = fc.array(fc.array(cell, { maxLength: 6 }).map((cells) => cells.join(","))).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, fc.boolean(), (pasted, suggest) => {
        const { lines, refusal } = read(pasted, suggest);
        const met: string[] = [];
        for (const { server: found, fault } of lines) {
          expect(found === null).toBe(fault !== null && fault !== "");
          if (!found) continue;
          expect(suggest || found.macs.length > 0).toBe(true);
          expect(found.macs.map(normaliseMac)).toEqual(found.macs);
          expect(met).not.toContain(found.ip);
          met.push(found.ip, ...found.macs);
        }
        expect(new Set(met).size).toBe(met.length);
        if (refusal) expect(lines).toEqual([]);
        else expect(pastedLines(pasted).length - lines.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("a quoted cell is what was written, whatever separates cells", () => {
    const quotable = fc.array(
      fc.string().map((text) => text.replace(/[\r\n]/g, " ").trim()),
      { minLength: 2, maxLength: 6 },
    );
    fc.assert(
      fc.property(quotable, fc.constantFrom(",", ";", "\t"), (cells, separator) => {
        fc.pre(cells.some((cell) => cell !== ""));
        const line = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator);
        expect(pastedLines(line)).toEqual([{ line: 1, cells }]);
      }),
    );
  });
});
