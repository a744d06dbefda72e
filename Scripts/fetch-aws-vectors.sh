#!/bin/sh
# Fetches AWS's test vectors, which stand in botocore's source distribution (Apache-2.0), into .cache/vectors: signatures, endpoint
# rules, configured endpoints and protocols. The tests read them from there, or from the folder that UNTHROTTLE_VECTORS names.
set -eu
version=1.43.11
python=${UNTHROTTLE_PYTHON:-python3}
target=${UNTHROTTLE_VECTORS:-$(cd "$(dirname "$0")/.." && pwd)/.cache/vectors}
parts="unit/auth/aws4_testsuite functional/endpoint-rules functional/configured_endpoint_urls unit/protocols"

missing=""
for part in $parts; do [ -d "$target/$(basename "$part")" ] || missing="$missing $part"; done
if [ -z "$missing" ]; then
    echo "The vectors are in $target."
    exit 0
fi
download=$(mktemp -d)
trap 'rm -rf "$download"' EXIT
"$python" -m pip download --quiet --no-deps --no-binary :all: --dest "$download" "botocore==$version"
mkdir -p "$target"
for part in $missing; do
    tar -xzf "$download/botocore-$version.tar.gz" -C "$download" "botocore-$version/tests/$part"
    mv "$download/botocore-$version/tests/$part" "$target/"
done
echo "The vectors are in $target now."
