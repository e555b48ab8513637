/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // No image optimiser: nothing here needs it, and what is off can not be attacked.
  images: { unoptimized: true },
  // The title goes out with the head, not streamed after it: a page has a name from its first moment.
  htmlLimitedBots: /./,
  // `npm run check` checks the types, tests included; a start should not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // Browsers ask for it wherever a page's own icon was not heard of yet.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  experimental: { serverActions: { bodySizeLimit: "64kb" } },
  serverExternalPackages: ["pg", "@node-rs/argon2", "pino", "@prisma/client", "@prisma/adapter-pg"],
};
