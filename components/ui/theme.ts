export const THEME_COOKIE = "theme";

export const THEMES = { system: "System", light: "Light", dark: "Dark" } as const;

export type Theme = keyof typeof THEMES;

/** Anything unknown is the system's own theme. */
export const parseTheme = (text: string | undefined): Theme =>
  text !== undefined && Object.hasOwn(THEMES, text) ? (text as Theme) /* a key of THEMES, just checked */ : "system";
