#!/usr/bin/env bash
# Makes models/churn and models/winback again from samples/online_retail.csv.gz, exactly as they were made, and prints
# how they do on time that they have not seen. Takes under a minute on two quiet cores.
#
#   scripts/train-models.sh           writes models/
#   scripts/train-models.sh --check   writes out/models only, and fails when they differ from models/
#
# Nothing from 2011-10-01 on is read for training, for features or for labels (--until). docs/MODELS.md says why each
# setting is what it is.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$root/out/models
target=$root/models
case ${1:-} in
  "") ;;
  --check) target=$work ;;
  *) echo "usage: scripts/train-models.sh [--check]" >&2; exit 2 ;;
esac
mkdir -p "$work"

train() {
  local task=$1 name=$2
  echo "== $name: training table, up to 2011-10-01"
  "$root/winback" dataset --events "$work/retail.events" --task "$task" --horizon 60d \
    --from 2011-03-01 --cut-every 7d --until 2011-10-01 --out "$work/$name.csv"
  echo "== $name: test table, from 2011-10-01"
  "$root/winback" dataset --events "$work/retail.events" --task "$task" --horizon 60d \
    --from 2011-10-01 --cut-every 1d --out "$work/$name-test.csv"
  echo "== $name: training"
  "$root/winback" train --data "$work/$name.csv" --test "$work/$name-test.csv" --out "$target/$name" --created 2026-11-22 \
    --valid-from 2011-06-04 --refit --leaves 8 --learning-rate 0.05 --min-rows-per-leaf 50 \
    --ignore month day_of_week tenure
  echo "== $name: test, in full"
  "$root/winback" evaluate --model "$target/$name" --data "$work/$name-test.csv"
}

"$root/winback" import online-retail --out "$work/retail.events"
train churn churn
train winback winback

if [ "$target" != "$root/models" ]; then
  # Another commit of the program may make the same model; only what says which program it was may differ.
  for name in churn winback; do
    diff -r --exclude=manifest.json --exclude=report.html "$root/models/$name" "$target/$name"
    diff <(grep -v '"program"' "$root/models/$name/manifest.json") <(grep -v '"program"' "$target/$name/manifest.json")
  done
  echo "models/ is what this script makes"
fi
