#!/usr/bin/env bash
# What a scrape costs a running service, by what the service says of itself: bytes, series, processor time and allocation.
# Usage: scripts/scrape-cost.sh http://127.0.0.1:5052 [scrapes]
set -euo pipefail
url=${1:?usage: scripts/scrape-cost.sh HTTP_ADDRESS [scrapes]} scrapes=${2:-500}

scrape() { curl --silent --fail "$url/metrics"; }
sum() { awk -v name="$1" '$1 ~ "^" name "([{]|$)" { sum += $2 } END { printf "%.6f", sum }'; } # name < scrape

now() { date +%s.%N; }

scrape > /dev/null # The first one compiles the way.
# What the process does meanwhile anyhow is measured first, and taken off.
idle_from=$(scrape) idle_began=$(now)
sleep 10
before=$(scrape) began=$(now)
curl --silent --fail --output /dev/null "$url/metrics?[1-$scrapes]" # All over one connection.
after=$(scrape) ended=$(now)

per() { # metric factor unit
  awk -v i="$(sum "$1" <<< "$idle_from")" -v a="$(sum "$1" <<< "$before")" -v b="$(sum "$1" <<< "$after")" -v n="$((scrapes + 1))" \
    -v idle="$(awk "BEGIN { print $began - $idle_began }")" -v busy="$(awk "BEGIN { print $ended - $began }")" -v f="$2" -v u="$3" \
    'BEGIN { printf "%.0f %s\n", (b - a - (a - i) * busy / idle) * f / n, u }'
}
echo "bytes:      $(wc -c <<< "$after")"
echo "series:     $(grep -vc '^#' <<< "$after")"
echo "processor:  $(per dotnet_process_cpu_time_seconds_total 1000000 us)"
echo "allocated:  $(per dotnet_gc_heap_total_allocated_bytes_total 0.001 kB)"
