/** A key by which a repeated request is known as the same. crypto.randomUUID needs https; a console on plain http has only this. */
export const requestKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
