package fisklapi

import "github.com/fiskl-mcp/fiskl-mcp/internal/dialect"

// Canonical brings what [Client.Raw] returned into the form that openapi.yaml
// describes, as the client's dialect says. What the dialect does not speak of,
// or does not fit, comes back as it is.
func (c *Client) Canonical(op Operation, body []byte) []byte {
	form := c.forms.of(op, false)
	if form == nil {
		return body
	}
	m, known := c.dialect.Answer(string(op), form, c.places)
	if !known {
		return body
	}
	n, err := dialect.Parse(body)
	if err != nil {
		return body
	}
	if n, err = m.Read(form, &n); err != nil {
		return body
	}
	return n.Append(nil)
}
