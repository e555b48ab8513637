/** Imported first by everything that starts: an older Node.js would fail later with a riddle instead of a sentence. */

/**
 * @param {string} version such as "20.19.0"
 * @returns {boolean} whether Regent runs on it: ^20.19 || ^22.12 || >=24
 */
export function isSupported(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
}

if (!isSupported(process.versions.node)) {
  console.error(`Regent needs Node.js 20.19, 22.12 or 24 and newer; this is ${process.versions.node}. Install Node.js 24 and start again.`);
  process.exit(1);
}
