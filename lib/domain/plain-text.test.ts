import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainLine } from "./plain-text";

describe("one line of a text from outside", () => {
  it("keeps what can be read", () => {
    expect(plainLine("  Größe 97 %\r\nBcc: x@y\t\u0000\u202Eevil\u2028end ", 100)).toBe("Größe 97 % Bcc: x@y evil end");
    expect(plainLine("a".repeat(50), 10)).toBe(`${"a".repeat(9)}…`);
    expect(plainLine("👍👍👍", 2)).toBe("👍…");
    expect(plainLine("\ud800 half", 20)).toBe("half");
  });

  it("is never longer, never more than a line, and never turns the text after it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), fc.integer({ min: 1, max: 80 }), (text, most) => {
        const line = plainLine(text, most);
        expect([...line].length).toBeLessThanOrEqual(most);
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});
