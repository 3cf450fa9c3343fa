#!/usr/bin/env bash
# Trains WinBack.Trees and XGBoost on the same rows in the same run and prints AUC and time of both as a table.
#
#   load/peers/train_peers.sh [SET ...]     all sets that lie in ../shared/data, or those named
#   DRAWS=24 load/peers/train_peers.sh ...  more draws, for smaller standard errors; 8 otherwise
#
# Needs Debian's python3-xgboost (1.7.4) and the data folder beside the checkout. Online Retail is taken from
# out/models/*.csv when scripts/train-models.sh has been run with --check. Two threads each, one after the other.
set -euo pipefail
cd "$(dirname "$0")/../.."
dotnet build load/peers/TrainPeer -c Release -v q
exec /usr/bin/python3 load/peers/train_peers.py "$@"
