package dialect

import (
	"strings"
)

// Mapping says how an API writes what one operation answers. The zero value is
// the canonical form itself.
type Mapping struct {
	// Answer is the path down to what the operation answers, through wrappers.
	Answer []string

	// Single says that one record comes as a list of one.
	Single bool

	// Members maps the path of a field to where it is: names below the record
	// that holds it, "client.id" for a member of a member. Of an amount it may
	// be a difference, "debit - credit". Fields that are not in it have their
	// own names. The path of a list with ".*" behind it says where an element's
	// value is.
	Members map[string]string

	// Meanings maps the path of a field to its words: the API's word to ours.
	Meanings map[string]map[string]string

	// Words maps the path of a field to the words that are sent: ours to the
	// API's. One of digits only is a number.
	Words map[string]map[string]string

	Money Money
	Days  Days

	// Factors maps the path of a number that is no money to how many times ours
	// theirs is.
	Factors map[string]float64

	// Places is how many decimals the canonical integer of a currency has. Nil
	// means two, as documented.
	Places func(currency string) int
}

// minus stands between the two members of a difference.
const minus = " - "

// place is where the value of a field is.
type place struct {
	path  []string
	minus []string // of a difference
}

func (m Mapping) place(path, name string) place {
	where, mapped := m.Members[path]
	if !mapped {
		return place{path: []string{name}}
	}
	if first, second, ok := strings.Cut(where, minus); ok {
		return place{path: split(first), minus: split(second)}
	}
	return place{path: split(where)}
}

func (m Mapping) places(currency string) int {
	if m.Places == nil {
		return 2
	}
	return m.Places(currency)
}

// Payload is what an answer holds below its wrappers; nil when that leads
// nowhere.
func (m Mapping) Payload(answer *Node) *Node {
	n := answer.At(m.Answer)
	if n != nil && m.Single && len(n.Items) > 0 {
		return &n.Items[0]
	}
	return n
}
