package fisklapi

import (
	"encoding/json"
	"io"
	"maps"
	"net/url"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// Dialect says how an API differs from the form that openapi.yaml describes.
type Dialect = dialect.Dialect

// ReadDialect reads a dialect's document, which is TOML.
func ReadDialect(r io.Reader) (*Dialect, error) { return dialect.Read(r) }

// query is what an operation is asked, in the API's names and words.
func (c *Client) query(r request) url.Values {
	if c.dialect == nil {
		return r.query
	}
	out := make(url.Values, len(r.query))
	for ours, values := range r.query {
		theirs, ok := c.dialect.Parameter(string(r.op), ours)
		if !ok {
			continue
		}
		for _, v := range values {
			// Dates are asked for as documented: how an API writes them in its
			// answers is often not how it takes them.
			if words := vocabulary(r.op, ours); words != "" {
				v = c.dialect.Word(words, v)
			}
			out.Add(theirs, v)
		}
	}
	return out
}

// vocabulary is what the words of a parameter are of.
func vocabulary(op Operation, parameter string) string {
	switch {
	case parameter == "basis":
		return "basis"
	case parameter == "status" && op == OpListInvoices:
		return "invoice"
	default:
		return ""
	}
}

// body is what an operation is sent, in the API's form.
func (c *Client) body(r request) ([]byte, error) {
	b, err := json.Marshal(r.body)
	if _, raw := r.body.(json.RawMessage); err != nil || raw || c.dialect == nil {
		return b, err
	}
	form := BodyFormOf(r.op)
	if form == nil {
		return b, nil
	}
	n, err := inTheirs(c.dialect.Request(string(r.op), form, c.places), form, b)
	return n.Append(nil), err
}

// inTheirs writes a canonical value as an API has it.
func inTheirs(m dialect.Mapping, form *dialect.Form, canonical []byte) (dialect.Node, error) {
	n, err := dialect.Parse(canonical)
	if err != nil {
		return n, err
	}
	return m.Write(form, &n)
}

// changed is a record with some fields changed, as the API has it: what it gave
// with the changes laid over, so that fields which this version does not know
// are kept.
func (c *Client) changed(op Operation, canonical json.RawMessage, from *translated, changes fields) (any, error) {
	if from == nil {
		var whole map[string]json.RawMessage
		if err := json.Unmarshal(canonical, &whole); err != nil {
			return nil, err
		}
		body := make(fields, len(whole)+len(changes))
		for name, value := range whole {
			body[name] = value
		}
		maps.Copy(body, changes)
		return body, nil
	}
	b, err := json.Marshal(changes)
	if err != nil {
		return nil, err
	}
	m := from.mapping
	m.Answer, m.Single = nil, false
	over, err := inTheirs(m, BodyFormOf(op), b)
	if err != nil {
		return nil, err
	}
	whole, err := dialect.Parse(from.theirs)
	if err != nil {
		return nil, err
	}
	payload := from.mapping.Payload(&whole)
	payload.Merge(&over)
	return json.RawMessage(payload.Append(nil)), nil
}
