#!/usr/bin/env bash
# Miller 6.6.0 (Debian's) turns a CSV file into JSON that is none where a cell
# looks like 0x1F or 007.50.
#
# It takes such a text for a number and writes numbers as they stand in the file,
# and JSON has neither hexadecimal numbers nor leading zeros. A document number or
# a code is enough. -S leaves every cell a text.
set -euo pipefail
command -v mlr >/dev/null && command -v python3 >/dev/null || { echo "mlr or python3 is missing: apt-get install miller python3" >&2; exit 2; }
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
printf '%s\n' 'number,amount' '0x1F,10.00' 'INV-2,007.50' >invoices.csv
mlr --version
mlr --icsv --ojsonl cat invoices.csv | tee plain
mlr --icsv --ojsonl -S cat invoices.csv >texts
reads() { python3 -c 'import json, sys; [json.loads(line) for line in open(sys.argv[1])]' "$1" 2>/dev/null && echo JSON || echo "no JSON"; }
echo "as it is: $(reads plain)   with -S: $(reads texts)"
[[ $(reads plain) == "no JSON" && $(reads texts) == JSON ]] || { echo "it has changed: JSON in both cases is what one would expect" >&2; exit 1; }
