/** The only reader of the environment. Each process parses what it needs once; a missing or unknown value stops the start with one sentence. */
import { z } from "zod";
import { parseNetworks } from "./domain/address";
import { parsePlaces } from "./domain/networks";

const base64Key = z.string().refine((text) => Buffer.from(text, "base64").length === 32, "must be 32 bytes in base64");

const flag = z
  .enum(["0", "1"])
  .default("0")
  .transform((word) => word === "1");

const Shared = z.object({
  DATABASE_URL: z.string().min(1),
  REGENT_SEAL_PUBLIC_KEY: base64Key,
  REGENT_MANAGEMENT_NETWORKS: z
    .string()
    .default("10.0.0.0/8 172.16.0.0/12 192.168.0.0/16")
    .transform((text, issue) => {
      const networks = parseNetworks(text);
      if (networks.ok) return networks.value;
      issue.addIssue({ code: "custom", message: networks.reason });
      return z.NEVER;
    }),
  REGENT_DEMO: flag,
  /** Whether a webhook may go to this machine itself, also without TLS: for a receiver beside the console, and for trying it out. */
  REGENT_WEBHOOK_LOOPBACK: flag,
});

const Factor = z.object({
  /** Opens the second factors of people: the raw X25519 private key that belongs to the web alone. */
  REGENT_FACTOR_KEY: base64Key,
});

const Web = Shared.extend({
  ...Factor.shape,
  REGENT_URL: z.url(),
  /** More origins under which this console may be reached, separated by spaces. */
  REGENT_ORIGINS: z.string().default(""),
  /** The proxies before the web: only what they say of a client's address is believed. */
  REGENT_PROXIES: z
    .string()
    .default("")
    .transform((text, issue) => {
      const places = parsePlaces(text);
      if (places.ok) return places.value;
      issue.addIssue({ code: "custom", message: places.reason });
      return z.NEVER;
    }),
  NEXTAUTH_SECRET: z.string().min(32),
  /** Who may read /metrics; without it nobody. */
  REGENT_METRICS_TOKEN: z
    .string()
    .min(16)
    .or(z.literal("").transform(() => undefined))
    .optional(),
});

const Worker = Shared.extend({
  REGENT_URL: z.url().optional(),
  REGENT_SEAL_PRIVATE_KEY_FILE: z.string().min(1),
  /** Addresses a node accepts Regent's key from, as in authorized_keys' from="…"; empty accepts any. */
  REGENT_KEY_FROM: z
    .string()
    .regex(/^[0-9a-fA-F.:/*,!]*$/)
    .default(""),
});

function read<T extends z.ZodType>(schema: T): () => z.infer<T> {
  let cached: z.infer<T> | undefined;
  return () => {
    if (cached !== undefined) return cached;
    const parsed = schema.safeParse(process.env);
    if (!parsed.success) {
      const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("; ");
      throw new Error(`The environment is not complete: ${faults}. See .env.example.`);
    }
    return (cached = parsed.data);
  };
}

export const sharedEnv = read(Shared);
export const webEnv = read(Web);
export const factorEnv = read(Factor);
export const workerEnv = read(Worker);
