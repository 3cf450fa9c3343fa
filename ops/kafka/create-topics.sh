#!/usr/bin/env bash
# Creates WinBack's topics where they are missing; what exists is left as it is.
# Environment: BOOTSTRAP_SERVERS, PARTITIONS, REPLICATION.
set -euo pipefail
topics=/opt/kafka/bin/kafka-topics.sh

create() { # topic retention_ms
  "$topics" --bootstrap-server "$BOOTSTRAP_SERVERS" --create --if-not-exists --topic "$1" \
    --partitions "$PARTITIONS" --replication-factor "$REPLICATION" --config retention.ms="$2"
}

day=86400000
# Events are the source of every state: kept for as long as a lost Redis may have to be built again from them.
for topic in usage login billing engagement outcome; do create "$topic" $((400 * day)); done
for topic in dead-letter late decisions; do create "$topic" $((90 * day)); done
