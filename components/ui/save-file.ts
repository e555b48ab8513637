/** Hands a file to the browser, which saves it where its user wants it. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  // The browser has begun to read it; some do so a moment after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
