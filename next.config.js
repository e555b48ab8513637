/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // No image optimiser: nothing here needs it, and what is off can not be attacked.
  images: { unoptimized: true },
  // `npm run check` checks the types, tests included; a start should not wait for it again.
  typescript: { ignoreBuildErrors: true },
  experimental: { serverActions: { bodySizeLimit: "64kb" } },
  serverExternalPackages: ["pg", "@node-rs/argon2", "pino", "@prisma/client", "@prisma/adapter-pg"],
};
