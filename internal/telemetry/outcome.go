package telemetry

import (
	"strconv"

	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
)

// errorType is OpenTelemetry's error.type: empty for a success, else a class
// and never words, which may quote what a caller wrote.
func errorType(o observe.Outcome) string {
	switch {
	case o.Kind == observe.OK:
		return ""
	case o.Kind == observe.ProtocolError && o.Code != 0:
		return strconv.Itoa(o.Code)
	case o.Kind == observe.Refused && o.Reason != "":
		return o.Reason
	default:
		return o.Kind.String()
	}
}
