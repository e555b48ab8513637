import { THEME_COOKIE } from "./theme";

/** Runs before the first paint, so that no page flashes in the wrong theme. `<html>` needs `suppressHydrationWarning` for its `data-theme`. */
export const THEME_SCRIPT = `(function () {
  var match = document.cookie.match(/(?:^|; )${THEME_COOKIE}=(light|dark)(?:;|$)/);
  document.documentElement.dataset.theme = match ? match[1] : "system";
})();`;
