package app

import (
	"errors"
	"fmt"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// refusal says to a person, as a clause, why Fiskl did not answer what this
// program asked for itself. A key that Fiskl repeats is not shown.
func refusal(err error) string {
	var failed *fisklapi.Error
	switch {
	case !errors.As(err, &failed):
		return err.Error()
	case failed.Kind == fisklapi.WrongHost:
		return fmt.Sprintf("a web page or a redirect answered instead of Fiskl's API (HTTP %d): see that FISKL_BASE_URL is right; fiskl-mcp doctor says more", failed.Status)
	case failed.Status == 0 || failed.Ours: // said by this program
		return secret.Mask(failed.Message)
	case failed.Message != "":
		return fmt.Sprintf("%s (HTTP %d)", strings.TrimSuffix(secret.Mask(failed.Message), "."), failed.Status)
	default:
		return fmt.Sprintf("Fiskl answers with HTTP %d (%s); fiskl-mcp doctor says more", failed.Status, failed.Kind)
	}
}
