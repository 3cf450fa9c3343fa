#!/usr/bin/env bash
# A gRPC client that learns the whole API from the server by reflection (@grpc/grpc-js; installed on first use with npm).
# Usage: scripts/grpc-call.sh HOST:PORT list
#        scripts/grpc-call.sh HOST:PORT describe FULL.NAME
#        scripts/grpc-call.sh HOST:PORT call FULL.SERVICE/Method '{"json": "request"}'
set -euo pipefail
client=$(cd "$(dirname "${BASH_SOURCE[0]}")/../tests/WinBack.IntegrationTests/Grpc/reflection-client" && pwd)

if [ $# -lt 2 ]; then
  sed -n 's/^# \{0,1\}//; 2,5p' "$0" >&2
  exit 2
fi
if [ ! "$client/node_modules/.package-lock.json" -nt "$client/package-lock.json" ]; then
  echo "grpc-call: installing the client (once) ..." >&2
  npm ci --prefix "$client" --ignore-scripts --no-audit --no-fund --silent
fi
exec node "$client/client.mjs" "$@"
