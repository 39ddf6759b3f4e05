package fisklapi

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// fill puts ids into the {…} of a path template. Ids come from a model, so
// each becomes exactly one path segment: what would vanish or climb when the
// path is read ("", ".", "..") is refused, all else is escaped.
func fill(template string, ids []string) (string, error) {
	segments := strings.Split(template, "/")
	for i, s := range segments {
		if !strings.HasPrefix(s, "{") {
			continue
		}
		if len(ids) == 0 {
			return "", fmt.Errorf("fisklapi: path %s lacks an id", template)
		}
		if ids[0] == "" || ids[0] == "." || ids[0] == ".." {
			return "", &schemas.ArgumentError{Argument: strings.Trim(s, "{}"), Problem: fmt.Sprintf("%q is not an id", ids[0])}
		}
		segments[i] = url.PathEscape(ids[0])
		ids = ids[1:]
	}
	if len(ids) > 0 {
		return "", fmt.Errorf("fisklapi: path %s has no place for id %q", template, ids[0])
	}
	return strings.Join(segments, "/"), nil
}
