# Two images: `api`, which is also the worker and the migrations, and `web`.
#   docker build --target api -t wellness-api .
#   docker build --target web -t wellness-web .
# Both hold what runs and nothing else, run as the user `node`, and write nothing but to /tmp.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages packages
COPY apps/api/package.json apps/api/
COPY apps/web/package.json apps/web/

FROM manifests AS build
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY tsconfig.json ./
COPY apps/api apps/api
COPY apps/web apps/web
# The web app shows it to partners.
COPY docs/partners docs/partners
ENV NODE_ENV=production
RUN npx tsc -b && npm run build --workspace=@wellness/web
# What was built is what runs.
RUN rm -r packages/embedded packages/*/src

# Even without packages for development npm would bring along those of packages/embedded, and TypeScript for its peers:
# nothing must ask for them any more.
FROM manifests AS production
RUN npm pkg delete devDependencies optionalDependencies \
  && npm pkg delete devDependencies --workspaces \
  && rm -r packages/embedded

FROM production AS api-modules
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts --workspace=@wellness/api

FROM production AS web-modules
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts --workspace=@wellness/web

FROM ${NODE_IMAGE} AS api
ENV NODE_ENV=production
WORKDIR /app
COPY --from=api-modules /app/node_modules node_modules
COPY --from=build /app/packages packages
COPY --from=build /app/apps/api/package.json apps/api/package.json
COPY --from=build /app/apps/api/dist apps/api/dist
# Volumes that are mounted here are made with these owners, so that docker-compose.yml can keep its secrets in them.
RUN mkdir -p /secrets/api /secrets/web && chown -R node:node /secrets
WORKDIR /app/apps/api
USER node
EXPOSE 4000
CMD ["node", "dist/src/main.js"]

FROM ${NODE_IMAGE} AS web
ENV NODE_ENV=production
WORKDIR /app
COPY --from=web-modules /app/node_modules node_modules
COPY --from=build /app/packages packages
COPY --from=build /app/apps/web/package.json apps/web/package.json
COPY --from=build /app/apps/web/build apps/web/build
WORKDIR /app/apps/web
USER node
EXPOSE 3000
CMD ["node", "build/main.js"]
