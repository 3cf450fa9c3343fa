#!/usr/bin/env bash
# Builds the native Kafka library once and keeps it in a cache outside the tree.
#
# The package librdkafka.redist is not on the registry, but the source of the same librdkafka is inside the npm package
# of Confluent's JavaScript client. This script fetches that package, checks it against the pinned sha256, applies
# standins/librdkafka.redist/mock-broker.patch (the mock broker only; its head says what and why), and builds it with
# zlib, zstd, lz4, snappy, TLS, SASL/PLAIN and SCRAM. Left out: Kerberos (cyrus-sasl) and OAuth over HTTP (curl).
#
# Usage: scripts/build-librdkafka.sh          builds unless the cache holds it already
#        scripts/build-librdkafka.sh --path   prints where it is kept, and does nothing
# Environment: WINBACK_CACHE (default ~/.cache/winback)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
standin=$root/standins/librdkafka.redist
npm_package=@confluentinc/kafka-javascript@1.10.1
version=2.15.1
# The key covers the pins of all inputs, so that a new source or patch makes a new cache entry. The project file
# librdkafka.redist.csproj computes the same key.
key=$(sha256sum "$standin/inputs.sha256" | cut -c1-12)
cache=${WINBACK_CACHE:-$HOME/.cache/winback}/librdkafka-$version-$key
library=$cache/librdkafka.so

if [ "${1:-}" = --path ]; then
  echo "$library"
  exit 0
fi
[ ! -e "$library" ] || exit 0

say() { echo "librdkafka: $*"; }
fail() {
  echo "librdkafka: $*" >&2
  exit 1
}

check_input() { # file
  local name expected actual
  name=$(basename "$1")
  expected=$(awk -v n="$name" '$2 == n { print $1 }' "$standin/inputs.sha256")
  actual=$(sha256sum "$1" | cut -d' ' -f1)
  [ -n "$expected" ] || fail "inputs.sha256 has no line for $name"
  [ "$expected" = "$actual" ] || fail "$name has sha256 $actual, but $expected is pinned: not used"
}

# Shows how many of the object files are there while the compiler (process $1) runs; one line a step without a terminal.
show_progress() { # compiler-pid source-folder total log
  local done_count percent step=-1
  while kill -0 "$1" 2> /dev/null; do
    done_count=$(find "$2" -name '*.o' | wc -l)
    percent=$((done_count * 100 / $3))
    [ $percent -le 99 ] || percent=99
    if [ -t 1 ]; then
      printf '\rlibrdkafka: compiling %3d %%  %-40s' $percent "$(tail -n 1 "$4" | sed -n 's/.* -c \([^ ]*\).*/\1/p')"
    elif [ $((percent / 20)) -gt $step ]; then
      step=$((percent / 20))
      say "compiling $percent %"
    fi
    sleep 0.3
  done
  [ ! -t 1 ] || printf '\r%-70s\r' ''
}

mkdir -p "$(dirname "$cache")"
exec 9> "$cache.lock"
if ! flock -n 9; then
  say "another build of it is running; waiting"
  flock 9
fi
[ ! -e "$library" ] || exit 0

"$root/scripts/ensure-packages.sh" gcc libc6-dev make patch pkg-config python3 zlib1g-dev libssl-dev libzstd-dev
command -v npm > /dev/null || fail "npm is needed to fetch the source; install npm (Debian: apt-get install npm)"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say "fetching the source of $version (npm package $npm_package)"
(cd "$work" && npm pack --silent "$npm_package" > /dev/null) || fail "npm pack $npm_package failed"
tarball=$(find "$work" -name '*.tgz')
check_input "$tarball"
check_input "$standin/mock-broker.patch"

tar -xzf "$tarball" -C "$work" package/deps/librdkafka
source=$work/package/deps/librdkafka
patch -s -p1 -d "$source" < "$standin/mock-broker.patch" || fail "mock-broker.patch does not apply"
log=$work/build.log
say "configuring"
(cd "$source" && ./configure --no-download --disable-gssapi --disable-curl --disable-lz4-ext --disable-syslog \
  --disable-debug-symbols) > "$log" 2>&1 || {
  tail -20 "$log" >&2
  fail "configure failed"
}
for feature in ZLIB ZSTD SSL SNAPPY; do
  grep -q "^WITH_$feature=[[:space:]]*y" "$source/Makefile.config" || fail "configure left $feature out"
done

objects=$(make -C "$source/src" -n librdkafka.so.1 2> /dev/null | grep -c -- ' -c ')
make -C "$source/src" -j"$(nproc)" librdkafka.so.1 > "$log" 2>&1 &
compiler=$!
show_progress $compiler "$source/src" "$objects" "$log"
wait $compiler || {
  tail -20 "$log" >&2
  fail "the build failed"
}

# Renaming a complete folder into place keeps a reader from ever seeing half a library.
staged=$(mktemp -d "$cache.XXXXXX")
chmod 755 "$staged"
strip --strip-unneeded -o "$staged/librdkafka.so" "$source/src/librdkafka.so.1"
cp "$source/LICENSES.txt" "$staged/"
mv -T "$staged" "$cache"
say "built: $library"
