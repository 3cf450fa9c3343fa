#!/usr/bin/env bash
# Makes the dictionary that stored decisions are packed with (src/WinBack.Adapters/Redis/decisions.zdict) from decisions of the shipped
# playbooks: a service of each, under load, and what it published on the decisions topic. Takes four minutes. Needs kcat and zstd.
#
#   scripts/train-dictionary.sh NUMBER OUT     NUMBER goes into every frame and is never used twice
#
# A dictionary is never made anew in its place: what was packed with the old one could not be read. Another gets the next number, and
# both stay for as long as decisions are kept.
set -euo pipefail
[ $# -eq 2 ] || { sed -n 's/^# \{0,1\}//; 2,8p' "$0" >&2; exit 2; }
root=$(cd "$(dirname "$0")/.." && pwd)
number=$1 out=$(realpath -m "$2")
work=$(mktemp -d)
service=
trap '[ -z "$service" ] || kill "$service" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir "$work/samples"

address() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$work/ready.json" "$1"; }

for playbook in default commerce subscription; do
  echo "train-dictionary: decisions of playbooks/$playbook.yaml" >&2
  # The load's purchases are in pounds.
  sed 's/^currency: .*/currency: GBP/' "$root/playbooks/$playbook.yaml" > "$work/$playbook.yaml"
  rm -f "$work/ready.json"
  dotnet "$root/src/WinBack.Service/bin/Release/net10.0/WinBack.Service.dll" --WinBack:Roles=embedded \
    --WinBack:Models="$root/models" --WinBack:Playbook="$work/$playbook.yaml" --WinBack:ReadyFile="$work/ready.json" \
    --Clock:StandAt=2026-09-01T12:00:00Z --Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0 \
    --Kestrel:Endpoints:Http:Url=http://127.0.0.1:0 > "$work/$playbook.log" 2>&1 &
  service=$!
  for _ in $(seq 120); do [ -s "$work/ready.json" ] && break; sleep 0.5; done
  [ -s "$work/ready.json" ] || { tail -20 "$work/$playbook.log" >&2; exit 1; }
  "$root/winback" load mix --address "$(address grpc)" --bootstrap "$(address kafka)" --customers 20000 --for 15s --no-peers \
    --report "$work/report" > "$work/load.log"
  # %R is the length of what follows, 4 bytes.
  kcat -q -C -b "$(address kafka)" -t decisions -o beginning -e -f '%R%s' > "$work/decisions"
  python3 - "$work/decisions" "$work/samples/$playbook" <<'PYTHON'
import struct, sys
data, at, found = open(sys.argv[1], "rb").read(), 0, []
while at < len(data):
    (length,) = struct.unpack_from(">i", data, at)
    found.append(data[at + 4:at + 4 + length])
    at += 4 + length
# Many of customers who are asked the first time, and of those whom caps keep quiet.
for i, sample in enumerate(found[::max(1, len(found) // 1000)]):
    open(f"{sys.argv[2]}-{i:04d}", "wb").write(sample)
PYTHON
  kill "$service"
  wait "$service" || true
  service=
done

zstd -q -f --train "$work"/samples/* --maxdict=32768 --dictID="$number" -o "$out"
for playbook in default commerce subscription; do
  before=$(cat "$work"/samples/$playbook-* | wc -c)
  after=$(for sample in "$work"/samples/$playbook-*; do zstd -q -1 -D "$out" -c "$sample"; done | wc -c)
  echo "train-dictionary: $playbook: $(ls "$work"/samples/$playbook-* | wc -l) decisions of $before bytes become $after"
done
