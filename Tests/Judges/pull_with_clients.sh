#!/bin/sh
# What real clients do with credHelpers alone: pull, build, log in and out. Runs inside hub_names.py, as root.
#   pull_with_clients.sh FOLDER CLIENT
# FOLDER is the home; its .docker/config.json names the helper, which is on the PATH. Prints each command before its output.
set -eu
export HOME=$1 XDG_RUNTIME_DIR=$1/run
mkdir -p "$HOME/run"; chmod 700 "$HOME/run"
cd "$HOME"
printf '{"default":[{"type":"insecureAcceptAnything"}]}' >policy.json
# podman takes no longer path for this than 50 characters.
# Short, since the sockets of containerd below it must fit the 108 bytes of a socket address.
runroot=$(mktemp -d /tmp/run-XXXXXX)
trap 'rm -rf "$runroot"' EXIT
storage="--root $HOME/storage --runroot $runroot"
case $2 in
skopeo)
  set -x
  skopeo --policy policy.json copy docker://docker.io/library/node:latest dir:private
  skopeo --policy policy.json copy docker://docker.io/library/alpine:latest dir:alpine ;;
podman)
  set -x
  podman $storage --storage-driver vfs pull --signature-policy policy.json docker.io/library/node:latest
  podman $storage --storage-driver vfs pull --signature-policy policy.json docker.io/library/alpine:latest ;;
buildah)
  set -x
  buildah $storage --storage-driver vfs pull --signature-policy policy.json docker.io/library/node:latest
  buildah $storage --storage-driver vfs pull --signature-policy policy.json docker.io/library/alpine:latest ;;
docker)
  export DOCKER_HOST=unix://$HOME/docker.sock
  dockerd --host "$DOCKER_HOST" --data-root "$HOME/data" --exec-root "$runroot/docker" --pidfile "$HOME/dockerd.pid" \
    --iptables=false --ip6tables=false --bridge=none --storage-driver=vfs >"$HOME/dockerd.log" 2>&1 &
  engine=$!
  trap 'kill $engine; wait $engine || true; rm -rf "$runroot"' EXIT
  tries=0
  until docker info >/dev/null 2>&1; do
    tries=$((tries + 1)); [ $tries -lt 150 ] || { tail -n 5 "$HOME/dockerd.log" >&2; exit 3; }
    sleep 0.2
  done
  set -x
  docker pull node:latest
  docker pull alpine:latest
  mkdir context
  printf 'FROM busybox:latest\nLABEL a=b\n' >context/Dockerfile
  DOCKER_BUILDKIT=0 docker build context
  set +x
  printf '%s' "$HUB_PASSWORD" | docker login --username builder --password-stdin
  set -x
  docker pull hello-world:latest
  docker logout
  docker pull python:latest ;;
esac
