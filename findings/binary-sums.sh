#!/usr/bin/env bash
# Miller 6.6.0 and SQLite 3.40.1 (Debian's) add the amounts of a CSV file in
# binary: a ledger that balances to the penny comes to something, not to nothing.
#
# SQLite's decimal_sum(), which its shell has, adds in decimals; hledger and
# beancount do so always. A check for zero needs one of these, or a ROUND.
set -euo pipefail
for program in mlr sqlite3 hledger; do command -v $program >/dev/null || { echo "$program is missing: apt-get install miller sqlite3 hledger" >&2; exit 2; }; done
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
printf '%s\n' 'date,amount' 2026-01-01,0.10 2026-01-02,0.20 2026-01-03,-0.30 >ledger.csv
printf '%s\n' 'skip 1' 'fields date,amount' 'account1 a' >rules
mlr --version; sqlite3 --version | cut -d ' ' -f 1; hledger --version
miller=$(mlr --icsv --onidx stats1 -a sum -f amount ledger.csv)
sqlite=$(sqlite3 :memory: '.import --csv ledger.csv t' 'select sum(amount), decimal_sum(amount) from t')
hledger=$(hledger -f csv:ledger.csv --rules-file rules balance -N --empty a | tr -d ' ')
echo "Miller: $miller   SQLite: $sqlite   hledger: $hledger"
[[ $miller != 0 && $miller != 0.00 && $sqlite == 5.55111512312578e-17'|'*0.00 && $hledger == 0*a ]] ||
  { echo "it has changed: nothing is what one would expect" >&2; exit 1; }
