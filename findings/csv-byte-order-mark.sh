#!/usr/bin/env bash
# Of a CSV file that begins with a byte-order mark, Python 3.11 and awk take the
# mark for a part of the first column's name; hledger 1.25, beancount 2.3.5,
# Miller 6.6.0 and SQLite 3.40 (Debian's) pass over it. Excel takes a file without
# one for the local code page, so that "Café" becomes "CafÃ©".
#
# A mark for Excel's sake therefore breaks scripts: they find no column "date".
set -euo pipefail
for program in hledger mlr sqlite3 python3 awk; do command -v $program >/dev/null || { echo "$program is missing" >&2; exit 2; }; done
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
printf '\xef\xbb\xbfdate,amount\r\n2026-01-31,4.00\r\n' >marked.csv
printf '%s\n' 'fields day,amount' 'date %day' 'account1 a' 'if ^date,' ' skip' >rules
hledger --version; mlr --version; sqlite3 --version | cut -d ' ' -f 1; python3 --version
hledger=$(hledger -f csv:marked.csv --rules-file rules balance -N a | tr -d ' ')
miller=$(mlr --icsv --onidx cut -f date marked.csv)
sqlite=$(sqlite3 :memory: '.import --csv marked.csv t' 'select date from t')
python=$(python3 -c 'import csv; print(ascii(next(csv.reader(open("marked.csv", encoding="utf-8")))[0]))')
awk=$(awk -F, 'NR == 1 && $1 != "date" {print "another name"}' marked.csv)
echo "hledger: $hledger   Miller: $miller   SQLite: $sqlite   Python: $python   awk: $awk"
[[ $hledger == 4.00a && $miller == 2026-01-31 && $sqlite == 2026-01-31 && $python == "'\\ufeffdate'" && $awk == "another name" ]] ||
  { echo "it has changed" >&2; exit 1; }
