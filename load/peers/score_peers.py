"""Scoring beside XGBoost and onnxruntime: see score_peers.sh."""
import ctypes
import json
import pathlib
import subprocess
import sys
import time

import numpy as np
import xgboost as xgb

ROUNDS, ROWS, PASSES = 100, 4096, 3
OUT = pathlib.Path("out/peers")
BENCH = "load/WinBack.Bench/bin/Release/net10.0/WinBack.Bench.dll"


def make(leaves, features):
    """A model and rows that no training row equals; a tenth of the values is missing."""
    rng = np.random.default_rng(1)
    x = (rng.random((50_000, features)) * 10).astype(np.float32)
    x[rng.random(x.shape) < 0.1] = np.nan
    f = np.arange(features)
    log_odds = (np.nan_to_num(np.sin(x * (f % 5 + 1)), nan=0.3) / (1 + f % 7)).sum(1)
    y = rng.random(len(x)) < 1 / (1 + np.exp(-log_odds))
    train, rows = x[:-ROWS], x[-ROWS:]
    booster = xgb.train(
        {"objective": "binary:logistic", "tree_method": "hist", "grow_policy": "lossguide", "max_leaves": leaves,
         "max_depth": 0, "eta": 0.2, "nthread": 1},
        xgb.DMatrix(train, y[:-ROWS], feature_names=[f"f{i}" for i in f]), ROUNDS)
    booster.save_model(OUT / "model.json")
    np.savetxt(OUT / "rows.csv", rows, delimiter=",", fmt="%.9g")
    return booster, rows


def fastest(one_pass, seconds=2.0):
    """Processor time, so that what else runs on the machine counts only where it shares the core's caches and units."""
    best, end = float("inf"), time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.thread_time_ns()
        one_pass()
        best = min(best, (time.thread_time_ns() - start) / ROWS)
    return best


class Xgboost:
    """Its C API; a call through ctypes adds about a microsecond to a single row."""

    def __init__(self, booster, rows):
        self.lib, self.handle, self.rows = xgb.core._LIB, booster.handle, rows
        self.config = json.dumps({"type": 1, "training": False, "iteration_begin": 0, "iteration_end": 0,
                                  "strict_shape": False, "cache_id": 0, "missing": float("nan")}).encode()
        self.shape, self.dim, self.result = ctypes.POINTER(ctypes.c_uint64)(), ctypes.c_uint64(), ctypes.POINTER(ctypes.c_float)()
        self.interfaces = [self.interface(rows[i:i + 1]) for i in range(len(rows))]
        self.whole = self.interface(rows)

    @staticmethod
    def interface(rows):
        return json.dumps({"data": [rows.ctypes.data, True], "shape": list(rows.shape), "typestr": "<f4", "version": 3}).encode()

    def predict(self, interface):
        if self.lib.XGBoosterPredictFromDense(self.handle, interface, self.config, None, ctypes.byref(self.shape),
                                              ctypes.byref(self.dim), ctypes.byref(self.result)):
            raise RuntimeError(self.lib.XGBGetLastError())

    def one_by_one(self):
        for interface in self.interfaces:
            self.predict(interface)

    def all_at_once(self):
        self.predict(self.whole)


def ours():
    out = subprocess.run(["dotnet", BENCH, "peer", OUT / "model.json", OUT / "rows.csv"], check=True, capture_output=True, text=True)
    return {name: float(value) for name, value in (line.rsplit(",", 1) for line in out.stdout.splitlines())}


def onnx():
    out = subprocess.run(["node", "load/peers/score_peers.mjs", OUT / "model.onnx", OUT / "rows.csv", OUT / "node"],
                         capture_output=True, text=True)
    if out.returncode:
        print("score_peers: onnxruntime is left out: " + out.stderr.strip().splitlines()[-1], file=sys.stderr)
        return {}
    return {name: float(value) for name, value in (line.rsplit(",", 1) for line in out.stdout.splitlines())}


def main():
    leaves, features = (int(a) for a in (sys.argv[1:] + ["20", "32"][len(sys.argv) - 1:]))
    booster, rows = make(leaves, features)
    converted = subprocess.run(["./winback", "model", "convert", OUT / "model.json", "--to", "onnx", "--output", OUT / "model.onnx"])
    peer = Xgboost(booster, rows)
    best = {}
    for _ in range(PASSES):
        found = ours()
        total = found.pop("sum")
        found["XGBoost row"] = fastest(peer.one_by_one)
        found["XGBoost batch"] = fastest(peer.all_at_once)
        if converted.returncode == 0:
            found |= onnx()
        for name, value in found.items():
            best[name] = min(value, best.get(name, value))
    margin = booster.predict(xgb.DMatrix(rows, feature_names=[f"f{i}" for i in range(features)]), output_margin=True)
    print(f"{ROUNDS} trees x {leaves} leaves, {features} features, {ROWS} rotating rows, processor time, fastest of {PASSES} rounds; "
          f"mean raw score {total / ROWS:.6f}, XGBoost {margin.mean(dtype=float):.6f}")
    for kind in "row", "batch":
        mine = min(value for name, value in best.items() if name.startswith(kind))
        print(f"\n| {kind} | ns a row | of ours |\n|---|---|---|")
        for name, value in best.items():
            if name.startswith(kind) or name.endswith(kind):
                print(f"| {name} | {value:,.0f} | {value / mine:.1f} |")


main()
