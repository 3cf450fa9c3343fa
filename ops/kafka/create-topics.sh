#!/usr/bin/env bash
# Creates WinBack's topics where they are missing, and checks that those which were there have as many partitions.
# Environment: BOOTSTRAP_SERVERS, PARTITIONS, REPLICATION.
set -euo pipefail
topics=/opt/kafka/bin/kafka-topics.sh

create() { # topic config
  "$topics" --bootstrap-server "$BOOTSTRAP_SERVERS" --create --if-not-exists --topic "$1" \
    --partitions "$PARTITIONS" --replication-factor "$REPLICATION" --config "$2"
}

day=86400000
events=(usage login billing engagement outcome)
# Events are the source of every state: kept for as long as a lost Redis may have to be built again from them.
for topic in "${events[@]}"; do create "$topic" "retention.ms=$((400 * day))"; done
for topic in dead-letter late decisions; do create "$topic" "retention.ms=$((90 * day))"; done
# Product updates: the latest record of each counts, however old it is.
create catalogue cleanup.policy=compact

# A customer's partition is where its state lies: with another number the same customers would be looked for elsewhere.
for topic in "${events[@]}"; do
  found=$("$topics" --bootstrap-server "$BOOTSTRAP_SERVERS" --describe --topic "$topic" | sed -n 's/.*PartitionCount: *\([0-9]*\).*/\1/p')
  if [ "$found" != "$PARTITIONS" ]; then
    echo "topic $topic has $found partitions, not $PARTITIONS: set WINBACK_PARTITIONS=$found, or begin a new lineage (docs/OPERATIONS.md)" >&2
    exit 1
  fi
done
