package fisklapi_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// leaf is a value at the end of a path through JSON.
type leaf struct {
	name  string // "items.price"
	value string
}

// lost names, in order and without places in lists, the values of an answer of Fiskl's that are nowhere in what was made
// of it. A number may have become an amount or an id.
func lost(tb testing.TB, received []byte, result any) []string {
	tb.Helper()
	shown, err := json.Marshal(result)
	if err != nil {
		tb.Fatal(err)
	}
	arrived := make(map[string]bool)
	for _, one := range leaves("", decode[any](tb, shown)) {
		arrived[one.value] = true
		for name := range strings.SplitSeq(one.name, ".") {
			arrived[name] = true // what has a name and an amount may have become a member
		}
	}
	var names []string
	for _, one := range leaves("", decode[any](tb, received)) {
		amount, err := decimal.NewFromString(one.value)
		if !arrived[schemas.Short(one.value)] && !arrived[schemas.Prose(one.value)] && (err != nil || !arrived[amount.Shift(-2).StringFixed(2)]) {
			names = append(names, one.name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func leaves(name string, value any) []leaf {
	var all []leaf
	switch v := value.(type) {
	case map[string]any:
		for key, member := range v {
			all = append(all, leaves(strings.TrimPrefix(name+"."+key, "."), member)...)
		}
	case []any:
		for _, member := range v {
			all = append(all, leaves(name, member)...)
		}
	default:
		all = append(all, leaf{name, fmt.Sprint(v)})
	}
	return all
}
