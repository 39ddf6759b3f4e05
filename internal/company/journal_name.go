package company

import (
	"cmp"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/digest"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// journalOf is a company's id as a part of a file's name. Some file systems do
// not tell "a" from "A", or have no colons: an id that they could take for
// another's is written as its digest.
func journalOf(id schemas.ID) string {
	name := cmp.Or(string(id), "0")
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == "" {
		return name
	}
	return digest.Of(name)
}
