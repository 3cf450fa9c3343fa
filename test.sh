#!/usr/bin/env bash
# Builds everything and runs all tests. The last line says how many passed and failed; the exit code is 0 only when some
# test ran and none failed.
# Usage: ./test.sh          everything
#        ./test.sh quick    without the tests marked Category=Slow; under two minutes once built
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

filter=()
case "${1:-}" in
  '') ;;
  quick) filter=(--filter 'Category!=Slow') ;;
  *)
    echo "usage: ./test.sh [quick]" >&2
    exit 2
    ;;
esac

# A build must not leave processes behind that hold this script's output open.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=out/test-results
# Servers to test against, and foreign tools that check what we write.
packages=(redis-server kcat python3-grpcio python3-protobuf python3-prometheus-client xxhash prometheus nghttp2-client)

step() { echo "test: $*"; }

step "checking what a build needs"
scripts/setup.sh "${packages[@]}"
# Foreign clients that come from npm: exactly what the lock file says, and none of their install scripts.
for lock in $(find tests -name package-lock.json -not -path '*/node_modules/*'); do
  client=$(dirname "$lock")
  [ "$client/node_modules/.package-lock.json" -nt "$lock" ] || {
    step "installing the npm client in $client"
    npm ci --prefix "$client" --ignore-scripts --no-audit --no-fund --silent
  }
done
step "restoring packages"
dotnet restore WinBack.sln --locked-mode -v q
step "building"
dotnet build WinBack.sln -c Release --no-restore -v q

# The value of one attribute of the <Counters> element of a test result file; 0 when there is none.
counter() { # file attribute
  local value
  value=$(grep -o '<Counters [^>]*' "$1" | sed -n "s/.* $2=\"\([0-9]*\)\".*/\1/p")
  echo "${value:-0}"
}

passed=0 failed=0 skipped=0
rm -rf "$results"
for project in tests/*Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  step "running $name"
  code=0
  # A test that hangs is ended and named instead of holding everything up.
  dotnet test "$project" -c Release --no-build -v q "${filter[@]}" --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" \
    --blame-hang-timeout 10m --blame-hang-dump-type none < /dev/null || code=$?
  if [ -e "$results/$name.trx" ]; then
    passed=$((passed + $(counter "$results/$name.trx" passed)))
    failed=$((failed + $(counter "$results/$name.trx" failed)))
    skipped=$((skipped + $(counter "$results/$name.trx" total) - $(counter "$results/$name.trx" executed)))
    [ $code -eq 0 ] || [ "$(counter "$results/$name.trx" failed)" -gt 0 ] || failed=$((failed + 1))
  elif [ $code -ne 0 ]; then
    step "$name ended with exit code $code and no results"
    failed=$((failed + 1))
  fi
done

code=0
if [ $failed -gt 0 ]; then
  code=1
elif [ $passed -eq 0 ]; then
  step "no test ran" >&2
  code=1
fi
line="$passed passed, $failed failed"
[ $skipped -eq 0 ] || line="$line, $skipped skipped"
echo "$line"
exit $code
