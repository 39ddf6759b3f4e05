package dialect

import (
	"slices"
	"strings"
)

// Kind is what a value of the canonical form means.
type Kind uint8

// The kinds of values.
const (
	Word    Kind = iota // a text, or a number that stands for one
	ID                  // a record's id: a number or a text
	Amount              // an integer in minor units
	Day                 // a date, YYYY-MM-DD
	Decimal             // a number that is no money: a quantity, a rate
	Count               // a whole number
	Flag                // true or false
	Words               // a list of texts
	Record              // an object of fields
	List                // a list of Elem
	Amounts             // an object of amounts by name
	Any                 // whatever it is
)

func (k Kind) String() string {
	return [...]string{
		"a text", "an id", "an amount", "a date", "a number", "a whole number",
		"true or false", "texts", "an object", "a list", "an object of amounts", "anything",
	}[k]
}

// Form is what a value has to be in the canonical form.
type Form struct {
	Kind   Kind
	Noun   string  // what a record is: "invoice"; its own name says nothing in the names of its members
	Fields []Field // of a record, and the known names of amounts
	Elem   *Form   // of a list

	// Checks are what holds between the amounts of a record, such as
	// "outstanding = total - paid" or "total = sum(rows.amount)".
	Checks []string

	// Nests says that a row may hold rows of its own, of which it is the sum.
	Nests bool

	// Meanings are the words of a text that stands for one of a few things,
	// such as a status.
	Meanings   []string
	Vocabulary string // the name under which a dialect has other words for them
}

// Field is a member of a record.
type Field struct {
	Name   string
	Need   Need
	Unless string // path of an amount beside it: the field may be absent where that is zero
	Base   bool   // an amount in the currency of the report, not in the row's own
	Form   *Form
}

// Need is how much an answer has to have a field.
type Need uint8

// The needs.
const (
	Optional  Need = iota
	Soft           // it is looked for under other names; its absence is no error
	Somewhere      // one row of a list has to have it
	Detail         // every record has to have it where details were asked for
	Required       // every record has to have it
)

// Field returns the field of this name; nil when there is none.
func (f *Form) Field(name string) *Field {
	i := slices.IndexFunc(f.Fields, func(x Field) bool { return x.Name == name })
	if i < 0 {
		return nil
	}
	return &f.Fields[i]
}

// rows is the form of one row of a list, the form itself for anything else.
func (f *Form) rows() *Form {
	if f.Kind == List {
		return f.Elem
	}
	return f
}

// Walk calls visit for every field below a form, with the path of its name:
// "sections.rows.amount". Elements of lists have the path of their list.
func (f *Form) Walk(visit func(path string, field Field)) { f.walk("", visit) }

func (f *Form) walk(prefix string, visit func(string, Field)) {
	for _, field := range f.rows().Fields {
		path := join(prefix, field.Name)
		visit(path, field)
		field.Form.walk(path, visit)
	}
}

func join(prefix, name string) string {
	if prefix == "" {
		return name
	}
	return prefix + "." + name
}

func split(path string) []string {
	if path == "" {
		return nil
	}
	return strings.Split(path, ".")
}

// fits reports that a value may be of a kind, as far as one value tells.
func (k Kind) fits(n *Node) bool {
	switch k {
	case Amount:
		_, ok := readMoney(n)
		return ok
	case Day:
		_, ok := readDay(n)
		return ok
	case Decimal, Count:
		return n.Type == Number || n.Type == String && isNumber(n.String())
	default:
		return k.takes(n.Type)
	}
}

// takes reports that values of a type may be of a kind. What is in an amount, a
// date or a number has to be seen to tell.
func (k Kind) takes(t Type) bool {
	switch k {
	case Any:
		return true
	case Word, ID:
		return t == String || t == Number
	case Flag:
		return t == Bool
	case Words:
		return t == Array || t == String
	case Record, Amounts:
		return t == Object
	case List:
		return t == Array
	default:
		return false
	}
}

func (f Field) required() bool { return f.Need == Required }

// excused reports a field that may be absent from this record.
func (f Field) excused(n *Node) bool {
	if f.Unless == "" {
		return false
	}
	v := n.At(split(f.Unless))
	return v != nil && string(v.Raw) == "0"
}

// Detailed is a form of which details were asked for.
func (f *Form) Detailed() *Form {
	if f == nil || f.Kind != Record && f.Kind != List {
		return f
	}
	out := *f
	out.Elem = f.Elem.Detailed()
	out.Fields = slices.Clone(f.Fields)
	for i := range out.Fields {
		if out.Fields[i].Need == Detail {
			out.Fields[i].Need = Required
		}
		out.Fields[i].Form = out.Fields[i].Form.Detailed()
	}
	return &out
}
