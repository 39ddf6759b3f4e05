package bind

import (
	"encoding/json"
	"fmt"
	"strings"
)

// twice finds a member that an object of a JSON text is given twice, at any
// depth, and names it as an argument; empty when there is none. A decoder takes
// the last of two, and which of them a person saw nobody knows.
func twice(s string) string {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var open []*container
	for {
		token, err := d.Token()
		if err != nil {
			return "" // the end; what is no JSON is refused by the decoder
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			open = append(open, &container{list: token == json.Delim('[')})
			continue
		case json.Delim('}'), json.Delim(']'):
			open = open[:len(open)-1]
		default:
			if name, repeated := name(open, token); repeated {
				return name
			} else if name != "" {
				continue // its value is next
			}
		}
		if len(open) > 0 {
			open[len(open)-1].past()
		}
	}
}

// container is an object or a list that is being read.
type container struct {
	list    bool
	members map[string]bool
	at      string // the member whose value is next; empty before a name
	named   bool
	index   int // of the value that is next in a list
}

// past notes that a value has been read.
func (c *container) past() {
	c.named = false
	c.index++
}

// name takes a token for the name of a member where one is due, and reports
// that the object has it already. It is empty for a value.
func name(open []*container, token json.Token) (path string, repeated bool) {
	if len(open) == 0 {
		return "", false
	}
	c := open[len(open)-1]
	key, isText := token.(string)
	if c.list || c.named || !isText {
		return "", false
	}
	repeated = c.members[key]
	if c.members == nil {
		c.members = make(map[string]bool)
	}
	c.members[key], c.at, c.named = true, key, true
	if !repeated {
		return "a name", false
	}
	return where(open), true
}

// where names the member that is being read, such as items[1].price.
func where(open []*container) string {
	var b strings.Builder
	for _, c := range open {
		if c.list {
			_, _ = fmt.Fprintf(&b, "[%d]", c.index) // a builder never fails to write
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(quoteStrange(c.at))
	}
	return b.String()
}
