package dialect

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	fastjson "github.com/segmentio/encoding/json"
)

// Node is a JSON value whose numbers and texts are kept byte by byte, and whose
// members are kept in order.
type Node struct {
	Type    Type
	Raw     []byte   // a number, a text with its quotes, true or false
	Members []Member // of an object
	Items   []Node   // of an array
}

// Member is one member of an object.
type Member struct {
	Name  string
	Value Node
}

// Type is what a JSON value is.
type Type uint8

// The types of JSON values. None is a value that is not there.
const (
	None Type = iota
	Null
	Bool
	Number
	String
	Array
	Object
)

func (t Type) String() string {
	return [...]string{"nothing", "null", "true or false", "a number", "a text", "a list", "an object"}[t]
}

// Bounds of what is read: how deeply values may be nested, and how many members
// an object may have.
const (
	maxDepth   = 64
	maxMembers = 2000
)

// ErrCutOff is an answer that is no JSON.
var ErrCutOff = errors.New("the answer is empty, cut off or not JSON")

var (
	errWide = fmt.Errorf("an object of the answer has more than %d members", maxMembers)
	errDeep = fmt.Errorf("the answer is nested more than %d levels deep", maxDepth)
)

// Parse reads one JSON value. A byte order mark before it is passed over.
func Parse(b []byte) (Node, error) {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if !json.Valid(b) {
		return Node{}, ErrCutOff
	}
	p := parser{t: fastjson.NewTokenizer(b), names: make(map[string]string)}
	p.t.Next()
	return p.value(0)
}

// parser builds nodes of the tokens of a valid JSON text.
type parser struct {
	t     *fastjson.Tokenizer
	names map[string]string // rows repeat the names of their members
}

func (p *parser) value(depth int) (Node, error) {
	if depth > maxDepth {
		return Node{}, errDeep
	}
	switch p.t.Delim {
	case '{':
		return p.object(depth)
	case '[':
		return p.array(depth)
	}
	return Node{Type: scalarType(p.t.Value), Raw: p.t.Value}, nil
}

func (p *parser) object(depth int) (Node, error) {
	n := Node{Type: Object}
	for p.t.Next() && p.t.Delim != '}' {
		if p.t.Delim == ',' {
			continue
		}
		name := p.name(p.t.Value)
		p.t.Next() // the colon
		p.t.Next()
		v, err := p.value(depth + 1)
		if err != nil {
			return n, err
		}
		switch {
		case n.Get(name) != nil:
			return n, twice(name)
		case len(n.Members) == maxMembers:
			return n, errWide
		}
		n.Members = append(n.Members, Member{name, v})
	}
	return n, nil
}

func (p *parser) array(depth int) (Node, error) {
	n := Node{Type: Array}
	for p.t.Next() && p.t.Delim != ']' {
		if p.t.Delim == ',' {
			continue
		}
		v, err := p.value(depth + 1)
		if err != nil {
			return n, err
		}
		n.Items = append(n.Items, v)
	}
	return n, nil
}

func (p *parser) name(quoted []byte) string {
	if name, known := p.names[string(quoted)]; known {
		return name
	}
	name := unquote(quoted)
	p.names[string(quoted)] = name
	return name
}

func scalarType(raw []byte) Type {
	switch raw[0] {
	case 'n':
		return Null
	case 't', 'f':
		return Bool
	case '"':
		return String
	default:
		return Number
	}
}

func unquote(raw []byte) string {
	if len(raw) >= 2 && bytes.IndexByte(raw, '\\') < 0 {
		return strings.ToValidUTF8(string(raw[1:len(raw)-1]), "\ufffd")
	}
	var s string
	_ = json.Unmarshal(raw, &s) // valid JSON: a lone surrogate becomes U+FFFD
	return s
}

// Text makes a JSON text.
func Text(s string) Node {
	raw, _ := json.Marshal(s) // a string never fails
	return Node{Type: String, Raw: raw}
}

// Get returns the member of an object with this name; nil when there is none.
func (n *Node) Get(name string) *Node {
	for i := range n.Members {
		if n.Members[i].Name == name {
			return &n.Members[i].Value
		}
	}
	return nil
}

// At goes down a path of member names; nil when it leads nowhere.
func (n *Node) At(path []string) *Node {
	for _, name := range path {
		if n = n.Get(name); n == nil {
			return nil
		}
	}
	return n
}

// set puts a value at the end of a path, with the objects on the way to it.
func (n *Node) set(path []string, v Node) {
	if len(path) == 0 {
		*n = v
		return
	}
	n.Type = Object
	next := n.Get(path[0])
	if next == nil {
		n.Members = append(n.Members, Member{Name: path[0]})
		next = &n.Members[len(n.Members)-1].Value
	}
	next.set(path[1:], v)
}

// Empty reports a value that stands for nothing: none, null, "" or false.
func (n *Node) Empty() bool {
	return n == nil || n.Type <= Null || n.Type == String && len(n.Raw) == 2 || n.Type == Bool && n.Raw[0] == 'f'
}

// String is the text or the digits of a scalar.
func (n *Node) String() string {
	if n.Type == String {
		return unquote(n.Raw)
	}
	return string(n.Raw)
}

// Names are the names of an object's members, in order.
func (n *Node) Names() []string {
	names := make([]string, len(n.Members))
	for i := range n.Members {
		names[i] = n.Members[i].Name
	}
	return names
}

// Append writes the value as JSON behind b.
func (n *Node) Append(b []byte) []byte {
	switch n.Type {
	case Object:
		b = append(b, '{')
		for i := range n.Members {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendName(b, n.Members[i].Name)
			b = n.Members[i].Value.Append(append(b, ':'))
		}
		return append(b, '}')
	case Array:
		b = append(b, '[')
		for i := range n.Items {
			if i > 0 {
				b = append(b, ',')
			}
			b = n.Items[i].Append(b)
		}
		return append(b, ']')
	case None, Null:
		return append(b, "null"...)
	default:
		return append(b, n.Raw...)
	}
}

func appendName(b []byte, name string) []byte {
	plain := !slices.ContainsFunc([]byte(name), func(c byte) bool { return c < ' ' || c == '"' || c == '\\' || c >= 0x7f })
	if plain {
		return append(append(append(b, '"'), name...), '"')
	}
	quoted := Text(name)
	return append(b, quoted.Raw...)
}

// Merge lays the members of an object over those of this one. Objects in it are
// merged as well, every other value is replaced.
func (n *Node) Merge(over *Node) {
	for i := range over.Members {
		m := &over.Members[i]
		own := n.Get(m.Name)
		switch {
		case own == nil:
			n.Members = append(n.Members, *m)
		case own.Type == Object && m.Value.Type == Object:
			own.Merge(&m.Value)
		default:
			*own = m.Value
		}
	}
}
