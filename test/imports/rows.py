# How many rows beancount's importer of CSV makes entries of, and what they come
# to: rows.py FILE COLUMN-OF-DAYS COLUMN-OF-AMOUNTS
import sys

from beancount.core.data import Transaction
from beancount.ingest import cache
from beancount.ingest.importers import csv

path, day, amount = sys.argv[1:]
importer = csv.Importer({csv.Col.DATE: day, csv.Col.AMOUNT: amount, csv.Col.NARRATION: amount}, "Assets:Rows", "GBP", [])
entries = [e for e in importer.extract(cache.get_file(path)) if isinstance(e, Transaction)]
print(len(entries), sum(e.postings[0].units.number for e in entries))
