package mcpserver

import (
	"errors"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/internal/stdio"
)

// cannotAsk reports that a client which declared that it can ask the person
// answered the question as one that cannot: by the code for a method that it
// does not have, or by saying that it does not support it, under whatever code.
// Nobody saw the question then. Any other failure may have followed a person's
// no, and is none of these.
func cannotAsk(err error) bool {
	if err == nil {
		return false
	}
	if failed, ok := errors.AsType[*httpguard.ReplyError](err); ok && failed.Unknown() {
		return true
	}
	said := strings.ToLower(err.Error())
	if strings.Contains(said, strings.ToLower(stdio.MethodNotFound)) || strings.Contains(said, "unknown method") {
		return true
	}
	for _, no := range []string{"not support", "unsupported", "not implement", "no handler"} {
		if strings.Contains(said, "elicitation") && strings.Contains(said, no) {
			return true
		}
	}
	return false
}
