/**
 * Loaded into every process the launcher starts, ahead of its own program: ends it when the launcher was killed. The program itself
 * would listen for that only once it is loaded, and a launcher that died before would leave it behind for ever.
 */
const HARD_END_MS = 1000;

function end() {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), HARD_END_MS);
}

process.once("disconnect", end);
// Listening alone must not keep a process alive that has nothing left to do.
process.channel?.unref();
if (!process.connected) end();
