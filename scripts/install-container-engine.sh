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

# What a small virtual machine without systemd allows; and crun does not work everywhere that runc does.
install -D -m 644 /dev/stdin /etc/containers/containers.conf.d/tareas.conf << 'CONF'
[containers]
default_ulimits = ["nofile=20000:20000", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
CONF
