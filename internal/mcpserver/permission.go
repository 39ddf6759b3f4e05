package mcpserver

import (
	"context"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// denial is why something of a company may not be used; the zero value is no
// denial.
type denial struct {
	withheld string   // why nobody may use it here, as a clause; empty when somebody may
	missing  []string // the permissions that the credential lacks for it, sorted
}

// none reports that nothing is in the way.
func (d denial) none() bool { return d.withheld == "" && len(d.missing) == 0 }

// permission decides what may be used of a company: tools, resources, and the
// tools that a prompt counts on. Withheld is what the settings have against it,
// and needs are the operations of the API that it takes. Until it is known what
// the credential may do, it is taken to have every permission: errors explain
// then.
func (co Company) permission(ctx context.Context) func(withheld string, needs []fisklapi.Operation) denial {
	var held []string
	known := false
	if co.Held != nil {
		held, known = co.Held(ctx)
	}
	return func(withheld string, needs []fisklapi.Operation) denial {
		d := denial{withheld: withheld}
		if known {
			d.missing = co.Catalog.Missing(needs, held)
		}
		return d
	}
}
