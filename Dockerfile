# The images of the three servers, each a target of its own: docker build --target users|tasks|router .
# The base can be pinned by its digest, or be one of your own: --build-arg NODE_IMAGE=…@sha256:…
ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim

FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
ENV npm_config_audit=false npm_config_fund=false npm_config_ignore_scripts=true npm_config_update_notifier=false
COPY containers/install-packages.sh /usr/local/bin/install-packages
COPY package.json package-lock.json ./
COPY service-kit/package.json service-kit/
COPY subgraphs/users/package.json subgraphs/users/
COPY subgraphs/tasks/package.json subgraphs/tasks/
COPY router/package.json router/
COPY local-stack/package.json local-stack/
COPY chaos/package.json chaos/
COPY client/package.json client/

FROM manifests AS users-packages
RUN install-packages @tareas/users
FROM manifests AS tasks-packages
RUN install-packages @tareas/tasks

# GraphiQL is one built file of its package. What the package names as its dependencies, 80 MB, is in that file already.
FROM manifests AS graphiql
RUN install-packages @tareas/router
FROM manifests AS router-packages
RUN npm pkg delete dependencies.graphiql devDependencies --workspace @tareas/router && install-packages @tareas/router
COPY --from=graphiql /app/router/node_modules/graphiql router/node_modules/graphiql

FROM manifests AS web-app
RUN npm ci --workspace @tareas/client
COPY tsconfig.json ./
COPY client client
RUN npm run build --workspace @tareas/client

FROM ${NODE_IMAGE} AS server
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.vendor="Tareas" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0
# Where a server keeps what it has last heard of others, as whichever user it runs.
RUN install -d -m 0777 /data
USER node

FROM server AS users
LABEL org.opencontainers.image.title="tareas-users" \
      org.opencontainers.image.description="Accounts, sessions and keys of Tareas: a GraphQL subgraph"
COPY --from=users-packages /app ./
COPY service-kit/src service-kit/src
COPY subgraphs/users/schema.graphql subgraphs/users/
COPY subgraphs/users/src subgraphs/users/src
EXPOSE 4001 4101
HEALTHCHECK --interval=5s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "service-kit/src/http/check-health.ts", "http://127.0.0.1:4001/health/ready"]
CMD ["node", "--max-old-space-size=512", "--min-semi-space-size=32", "--max-semi-space-size=32", "subgraphs/users/src/main.ts"]

FROM server AS tasks
LABEL org.opencontainers.image.title="tareas-tasks" \
      org.opencontainers.image.description="Lists and tasks of Tareas: a GraphQL subgraph"
COPY --from=tasks-packages /app ./
COPY service-kit/src service-kit/src
COPY subgraphs/tasks/schema.graphql subgraphs/tasks/
COPY subgraphs/tasks/src subgraphs/tasks/src
EXPOSE 4002 4102
HEALTHCHECK --interval=5s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "service-kit/src/http/check-health.ts", "http://127.0.0.1:4002/health/ready"]
CMD ["node", "--max-old-space-size=512", "--min-semi-space-size=32", "--max-semi-space-size=32", "subgraphs/tasks/src/main.ts"]

FROM server AS router
LABEL org.opencontainers.image.title="tareas-router" \
      org.opencontainers.image.description="The GraphQL router of Tareas, with its web app"
COPY --from=router-packages /app ./
COPY service-kit/src service-kit/src
COPY --from=web-app /app/client/dist client/dist
COPY router/supergraph.graphql router/trusted-documents.json router/
COPY router/src router/src
EXPOSE 4000 4100
HEALTHCHECK --interval=5s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "service-kit/src/http/check-health.ts", "http://127.0.0.1:4000/health/ready"]
CMD ["node", "--max-old-space-size=512", "--min-semi-space-size=32", "--max-semi-space-size=32", "router/src/main.ts"]
