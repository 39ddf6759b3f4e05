package tools

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// byReason are tools that cannot be used, those with the same reason together.
type byReason []schemas.HiddenTools

func (all *byReason) add(tool, reason string) {
	if reason == "" {
		return
	}
	i := slices.IndexFunc(*all, func(h schemas.HiddenTools) bool { return h.Reason == reason })
	if i < 0 {
		i = len(*all)
		*all = append(*all, schemas.HiddenTools{Reason: reason})
	}
	(*all)[i].Tools = append((*all)[i].Tools, tool)
}

// Hidden lists the tools that are not offered to a credential, by reason. Where
// its permissions are not known, held is nil, none is hidden for them.
func (c *Catalog) Hidden(held []string) []schemas.HiddenTools {
	var hidden byReason
	for _, t := range c.tools {
		reason := c.Withheld(t)
		if missing := c.Missing(t.Needs, held); reason == "" && held != nil && len(missing) > 0 {
			reason = "this credential lacks " + strings.Join(missing, ", ")
		}
		hidden.add(t.Name, reason)
	}
	return hidden
}

// Pathless lists the tools that cannot work because operations which they need
// were found to have no path.
func (c *Catalog) Pathless(missing []fisklapi.Operation) []schemas.HiddenTools {
	var hidden byReason
	for _, t := range c.tools {
		for _, op := range t.Needs {
			if c.Withheld(t) == "" && slices.Contains(missing, op) {
				e := c.endpoints[op]
				hidden.add(t.Name, fmt.Sprintf("this API has no %s %s", e.Method, e.Path))
				break
			}
		}
	}
	return hidden
}
