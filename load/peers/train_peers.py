"""Same rows, same rounds and leaves: WinBack.Trees beside XGBoost hist. See train_peers.sh.

Both get the same columns as float32, are told the same columns are categories, and use two threads. Sets without a test
part are cut in five seeded folds. Leaving out a tenth of the training rows moves the AUC of either trainer by up to 0.005
on the noisiest set, and one number of bins more or less does as well, so one training of each says little: the AUC is the
mean over seeded draws of nine tenths of the training rows, as many as DRAWS says (8, or two a fold), both trained on the same
ones, and the difference has its standard error over the draws.
Times are of training alone on all rows with 255 bins, the least of several runs, wall clock and processor time; reading
files and judging are not in them.
"""
import csv
import datetime as dt
import gzip
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

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATA = os.path.join(ROOT, "..", "shared", "data")
PEER = os.path.join(ROOT, "load", "peers", "TrainPeer", "bin", "Release", "net10.0", "TrainPeer.dll")
ROUNDS, LEAVES, THREADS, REPEATS, FOLDS = 100, 20, 2, 3, 5
BINS = 255
DRAWS = int(os.environ.get("DRAWS", "8"))


def rows_of(*parts):
    with gzip.open(os.path.join(DATA, *parts), "rt", newline="") as file:
        yield from csv.DictReader(file)


def encode(rows, names, label):
    """Columns of numbers; a column with any text becomes codes in first-seen order and counts as categorical."""
    columns, categorical = [], []
    for name in names:
        values = [row[name].strip() for row in rows]
        try:
            columns.append([float(v) if v else float("nan") for v in values])
        except ValueError:
            codes = {}
            columns.append([codes.setdefault(v, len(codes)) if v else float("nan") for v in values])
            categorical.append(name)
    return names, np.array(columns, dtype=np.float32).T, np.array([label(row) for row in rows], dtype=np.float32), categorical


def folds(names, x, y, categorical):
    part = np.random.default_rng(1).permutation(len(y)) % FOLDS
    return [(names, categorical, x[part != k], y[part != k], x[part == k], y[part == k]) for k in range(FOLDS)]


def snapshot(file, label, leave_out):
    rows = list(rows_of(*file))
    names = [name for name in rows[0] if name not in leave_out]
    return folds(*encode(rows, names, label))


def synthetic_churn():
    parts = []
    for file in ("train.csv.gz", "test.csv.gz"):
        rows = list(rows_of("synthetic_churn", file))
        names = [name for name in rows[0] if name != "label"]
        parts.append(encode(rows, names, lambda row: float(row["label"])))
    (names, x, y, _), (_, u, v, _) = parts
    return [(names, [], x, y, u, v)]


def telco_ibm():
    return snapshot(("telco_ibm", "telco.csv.gz"), lambda r: float(r["Churn"] == "Yes"), {"customerID", "Churn"})


def hillstrom_visit():
    return snapshot(("hillstrom", "hillstrom.csv.gz"), lambda r: float(r["visit"]), {"visit", "conversion", "spend"})


def starbucks_purchase():
    return snapshot(("starbucks_promo", "training.csv.gz"), lambda r: float(r["purchase"]), {"ID", "purchase"})


def ravenstack_accounts():
    leave_out = {"account_id", "account_name", "signup_date", "churn_flag"}
    return snapshot(("ravenstack", "ravenstack_accounts.csv.gz"), lambda r: float(r["churn_flag"] == "TRUE"), leave_out)


def relax_silence():
    """Users seen in the 60 days before a cut; label 1: no login in the 30 days after it. Later cuts test."""
    users = {row["object_id"]: row for row in rows_of("relax", "users.csv.gz")}
    logins = {}
    for row in rows_of("relax", "user_engagement.csv.gz"):
        logins.setdefault(row["user_id"], []).append(dt.date.fromisoformat(row["time_stamp"][:10]).toordinal())
    windows = (7, 14, 30, 60, 90, 365)
    fields = ("creation_source", "org_id", "email_domain_class", "opted_in_to_mailing_list", "enabled_for_marketing_drip")
    names = ["since_last", "since_first", "logins", "mean_gap", *(f"logins_{w}d" for w in windows), *fields]

    def part(cuts):
        rows = []
        for cut in (dt.date.fromisoformat(c).toordinal() for c in cuts):
            for user, days in sorted(logins.items()):
                past = [d for d in days if d < cut]
                if not past or cut - max(past) > 60:
                    continue
                first, last = min(past), max(past)
                values = [cut - last, cut - first, len(past), (last - first) / max(1, len(past) - 1)]
                values += [sum(cut - d <= w for d in past) for w in windows]
                row = dict(zip(names, map(str, values)))
                row.update({f: users[user][f] for f in fields})
                row["label"] = float(not any(cut <= d < cut + 30 for d in days))
                rows.append(row)
        return rows

    train = part(["2013-04-01", "2013-06-01", "2013-08-01", "2013-10-01", "2013-12-01", "2014-01-01"])
    test = part(["2014-02-15", "2014-04-01"])
    names, x, y, categorical = encode(train + test, names, lambda row: row["label"])
    n = len(train)
    return [(names, categorical, x[:n], y[:n], x[n:], y[n:])]


def online_retail(task):
    def part(suffix):
        with open(os.path.join(ROOT, "out", "models", f"{task}{suffix}.csv"), newline="") as file:
            rows = list(csv.DictReader(file))
        names = [name for name in rows[0] if name not in ("customer_id", "cut_time", "label")]
        return encode(rows, names, lambda row: float(row["label"]))

    (names, x, y, _), (_, u, v, _) = part(""), part("-test")
    return [(names, [], x, y, u, v)]


SETS = {
    "synthetic_churn": (synthetic_churn, 0.2), "telco_ibm": (telco_ibm, 0.1), "hillstrom_visit": (hillstrom_visit, 0.1),
    "relax_silence": (relax_silence, 0.1), "starbucks_purchase": (starbucks_purchase, 0.1),
    "ravenstack_accounts": (ravenstack_accounts, 0.1),
    "online_retail_churn": (lambda: online_retail("churn"), 0.1),
    "online_retail_winback": (lambda: online_retail("winback"), 0.1),
}


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


def run_xgboost(fold, rate, repeats):
    names, categorical, x, y, u, v = fold
    kinds = ["c" if name in categorical else "q" for name in names]
    settings = {
        "objective": "binary:logistic", "tree_method": "hist", "grow_policy": "lossguide", "max_leaves": LEAVES,
        "max_depth": 0, "eta": rate, "lambda": 1, "nthread": THREADS, "max_bin": BINS, "verbosity": 0,
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


def run_winback(fold, rate, repeats, folder):
    names, categorical, x, y, u, v = fold
    train, test = os.path.join(folder, "train.csv"), os.path.join(folder, "test.csv")
    write(train, names, x, y)
    write(test, names, u, v)
    command = ["dotnet", PEER, train, test, *map(str, (ROUNDS, LEAVES, rate, 1, THREADS, repeats, BINS))]
    if categorical:
        command.append(",".join(categorical))
    out = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return out["auc"], min(out["seconds"]), min(out["processorSeconds"])


def draws(parts):
    """Nine tenths of the training rows of each part, several times."""
    for names, categorical, x, y, u, v in parts:
        for seed in range(-(-DRAWS // len(parts))):
            taken = np.random.default_rng(100 + seed).random(len(y)) < 0.9
            yield names, categorical, x[taken], y[taken], u, v


def main():
    wanted = sys.argv[1:] or list(SETS)
    print(f"{ROUNDS} trees x {LEAVES} leaves, {THREADS} threads, least of {REPEATS}; XGBoost {xgb.__version__}, load {os.getloadavg()[0]:.0f}")
    print("| set | rows x features | AUC ours | AUC XGBoost | difference (standard error) | s ours | s XGBoost | CPU s ours | CPU s XGBoost |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name in wanted:
        make, rate = SETS[name]
        try:
            parts = make()
        except FileNotFoundError as missing:
            print(f"| {name} | not here: {os.path.basename(missing.filename)} |", flush=True)
            continue
        with tempfile.TemporaryDirectory() as folder:
            drawn = np.array([
                (run_winback(draw, rate, 1, folder)[0], run_xgboost(draw, rate, 1)[0]) for draw in draws(parts)])
            ours = np.mean([run_winback(fold, rate, REPEATS, folder)[1:] for fold in parts], axis=0)
        theirs = np.mean([run_xgboost(fold, rate, REPEATS)[1:] for fold in parts], axis=0)
        shape = f"{len(parts[0][3]):,} x {len(parts[0][0])}"
        difference = drawn[:, 0] - drawn[:, 1]
        print(
            f"| {name} | {shape} | {drawn[:, 0].mean():.4f} | {drawn[:, 1].mean():.4f} | {difference.mean():+.4f} "
            f"({difference.std(ddof=1) / len(difference) ** 0.5:.4f}) "
            f"| {ours[0]:.2f} | {theirs[0]:.2f} | {ours[1]:.2f} | {theirs[1]:.2f} |", flush=True)


if __name__ == "__main__":
    main()
