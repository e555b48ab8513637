/** Whose keyboard has ⌘. */
export const MAC = /mac|iphone|ipad/i;

type Key = Pick<KeyboardEvent, "key" | "metaKey" | "ctrlKey" | "altKey" | "shiftKey">;
type Early = { key: Key | null; stop: () => void };
declare global {
  // oxlint-disable-next-line no-var -- only so is it a property of the window
  var regentEarlyKey: Early | undefined;
}

/**
 * Keeps the palette's key that is pressed between the first sight of a page and its scripts, and keeps it from the browser, which
 * would go to its own search. Only where the page has a palette: its button stands there from the first moment.
 */
export const EARLY_KEY_SCRIPT = `(function () {
  var early = (self.regentEarlyKey = { key: null, stop: function () { removeEventListener("keydown", listen); } });
  function listen(event) {
    var mac = ${MAC}.test(navigator.userAgent);
    if (event.key !== "k" || !(mac ? event.metaKey : event.ctrlKey)) return;
    if (!document.querySelector('[aria-keyshortcuts~="Control+K"]')) return;
    event.preventDefault();
    early.key = event;
  }
  addEventListener("keydown", listen);
})();`;

/** The key that was pressed before anybody listened; from now on others do. */
export function takeEarlyKey(): Key | null {
  const early = globalThis.regentEarlyKey;
  early?.stop();
  const key = early?.key ?? null;
  if (early) early.key = null;
  return key;
}
