"""The sets that train_peers.py trains on, each as parts of (names, categorical, x, y, test x, test y)."""
import csv
import datetime as dt
import gzip
import os

import numpy as np

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATA = os.path.join(ROOT, "..", "shared", "data")
FOLDS = 5


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
