package fisklapi

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/digest"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// position is a place in a listing: which of its queries, how many of that
// query's records have been read, and of which listing.
type position struct {
	ask     int
	offset  int
	listing string
}

// String is the cursor that callers carry.
func (p position) String() string {
	return strconv.Itoa(p.ask) + "." + strconv.Itoa(p.offset) + "." + p.listing
}

// position reads a cursor and refuses one that belongs to another list or to
// other filters: going on from it would skip rows.
func (l listing[W, R]) position(cursor string) (position, error) {
	p := position{listing: l.digest()}
	if cursor == "" {
		return p, nil
	}
	refuse := func(problem string) (position, error) {
		return position{}, &schemas.ArgumentError{Argument: "cursor", Problem: problem}
	}
	parts := strings.Split(cursor, ".")
	if len(parts) != 3 {
		return refuse("is not one that this server gave; pass next_cursor as it was")
	}
	if parts[2] != p.listing {
		return refuse("belongs to other filters; repeat the filters of the call that gave it, or leave it out to start again")
	}
	var err1, err2 error
	p.ask, err1 = strconv.Atoi(parts[0])
	p.offset, err2 = strconv.Atoi(parts[1])
	if err1 != nil || err2 != nil || p.ask < 0 || p.ask >= len(l.asks) || p.offset < 0 {
		return refuse("is not one that this server gave; pass next_cursor as it was")
	}
	return p, nil
}

func (l listing[W, R]) digest() string {
	parts := []string{fmt.Sprint(l.op, "\n", l.filter)}
	for _, a := range l.asks {
		parts = append(parts, "\n"+a.query.Encode())
	}
	return digest.Of(parts...)[:8]
}
