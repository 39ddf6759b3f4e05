package tools

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// unsettled notes the currencies of an answer whose amounts may be read wrong,
// because Fiskl does not say how it counts currencies without hundredths. A
// figure that may be 100 times wrong must not stand there as if it were sure.
func (c *Catalog) unsettled(structured []byte) string {
	var doubtful []string
	key := []byte(`currency":"`)
	for rest := structured; ; {
		i := bytes.Index(rest, key)
		if i < 0 || len(rest) < i+len(key)+4 {
			break
		}
		rest = rest[i+len(key):]
		code := string(rest[:3])
		if rest[3] == '"' && !c.api.Settled(code) && !slices.Contains(doubtful, code) {
			doubtful = append(doubtful, code)
		}
	}
	if len(doubtful) == 0 {
		return ""
	}
	return fmt.Sprintf("amounts in %s are shown as hundredths, as Fiskl's documentation says of every currency, and may be 10 or 100 times off: "+
		"compare one with the Fiskl app, then set FISKL_MINOR_UNITS", strings.Join(doubtful, ", "))
}
