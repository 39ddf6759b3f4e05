#!/usr/bin/env bash
# Dinero.js 1.9.1 writes 500 yen as ¥5.00 and 5 dinars of Kuwait as 50.
#
# An amount is in minor units, and the currency is given beside it, but it does
# not decide how many decimals there are: that is "precision", two unless it is
# said for every single object. The yen has no decimals and the dinar has three,
# so the first is shown a hundred times too small and the second ten times too
# large. allocate and add keep the wrong unit without a word.
set -euo pipefail
command -v npm >/dev/null || { echo "npm is missing" >&2; exit 2; }
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
echo '{}' >package.json
npm install --silent --no-audit --no-fund dinero.js@1.9.1
got=$(node -p 'const Dinero = require("dinero.js"); Dinero({amount: 500, currency: "JPY"}).toFormat("$0,0.00") + " " + Dinero({amount: 5000, currency: "KWD"}).toUnit()')
echo "Dinero.js 1.9.1, Node $(node -v): $got"
[[ $got == "¥5.00 50" ]] || { echo "it has changed: ¥500 and 5 is what one would expect" >&2; exit 1; }
