#!/usr/bin/env bash
# Makes a container engine of Debian's packages, on a machine that has none: podman with names between containers,
# docker-compose, and what air-gapped-images.sh needs. Needs root, and Debian 12 or what it became.
set -euo pipefail

packages=(podman buildah runc netavark aardvark-dns nftables iptables docker-compose debootstrap maven)
missing=()
for package in "${packages[@]}"; do
  dpkg-query --show --showformat '${db:Status-Status}\n' "$package" 2> /dev/null | grep --quiet '^installed$' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  apt-get --quiet --quiet update
  DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet install --yes --no-install-recommends \
    -o DPkg::Lock::Timeout=300 "${missing[@]}" < /dev/null
fi
