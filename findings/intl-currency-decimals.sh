#!/usr/bin/env bash
# Node's Intl (v20.20.2, ICU 78.2, CLDR 48) gives currencies other decimals than
# ISO 4217 does, and golang.org/x/text v0.43.0 a third set.
#
# Both follow Unicode's CLDR, which says how many decimals people write, not what
# the minor unit is. ISO 4217 gives IQD three decimals, and COP, IDR, HUF, PKR
# and LBP two; Intl says none for all of these. The two do not agree either: RSD
# has two decimals in Node and none in x/text, HUF none and two. An integer of
# minor units that is scaled by either is a hundred or a thousand times wrong.
# x/text has no SLE (2022), UYW or MRU (2018) at all.
set -euo pipefail
command -v node >/dev/null || { echo "node is missing" >&2; exit 2; }
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
node -p '`Node ${process.version}, ICU ${process.versions.icu}, CLDR ${process.versions.cldr}`'
intl=$(node -e '
for (const currency of ["IQD", "COP", "IDR", "HUF", "PKR", "LBP", "RSD", "KWD"])
  process.stdout.write(currency + new Intl.NumberFormat("en", {style: "currency", currency}).resolvedOptions().maximumFractionDigits + " ")')
cat >go.mod <<'GO'
module finding

go 1.25

require golang.org/x/text v0.43.0
GO
cat >main.go <<'GO'
package main

import (
	"fmt"

	"golang.org/x/text/currency"
)

func main() {
	for _, code := range []string{"IQD", "COP", "IDR", "HUF", "PKR", "LBP", "RSD", "KWD", "SLE", "UYW", "MRU"} {
		unit, err := currency.ParseISO(code)
		if err != nil {
			fmt.Print(code, "? ")
			continue
		}
		decimals, _ := currency.Standard.Rounding(unit)
		fmt.Print(code, decimals, " ")
	}
}
GO
go mod tidy 2>/dev/null
text=$(go run .)
printf 'ISO 4217: IQD3 COP2 IDR2 HUF2 PKR2 LBP2 RSD2 KWD3\nIntl:     %s\nx/text:   %s\n' "$intl" "$text"
[[ $intl == 'IQD0 COP0 IDR0 HUF0 PKR0 LBP0 RSD2 KWD3 ' && $text == 'IQD0 COP0 IDR0 HUF2 PKR0 LBP0 RSD0 KWD3 SLE? UYW? MRU? ' ]] ||
  { echo "it has changed" >&2; exit 1; }
