# Writes books for beancount from two exported files: ledger.py GENERAL-LEDGER
# TRANSACTION-DETAIL. Opening balances are one entry, and so are the lines of
# each entry, which stand together. Closing balances are asserted.
import csv
import datetime
import itertools
import sys

ledger, entries = ([*csv.DictReader(open(path, encoding="utf-8", newline=""))] for path in sys.argv[1:])


def account(row):
    return row["account_type"] + ":A" + row["code"]


def entry(rows, name):
    print(rows[0]["date"], '*', '"' + name.replace('"', "'") + '"')
    for row in rows:
        print(" ", account(row), row["amount"], row["currency"])


for name in sorted({account(row) for row in ledger}):
    print("1970-01-01 open", name)
entry([row for row in ledger if row["row"] == "opening"], "Opening balances")
for name, rows in itertools.groupby(entries, lambda row: row["entry"]):
    entry([*rows], name)
for row in ledger:
    if row["row"] == "closing":
        morning = datetime.date.fromisoformat(row["date"]) + datetime.timedelta(days=1)
        print(morning, "balance", account(row), row["balance"], row["currency"])
