# Narrows in a container: built in one stage, run by an account without rights in another.
#
#   docker build --tag narrows .
#
FROM node:20-slim AS build
# better-sqlite3 compiles where no prebuilt one fits.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends python3 make g++ \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/narrows
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
COPY webhooks webhooks
COPY reports reports
COPY bench bench
RUN npm run build \
 && npm prune --omit=dev --no-audit --no-fund \
 && chmod 0755 dist/src/main.js

FROM node:20-slim
ENV NODE_ENV=production \
    NODE_OPTIONS=--enable-source-maps \
    HOST=0.0.0.0 \
    PORT=3000 \
    NARROWS_DATA_DIR=/data
WORKDIR /opt/narrows
COPY package.json LICENSE ./
COPY data/reference data/reference
COPY data/recordings data/recordings
COPY --from=build /opt/narrows/node_modules node_modules
COPY --from=build /opt/narrows/dist dist
RUN ln -s /opt/narrows/dist/src/main.js /usr/local/bin/narrows \
 && install --directory --owner=node --group=node --mode=0700 /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["narrows"]
CMD ["start"]
