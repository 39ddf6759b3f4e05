#!/usr/bin/env bash
# hledger 1.25 (Debian's) reads "£1,000" as one pound, to three decimals, in
# journals and in CSV files, without a warning.
#
# A single separator followed by three digits is taken for the decimal mark. An
# amount beside it in the same file that shows the comma to group thousands,
# "£1,000.00", does not change that. Whoever exports whole amounts with grouped
# thousands loses a factor of a thousand; either two decimals in every amount or
# a decimal-mark directive avoids it.
set -euo pipefail
command -v hledger >/dev/null || { echo "hledger is missing: apt-get install hledger" >&2; exit 2; }
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
printf '%s\n' '2026-01-01 rent' '  office  £1,000' '  bank' '2026-01-02 desk' '  office  £1,000.00' '  bank' >books.journal
printf '%s\n' 'date,what,amount' '2026-01-01,rent,"1,000"' '2026-01-02,desk,"2,500.00"' >bank.csv
printf '%s\n' 'skip 1' 'fields date,description,amount' 'account1 office' 'currency £' >bank.csv.rules
hledger --version
journal=$(LC_ALL=C.UTF-8 hledger -f books.journal balance -N --flat office | tr -d ' ')
csv=$(LC_ALL=C.UTF-8 hledger -f bank.csv balance -N --flat office | tr -d ' ')
marked=$( (echo 'decimal-mark .'; cat books.journal) | LC_ALL=C.UTF-8 hledger -f - balance -N --flat office | tr -d ' ')
echo "journal: $journal   csv: $csv   with decimal-mark: $marked"
[[ $journal == '£1,001.000office' && $csv == '£2,501.000office' && $marked == '£2,000.00office' ]] ||
  { echo "it has changed: 2,000.00 and 3,500.00 are what one would expect" >&2; exit 1; }
