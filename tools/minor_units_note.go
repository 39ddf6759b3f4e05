package tools

import (
	"fmt"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// unsettled notes the currencies of an answer whose amounts may be read wrong,
// because Fiskl does not say how it counts currencies without hundredths. A
// figure that may be 100 times wrong must not stand there as if it were sure.
func (c *Catalog) unsettled(out any) string {
	answer, ok := out.(schemas.Monied)
	if !ok {
		return ""
	}
	var doubtful []string
	for _, code := range answer.Currencies() {
		if len(code) == len("GBP") && !c.api.Settled(code) {
			doubtful = append(doubtful, code)
		}
	}
	if len(doubtful) == 0 {
		return ""
	}
	return fmt.Sprintf("amounts in %s are shown as hundredths, as Fiskl's documentation says of every currency, and may be 10 or 100 times off: "+
		"compare one with the Fiskl app, then set FISKL_MINOR_UNITS", strings.Join(doubtful, ", "))
}
