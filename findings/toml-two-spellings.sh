#!/usr/bin/env bash
# BurntSushi/toml v1.6.0 decodes a document whose keys differ only in case into
# one field of a struct, and which of the two values stays is left to chance.
#
# TOML keys are case-sensitive, so "max_amount" and "MAX_AMOUNT" in one table are
# two valid keys. The decoder looks for the field by the exact name and then
# without regard to case, goes through the keys in the order of a Go map, and
# reports neither an error nor an undecoded key. Of a thousand runs over the same
# text some end with 100 and some with 1000000. A program that keeps a limit in
# such a file has to compare MetaData.Keys with its own names.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat >go.mod <<'GO'
module finding

go 1.25

require github.com/BurntSushi/toml v1.6.0
GO
cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/BurntSushi/toml"
)

func main() {
	seen := make(map[int]bool)
	for range 1000 {
		var limits struct {
			MaxAmount int `toml:"max_amount"`
		}
		meta, err := toml.Decode("max_amount = 100\nMAX_AMOUNT = 1000000\n", &limits)
		if err != nil || len(meta.Undecoded()) > 0 {
			panic(fmt.Sprint(err, meta.Undecoded()))
		}
		seen[limits.MaxAmount] = true
	}
	fmt.Println("values seen:", len(seen), seen[100], seen[1000000])
}
GO
go mod tidy 2>/dev/null
got=$(go run .)
echo "$got"
[[ $got == "values seen: 2 true true" ]] || { echo "it has changed: one value, or an error, is what one would expect" >&2; exit 1; }
