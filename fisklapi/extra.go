package fisklapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// extras adds the reads of a dialect to a table. Their names have an
// underscore, as those of operations do not.
func extras(all map[Operation]Endpoint, d *dialect.Dialect) error {
	if d == nil {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(d.Extra)) {
		e := d.Extra[name]
		if err := e.Validate(); err != nil {
			return &OptionError{"Dialect", fmt.Sprintf("has extra.%s, and %s", name, err)}
		}
		if _, taken := all[Operation(name)]; !taken {
			all[Operation(name)] = Endpoint{Operation: Operation(name), Method: http.MethodGet, Path: e.Path}
		}
	}
	return nil
}

// Extra reads what the dialect adds under this name. Nothing is known of the
// form of its answer: it is returned as it came, its texts cleaned and its
// numbers with their digits. ids fill the path's parameters.
func (c *Client) Extra(ctx context.Context, name string, ids []string, query url.Values) (any, error) {
	body, err := c.Raw(ctx, Operation(name), ids, query)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var answer any
	if err := d.Decode(&answer); err != nil {
		return nil, &Error{Kind: Unexpected, Endpoint: c.endpoints[Operation(name)], Message: "its answer is not JSON"}
	}
	return clean(answer), nil
}
