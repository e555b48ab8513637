import { THEME_COOKIE } from "./theme";

/** Runs before the first paint, so that no page flashes in the wrong theme. */
const SCRIPT = `(function () {
  var match = document.cookie.match(/(?:^|; )${THEME_COOKIE}=(light|dark)(?:;|$)/);
  document.documentElement.dataset.theme = match ? match[1] : "system";
})();`;

/** Stands first in `<head>`; `<html>` needs `suppressHydrationWarning`, because the script sets its `data-theme`. */
export function ThemeScript({ nonce }: { nonce: string | undefined }) {
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: SCRIPT }} />;
}
