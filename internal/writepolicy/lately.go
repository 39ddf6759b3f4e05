package writepolicy

import (
	"context"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// memory is for how long a person is told what was changed before.
const memory = 24 * time.Hour

// Lately are the writes of the last day, oldest first, that were or may have
// been made to the record that a write concerns, or to its client. What lies in
// the future was noted before the clock was set back, and is among them.
func (c *Policy) Lately(ctx context.Context, w fisklapi.Write) ([]journal.Entry, error) {
	j, _, err := c.open(ctx)
	if err != nil {
		return nil, err
	}
	all, err := j.Recent(ctx)
	if err != nil {
		return nil, err
	}
	var some []journal.Entry
	for _, e := range all {
		if possiblyApplied(e) && c.o.Now().Sub(e.Begun) < memory && (made(e, w.Noun, w) || concerns(e, w)) {
			some = append(some, e)
		}
	}
	return some, nil
}

// made reports an entry about the record of a write.
func made(e journal.Entry, noun string, w fisklapi.Write) bool {
	return w.ID != "" && e.Write.Noun == noun && (e.Write.ID == w.ID || e.Result.ID == w.ID)
}

// concerns reports an entry about the client of a write. One of uncertain
// outcome that would have made the client is told by the name.
func concerns(e journal.Entry, w fisklapi.Write) bool {
	if e.Write.Noun != "client" {
		return false
	}
	if w.ClientID != "" && (e.Write.ID == w.ClientID || e.Result.ID == w.ClientID) {
		return true
	}
	return e.Write.ID == "" && e.Result.ID == "" && w.Client != "" && strings.EqualFold(e.Write.Name, w.Client)
}
