"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useId, useSyncExternalStore } from "react";
import { parseTheme, THEME_COOKIE, THEMES } from "./theme";
import type { Theme } from "./theme";

const GLYPHS = { system: Monitor, light: Sun, dark: Moon } as const satisfies Record<Theme, unknown>;
const CHOICES: readonly Theme[] = ["system", "light", "dark"];
const YEAR_SECONDS = 31_536_000;

const chosen = (): Theme => parseTheme(document.documentElement.dataset.theme);

const watch = (changed: () => void) => {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
};

const choose = (theme: Theme) => {
  document.documentElement.dataset.theme = theme;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
};

/** The attribute on `<html>` is the truth; the cookie carries it to the next page. */
export function ThemeToggle() {
  const name = useId();
  const theme = useSyncExternalStore(watch, chosen, (): Theme => "system");
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-muted">Theme</legend>
      <div className="grid grid-cols-3 rounded-md border border-control p-0.5">
        {CHOICES.map((choice) => {
          const Glyph = GLYPHS[choice];
          return (
            <label
              key={choice}
              className="flex min-h-7 items-center justify-center gap-1 rounded-sm text-xs text-muted hover:text-ink has-checked:bg-hover has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent forced-colors:has-checked:border"
            >
              <input type="radio" name={name} className="sr-only" checked={theme === choice} onChange={() => choose(choice)} />
              <Glyph aria-hidden size={13} />
              {THEMES[choice]}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
