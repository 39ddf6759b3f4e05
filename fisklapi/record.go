package fisklapi

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// record is one of Fiskl's records: the fields we know, and all of it as it
// came, so that nothing is lost when it is shown or written back.
type record[W any] struct {
	wire W
	raw  json.RawMessage
}

func (r *record[W]) UnmarshalJSON(b []byte) error {
	r.raw = slices.Clone(b)
	if err := json.Unmarshal(b, &r.wire); err != nil {
		return err
	}
	return check(&r.wire)
}

// check asks a record that can tell whether it lacks what must not be taken
// for zero.
func check(wire any) error {
	if w, ok := wire.(interface{ check() error }); ok {
		return w.check()
	}
	return nil
}

func (r record[W]) other() map[string]any { return otherFields(r.raw, r.wire) }

// fetch reads one record by its id.
func fetch[W any](ctx context.Context, c *Client, op Operation, id int64) (record[W], error) {
	return do[record[W]](ctx, c, at(op, id))
}

// put writes a record back with some fields changed.
//
// Whether Fiskl's update replaces the record or merges into it is not
// documented. Sending all of it with the changes laid over means the same
// under both, and keeps fields that this version does not know.
func put[W any](ctx context.Context, c *Client, op Operation, id int64, now record[W], changes fields) (record[W], error) {
	var whole map[string]json.RawMessage
	if err := json.Unmarshal(now.raw, &whole); err != nil {
		return record[W]{}, undecodable(answer{endpoint: c.endpoints[op]}, err)
	}
	body := make(map[string]any, len(whole)+len(changes))
	for k, v := range whole {
		body[k] = v
	}
	maps.Copy(body, changes)
	r := at(op, id)
	r.body = body
	return do[record[W]](ctx, c, r)
}

// fields are members of a request body by their wire names.
type fields map[string]any

// set adds a member unless its value is empty.
func (f fields) set(name, value string) {
	if value != "" {
		f[name] = value
	}
}

// change adds a member if there is something to change. An empty string is a
// change too: it clears the field.
func change[T any](f fields, name string, value *T) {
	if value != nil {
		f[name] = *value
	}
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
