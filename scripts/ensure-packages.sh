#!/usr/bin/env bash
# Installs those of the named Debian packages that are missing. Says nothing and needs no rights when all are there.
# Usage: scripts/ensure-packages.sh PACKAGE...
set -euo pipefail

if ! command -v dpkg-query > /dev/null; then
  echo "setup: this is not Debian; make sure that the equivalents of these packages are there: $*" >&2
  exit 0
fi

missing=()
for package in "$@"; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" != 0 ]; then
  echo "setup: these Debian packages are missing: ${missing[*]}" >&2
  echo "setup: install them as root, then start again: apt-get install ${missing[*]}" >&2
  exit 1
fi

echo "setup: installing Debian packages: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
wait_for_lock=(-o DPkg::Lock::Timeout=300 -o APT::Get::Lock::Timeout=300)
# A server package must not start a service of its own here: the project starts what it needs on ports of its own.
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  printf '#!/bin/sh\nexit 101\n' > $policy
  chmod +x $policy
  trap 'rm -f "$log" $policy' EXIT
fi
if ! { apt-get "${wait_for_lock[@]}" update -qq \
  && apt-get "${wait_for_lock[@]}" install -y -qq --no-install-recommends "${missing[@]}"; } > "$log" 2>&1; then
  tail -20 "$log" >&2
  echo "setup: apt-get could not install: ${missing[*]}" >&2
  exit 1
fi
