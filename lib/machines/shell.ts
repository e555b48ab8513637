/** Turns a constant script into the constant command line that carries it. No variable data ever passes through here. */

/** POSIX quoting: a quote ends, an escaped quote stands, a quote begins again. */
const quoted = (script: string): string => `'${script.trim().replaceAll("'", `'\\''`)}'`;

export const asUser = (script: string): string => `sh -c ${quoted(script)}`;

/** For logins that are not root: sudo asks nothing (`-n`), it works at once or fails at once. */
export const asRoot = (script: string): string => `sudo -n sh -c ${quoted(script)}`;
