#!/usr/bin/env bash
# The main job on this machine: sets up what is missing, builds, starts a broker, a Redis and the service, sends real events
# through them, and prints decisions. Ctrl-C ends everything it started.
# Usage: ./run.sh                  stays up after the decisions
#        ./run.sh --once           ends by itself
#        ./run.sh --help           the other options (ports, models, playbook, another input)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# A build must not leave processes behind that hold this script's output open.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

step() { echo "run: $*"; }

step "checking what is needed"
redis=()
command -v redis-server > /dev/null || scripts/ensure-packages.sh redis-server || true
if ! command -v redis-server > /dev/null; then
  step "there is no redis-server: taking Garnet instead"
  redis=(--garnet "$(scripts/garnet-path.sh)")
fi
scripts/setup.sh

step "building (the first time takes a minute or two)"
dotnet restore src/WinBack.Service --locked-mode -v q "-clp:ErrorsOnly;NoSummary"
dotnet build src/WinBack.Service -c Release --no-restore -v q "-clp:ErrorsOnly;NoSummary"

built=src/WinBack.Service/bin/Release/net10.0
exec dotnet "$built/winback.dll" run --service "$built/WinBack.Service.dll" ${redis[@]+"${redis[@]}"} "$@"
