#!/usr/bin/env bash
# Scores the same rows by the same model with WinBack.Trees, XGBoost and onnxruntime in the same run, on one thread each and
# one after the other, and prints nanoseconds of processor time a row and the ratio to ours as a table.
#
#   load/peers/score_peers.sh [LEAVES [FEATURES]]        default: 20 leaves, 32 features
#
# The model is trained by XGBoost (leaf-wise, 100 trees) on made-up rows with missing values, read by us from its JSON, and
# converted by `winback model convert` for onnxruntime. Needs Debian's python3-xgboost; without npm's onnxruntime-node
# (installed below out/, with --ignore-scripts) that peer is left out and said so.
set -euo pipefail
cd "$(dirname "$0")/../.."
dotnet build load/WinBack.Bench -c Release -v q >&2
mkdir -p out/peers/node
if [ ! -d out/peers/node/node_modules/onnxruntime-node ]; then
  npm install --prefix out/peers/node --ignore-scripts --no-audit --no-fund onnxruntime-node@1.30.0 >&2 ||
    echo "score_peers: onnxruntime-node cannot be installed; it is left out" >&2
fi
exec /usr/bin/python3 load/peers/score_peers.py "$@"
