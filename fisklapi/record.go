package fisklapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/digest"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// record is one of Fiskl's records: the fields we know, and all of it as it
// came, so that nothing is lost when it is shown or written back.
type record[W any] struct {
	wire W
	raw  json.RawMessage
	seen time.Time // when it was asked for; zero where a write answered with it
	told schemas.Written

	// from is how the API wrote it, where that is not the canonical form.
	from *translated
}

// inside is where a record was decoded into.
func (r *record[W]) inside() any { return &r.wire }

// came notes how the API wrote the record.
func (r *record[W]) came(t translated) { r.from = &t }

func (r *record[W]) UnmarshalJSON(b []byte) error {
	r.raw = slices.Clone(b)
	return json.Unmarshal(b, &r.wire)
}

// state tells this record from what it was or will be.
func (r record[W]) state() string {
	if d, err := valueDigest(r.raw); err == nil {
		return d
	}
	return digest.Of(compact(r.raw))
}

// compact writes JSON without its spaces, which mean nothing.
func compact(raw json.RawMessage) []byte {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return raw
	}
	return b.Bytes()
}

func (r record[W]) other() map[string]any { return otherFields(r.raw, r.wire) }

// fetch reads one record by its id. One that Fiskl gave no id cannot be read.
func fetch[W any](ctx context.Context, c *Client, op Operation, key schemas.ID) (record[W], error) {
	if key == "" {
		return record[W]{}, &Error{Kind: NotFound, Endpoint: c.endpoints[op], Message: "Fiskl gave no id to read it by"}
	}
	seen := c.now().UTC()
	r, err := do[record[W]](ctx, c, at(op, key))
	r.seen = seen
	return r, err
}

// put writes a record back with some fields changed, and answers with it as it
// is then, and with what to tell of that.
//
// Whether Fiskl's update replaces the record or merges into it is not
// documented. Sending all of it with the changes laid over means the same
// under both, and keeps fields that this version does not know.
func put[W any](ctx context.Context, c *Client, op Operation, w Write, now record[W], changes fields, see *sight[W]) error {
	var whole map[string]json.RawMessage
	if err := json.Unmarshal(now.raw, &whole); err != nil {
		return undecodable(answer{endpoint: c.endpoints[op]}, err)
	}
	kept, err := reconcile(whole, changes)
	if err != nil || len(changes) == 0 { // as it is stored already
		see.record, see.told = now, kept
		return err
	}
	body, err := c.changed(op, now.raw, now.from, changes)
	if err != nil {
		return err
	}
	w.State, w.Seen, w.Sets = now.state(), now.seen, make(map[string]string, len(changes))
	for k, v := range changes {
		will, err := valueDigest(v)
		if err != nil {
			return fmt.Errorf("fisklapi: encode the field %s: %w", k, err)
		}
		if was, err := valueDigest(whole[k]); err != nil || was != will {
			w.Sets[k] = will // what is so already would tell nothing of the write
		}
	}
	r := at(op, w.ID)
	r.body = body
	see.c, see.key, see.asked, see.denies = c, w.ID, changes, unchanged[W](whole, changes)
	if _, err := c.write(ctx, w, r, see); err != nil {
		return err
	}
	see.told = told(kept, see.raw)
	see.warn(c.meanwhile(ctx, op, w.ID, whole, changes)...)
	return nil
}

// unchanged denies an update that left all that it was to change as it was. One
// that took a part of it, or wrote it in another way, was carried out.
func unchanged[W any](whole map[string]json.RawMessage, changes fields) func(posted, record[W]) error {
	return func(t posted, r record[W]) error {
		has, _ := plainValue(r.raw).(map[string]any)
		for name := range t.Sets {
			was, err := valueDigest(whole[name])
			is, isErr := valueDigest(has[name])
			if same := err == nil && isErr == nil && was == is; !same || takes(plainValue(changes[name]), has[name], has) {
				return nil
			}
		}
		if len(t.Sets) == 0 {
			return nil
		}
		return fmt.Errorf("the %s it shows has nothing of the change", t.Noun)
	}
}

// valueDigest tells values of a field apart. A value has the same digest
// however a server escapes its characters.
func valueDigest(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var plain any
	if err := d.Decode(&plain); err != nil {
		return "", err
	}
	return digest.JSON(plain)
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
