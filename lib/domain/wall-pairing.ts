/** How a screen without a keyboard gets its link: it makes a token, shows it as a QR code, and whoever may make links scans it. */

/** 32 bytes in base64url. */
export const SCREEN_TOKEN = /^[\w-]{43}$/;

/** Behind "#", as in the wall's own address: it is never sent. */
const PREFIX = "#screen=";

export const pairingPath = (token: string): string => `/settings/wall${PREFIX}${token}`;

/** The token of the screen whose code was scanned, in what stands behind "#" of the address; null: none. */
export function scannedScreen(hash: string): string | null {
  const token = hash.startsWith(PREFIX) ? hash.slice(PREFIX.length) : "";
  return SCREEN_TOKEN.test(token) ? token : null;
}

/** What stands on the screen and in the dialog, so that nobody takes another screen for this one. */
export const screenCode = (token: string): string => token.slice(0, 6);

export function newScreenToken(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
