#!/usr/bin/env bash
# currency.js 2.0.4 reads "1e3" as 13, "1,5" as 15 and "12 345,67" as 1234567,
# and rounds 1.005 up to 1.01 but -1.005 to -1.
#
# It drops every character that is no digit, point or sign before it reads a
# number, so an exponent and a decimal comma vanish and their digits stay. JSON
# and spreadsheets write 1e3 for a thousand; much of Europe writes 1,5. Halves
# are rounded towards plus infinity, so an invoice and its credit note differ by
# a cent.
set -euo pipefail
command -v npm >/dev/null || { echo "npm is missing" >&2; exit 2; }
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
echo '{}' >package.json
npm install --silent --no-audit --no-fund currency.js@2.0.4
got=$(node -p 'const c = require("currency.js"); ["1e3", "1,5", "12 345,67", 1.005, -1.005].map(v => c(v).value).join(" ")')
echo "currency.js 2.0.4, Node $(node -v): $got"
[[ $got == "13 15 1234567 1.01 -1" ]] || { echo "it has changed: 1000 1.5 12345.67 1.01 -1.01 is what one would expect, or errors" >&2; exit 1; }
