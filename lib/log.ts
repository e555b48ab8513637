/** Structured log lines on stdout. What could hold a secret is removed by name before it is written. */
import pino from "pino";

const SECRET_FIELDS = ["password", "present", "sshPassword", "privateKey", "sealed", "token", "secret", "cookie", "authorization"];

export const log = pino({
  level: process.env.REGENT_LOG_LEVEL ?? "info",
  base: { process: process.env.REGENT_PROCESS ?? "regent" },
  redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: "[secret]" },
});

/** Logs a fault once and returns the short reference that the administrator sees. */
export function reportFault(error: unknown, context: Record<string, unknown> = {}): string {
  const reference = crypto.randomUUID().slice(0, 8).toUpperCase();
  const fault =
    error instanceof Error
      ? { name: error.name, message: withoutArguments(error.message), stack: stackOf(error) }
      : { message: String(error) };
  log.error({ reference, ...context, fault }, "fault");
  return reference;
}

/** Frames only: the lines before them repeat the message, arguments and all. */
const stackOf = (error: Error): string[] =>
  (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12);

/** Prisma prints the arguments of a failed call into its message: only the last line, the cause, may be logged. */
function withoutArguments(message: string): string {
  const lines = message.trim().split("\n");
  return message.includes("invocation") ? (lines.at(-1) ?? "") : message;
}
