# Two stages: one that builds what browsers receive, one that runs. The server itself runs from its sources.
FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages ./packages
COPY tools ./tools
RUN npm ci --no-audit --no-fund
RUN npm run build
# The image brings its own Node, so the pinned one goes with the development tools. Other optional packages stay: they hold what
# avatars need on this platform.
RUN npm prune --omit=dev --no-audit --no-fund && rm -rf node_modules/node-linux-* node_modules/node-bin-* node_modules/.bin/node

FROM node:26-slim
LABEL org.opencontainers.image.title="Parlor" \
  org.opencontainers.image.licenses="Apache-2.0"
# A voice for avatars, run as a program of its own (GPL-3), and the certificates a media server over wss is checked against.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates espeak-ng && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production \
  HOST=0.0.0.0 \
  PORT=3001 \
  PARLOR_DATA_DIR=/data
COPY --from=build --chown=node:node /app ./
COPY LICENSE ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME ["/data"]
EXPOSE 3001
# HOST is a wildcard here, so PARLOR_PUBLIC_URL has to be given; the start says so in one sentence where it is not.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.PORT||3001)+'/health').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "packages/server/main.ts"]
