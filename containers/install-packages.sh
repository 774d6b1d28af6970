#!/bin/sh
# Installs what the server of a workspace needs to run, and nothing else: no types, no source maps. In images only.
#   install-packages @tareas/users
set -eu
npm ci --omit=dev --workspace "$1"
find . -path '*/node_modules/*' -type f -regex '.*\.\(map\|d\.[cm]?ts\)' -delete
