"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Segments } from "./segments";
import { parseTheme, THEME_COOKIE, THEMES } from "./theme";
import type { Theme } from "./theme";

const GLYPHS = { system: Monitor, light: Sun, dark: Moon } as const satisfies Record<Theme, unknown>;
const YEAR_SECONDS = 31_536_000;

const chosen = (): Theme => parseTheme(document.documentElement.dataset.theme);

const watch = (changed: () => void) => {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
};

export const chooseTheme = (theme: Theme): void => {
  document.documentElement.dataset.theme = theme;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
};

/** The attribute on `<html>` is the truth; the cookie carries it to the next page. */
export function ThemeToggle() {
  const theme = useSyncExternalStore(watch, chosen, (): Theme => "system");
  return <Segments legend="Theme" options={THEMES} glyphs={GLYPHS} value={theme} onChoose={chooseTheme} />;
}
