#!/usr/bin/env bash
# Makes a fresh checkout ready to build: Debian packages that are missing, the .NET tools of this repository, and the native
# Kafka library. Does nothing where there is nothing to do, and needs no rights then.
# Usage: scripts/setup.sh [DEBIAN-PACKAGE...]     e.g. scripts/setup.sh redis-server kcat
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

required=$(sed -n 's/.*"version": *"\([0-9]*\)\..*/\1/p' global.json)
if ! command -v dotnet > /dev/null || ! dotnet --list-sdks | grep -q "^$required\."; then
  echo "setup: the .NET SDK $required is needed (global.json) and was not found; install it, then start again" >&2
  exit 1
fi

# Servers and foreign tools that the caller named: they are started by tests and scripts on ports of their own.
[ $# -eq 0 ] || scripts/ensure-packages.sh "$@"

# Tools that come as NuGet packages, at the versions in .config/dotnet-tools.json (the Garnet server, for example).
restore_tools() {
  local output
  output=$(dotnet tool restore 2>&1) || {
    echo "$output" >&2
    echo "setup: dotnet tool restore failed" >&2
    exit 1
  }
}
restore_tools
garnet=$(scripts/garnet-path.sh)
if [ ! -e "$garnet" ]; then
  # The command remembers where it once put a tool, and believes that even when NUGET_PACKAGES points elsewhere since.
  rm -rf "${DOTNET_CLI_HOME:-$HOME}"/.dotnet/toolResolverCache/*/garnet-server
  restore_tools
fi
[ -e "$garnet" ] || {
  echo "setup: dotnet tool restore ended well, but $garnet is not there" >&2
  exit 1
}

# The registry has no package with it, so it is built from source, once for all checkouts.
scripts/build-librdkafka.sh
