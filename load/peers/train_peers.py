"""Same rows, same rounds and leaves: WinBack.Trees beside XGBoost hist. See train_peers.sh.

Both get the same columns as float32, are told the same columns are categories, and use two threads. Sets without a test
part are cut in five seeded folds. Leaving out a tenth of the training rows moves the AUC of either trainer by up to 0.005
on the noisiest set, and one number of bins more or less does as well, so one training of each says little: the AUC is the
mean over seeded draws of nine tenths of the training rows, as many as DRAWS says (8, or two a fold), both trained on the same
ones, and the difference has its standard error over the draws.
Both start from the same score: once from log-odds of 0, where XGBoost before 2.0 starts by default, and once from the base
rate of the training rows, where ours, LightGBM and XGBoost from 2.0 on do. Where one row in eighty is positive, a trainer that
starts from 0 is on its way to the base rate for some forty rounds and learns little else in them: beside one that starts
there it has fewer rounds, and where 100 rounds overfit that alone is worth 0.006 of AUC, whoever trains.
Times are of training alone on all rows with 255 bins, from 0, the least of several runs, wall clock and processor time;
reading files and judging are not in them.
"""
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

# Waiting threads of XGBoost's OpenMP would spin, which on a shared machine takes time from both sides.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
import xgboost as xgb

from train_sets import SETS

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PEER = os.path.join(ROOT, "load", "peers", "TrainPeer", "bin", "Release", "net10.0", "TrainPeer.dll")
ROUNDS, LEAVES, THREADS, REPEATS = 100, 20, 2, 3
BINS = 255
STARTS = ("0", "best")
DRAWS = int(os.environ.get("DRAWS", "8"))


def auc(y, score):
    order = np.argsort(score, kind="stable")
    ranks = np.empty(len(score))
    ranks[order] = np.arange(1, len(score) + 1)
    values, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    means = np.bincount(inverse, ranks) / counts
    positives = y.sum()
    return (means[inverse][y == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(y) - positives))


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def run_xgboost(fold, rate, start, repeats):
    names, categorical, x, y, u, v = fold
    kinds = ["c" if name in categorical else "q" for name in names]
    settings = {
        "objective": "binary:logistic", "tree_method": "hist", "grow_policy": "lossguide", "max_leaves": LEAVES,
        "max_depth": 0, "eta": rate, "lambda": 1, "nthread": THREADS, "max_bin": BINS, "verbosity": 0,
        "base_score": 0.5 if start == "0" else float(y.mean()),
    }
    wall, cpu = [], []
    for _ in range(repeats):
        before, start = processor_seconds(), time.perf_counter()
        # Binning happens when the matrix is first used; ours bins inside its time too.
        train = xgb.DMatrix(x, y, feature_types=kinds, enable_categorical=True, nthread=THREADS)
        model = xgb.train(settings, train, ROUNDS)
        wall.append(time.perf_counter() - start)
        cpu.append(processor_seconds() - before)
    test = xgb.DMatrix(u, feature_types=kinds, enable_categorical=True)
    return auc(v, model.predict(test)), min(wall), min(cpu)


def write(path, names, x, y):
    with open(path, "w") as file:
        file.write(",".join([*names, "label"]) + "\n")
        for row, label in zip(x.tolist(), y.tolist()):
            file.write(",".join("" if value != value else repr(value) for value in row) + f",{label}\n")


def place(fold, folder):
    names, _, x, y, u, v = fold
    write(os.path.join(folder, "train.csv"), names, x, y)
    write(os.path.join(folder, "test.csv"), names, u, v)


def run_winback(fold, rate, start, repeats, folder):
    """Trains on what place() has written."""
    command = ["dotnet", PEER, os.path.join(folder, "train.csv"), os.path.join(folder, "test.csv")]
    command += map(str, (ROUNDS, LEAVES, rate, 1, THREADS, repeats, BINS, start))
    if fold[1]:
        command.append(",".join(fold[1]))
    out = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return out["auc"], min(out["seconds"]), min(out["processorSeconds"])


def draws(parts):
    """Nine tenths of the training rows of each part, several times."""
    for names, categorical, x, y, u, v in parts:
        for seed in range(-(-DRAWS // len(parts))):
            taken = np.random.default_rng(100 + seed).random(len(y)) < 0.9
            yield names, categorical, x[taken], y[taken], u, v


def judge(draw, rate, folder):
    """AUC of ours and of XGBoost from the first start, then from the second."""
    place(draw, folder)
    return [
        value for start in STARTS
        for value in (run_winback(draw, rate, start, 1, folder)[0], run_xgboost(draw, rate, start, 1)[0])]


def clock(fold, rate, folder):
    """Least wall clock and processor seconds of ours, then of XGBoost."""
    place(fold, folder)
    return [*run_winback(fold, rate, STARTS[0], REPEATS, folder)[1:], *run_xgboost(fold, rate, STARTS[0], REPEATS)[1:]]


def compare(ours, theirs):
    difference = ours - theirs
    error = difference.std(ddof=1) / len(difference) ** 0.5
    return f"{ours.mean():.4f} / {theirs.mean():.4f} | {difference.mean():+.4f} ({error:.4f})"


def main():
    wanted = sys.argv[1:] or list(SETS)
    print(f"{ROUNDS} trees x {LEAVES} leaves, {THREADS} threads, least of {REPEATS}; XGBoost {xgb.__version__}, load {os.getloadavg()[0]:.0f}")
    print("| set | draws | rows x features | AUC from 0: ours / XGBoost | difference (standard error) "
          "| AUC from the base rate | difference | s: ours / XGBoost | CPU s | ratio |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name in wanted:
        make, rate = SETS[name]
        try:
            parts = make()
        except FileNotFoundError as missing:
            print(f"| {name} | not here: {os.path.basename(missing.filename)} |", flush=True)
            continue
        with tempfile.TemporaryDirectory() as folder:
            drawn = np.array([judge(draw, rate, folder) for draw in draws(parts)])
            wall, cpu, their_wall, their_cpu = np.mean([clock(fold, rate, folder) for fold in parts], axis=0)
        print(
            f"| {name} | {len(drawn)} | {len(parts[0][3]):,} x {len(parts[0][0])} | {compare(drawn[:, 0], drawn[:, 1])} "
            f"| {compare(drawn[:, 2], drawn[:, 3])} | {wall:.2f} / {their_wall:.2f} | {cpu:.2f} / {their_cpu:.2f} "
            f"| {cpu / their_cpu:.2f} |", flush=True)


if __name__ == "__main__":
    main()
