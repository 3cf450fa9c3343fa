"""Reads a scrape with the parsers of Prometheus' own client for Python (Debian: python3-prometheus-client), the strict one for
OpenMetrics. Prints one JSON object a sample: family, type, unit, name, labels, value.
Usage: read_metrics.py text|openmetrics FILE"""
import json
import sys

from prometheus_client import parser
from prometheus_client.openmetrics import parser as openmetrics

kind, path = sys.argv[1:]
read = openmetrics.text_string_to_metric_families if kind == "openmetrics" else parser.text_string_to_metric_families
with open(path, encoding="utf-8") as scrape:
    for family in read(scrape.read()):
        for sample in family.samples:
            print(json.dumps({
                "family": family.name, "type": family.type, "unit": family.unit, "name": sample.name, "labels": sample.labels,
                "value": str(sample.value),
            }))
