import { expect, it } from "vitest";
import { newScreenToken, pairingPath, scannedScreen, screenCode, SCREEN_TOKEN } from "./wall-pairing";

it("what a screen shows leads to the page that knows it, and nothing else does", () => {
  for (const fill of [0, 255, 62, 251]) {
    const token = newScreenToken(new Uint8Array(32).fill(fill));
    expect(token).toMatch(SCREEN_TOKEN);
    expect(scannedScreen(new URL(pairingPath(token), "https://regent.example.com").hash)).toBe(token);
    expect(token.startsWith(screenCode(token))).toBe(true);
  }
  for (const wrong of ["", "#", "#screen=", "#screen=short", `#screen=${"x".repeat(44)}`, `#screen=${"!".repeat(43)}`])
    expect(scannedScreen(wrong), wrong).toBeNull();
});
