package dialect

import "maps"

// Version is the version of the document that this program reads and writes.
const Version = 1

// Dialect says how an API differs from the canonical form. What it leaves out
// is as the canonical form has it. A person can read and edit it: it is TOML.
type Dialect struct {
	Version int    `toml:"version"`
	For     string `toml:"for,omitempty"`    // the API's root, such as https://api.fiskl.com
	Source  string `toml:"source,omitempty"` // how it came about, in words
	Learned bool   `toml:"learned,omitempty"`

	// Amounts and Dates are how they are written, in answers and in requests.
	Amounts Money `toml:"amounts,omitempty"`
	Dates   Days  `toml:"dates,omitempty"`

	Pages Pages `toml:"pages,omitempty"`

	// Members are names that are the same wherever they occur: ours to theirs.
	Members map[string]string `toml:"members,omitempty"`

	// Words are the words of statuses and the like by the noun they are of: ours
	// to theirs. Several of theirs for one of ours stand between commas, the one
	// that is sent first. One of digits only is sent as a number.
	Words map[string]map[string]string `toml:"words,omitempty"`

	Operations map[string]Operation `toml:"operations,omitempty"`

	// Extra are reads that this program has no tool of its own for, by the names
	// of the tools that are made of them where somebody asks for it.
	Extra map[string]Extra `toml:"extra,omitempty"`
}

// Pages is how lists are paged.
type Pages struct {
	Page    string `toml:"page,omitempty"`    // name of the parameter; "page" unless given
	Size    string `toml:"size,omitempty"`    // name of the parameter; "size" unless given
	First   int    `toml:"first,omitempty"`   // number of the first page: 0 or 1
	Largest int    `toml:"largest,omitempty"` // the most rows that a page holds
	Total   string `toml:"total,omitempty"`   // "-" where the total that a page tells is not how many rows there are
}

// Operation is what one operation has otherwise.
type Operation struct {
	Method     string `toml:"method,omitempty"`
	Path       string `toml:"path,omitempty"`
	Permission string `toml:"permission,omitempty"`
	Scope      string `toml:"scope,omitempty"`

	// Parameters are names of query parameters: ours to theirs. One that the
	// API does not have is "-".
	Parameters map[string]string `toml:"parameters,omitempty"`

	// Answer is the path to what it answers, through wrappers: "data.invoices".
	Answer string `toml:"answer,omitempty"`

	// Single says that one record comes as a list of one.
	Single bool `toml:"single,omitempty"`

	// Members are where the fields of the answer are, and Body where those of
	// the request are: our path to their name, see [Mapping].
	Members map[string]string `toml:"members,omitempty"`
	Body    map[string]string `toml:"body,omitempty"`

	Amounts Money `toml:"amounts,omitempty"`
	Dates   Days  `toml:"dates,omitempty"`

	// Factors say how many times ours a number of theirs is that is no money: our
	// path to 100 for a rate in basis points.
	Factors map[string]float64 `toml:"factors,omitempty"`

	// Missing are required fields that the API is known not to give.
	Missing []string `toml:"missing,omitempty"`

	// Evidence is what spoke for this when it was learned.
	Evidence []string `toml:"evidence,omitempty"`
}

// Answer is the mapping of what an operation answers. ok is false for an
// operation that the dialect does not know: its answers are then read as they
// come.
func (d *Dialect) Answer(operation string, form *Form, places func(string) int) (m Mapping, ok bool) {
	if d == nil {
		return Mapping{}, false
	}
	o := d.Operations[operation]
	m = Mapping{
		Answer: split(o.Answer), Single: o.Single, Places: places,
		Money: first(o.Amounts, d.Amounts), Days: first(o.Dates, d.Dates),
		Members: d.members(form, o.Members), Meanings: d.meanings(form), Words: d.words(form), Factors: o.Factors,
	}
	return m, d.Knows(operation)
}

// Totals reports that the total which a page tells is how many rows the list has.
func (d *Dialect) Totals() bool { return d == nil || d.Pages.Total != "-" }

// Counts reports a dialect that says how amounts are written.
func (d *Dialect) Counts() bool { return d != nil && d.Amounts != "" }

// Knows reports that an operation's answers are to be translated.
func (d *Dialect) Knows(operation string) bool {
	if d == nil {
		return false
	}
	return d.Operations[operation].translates() || d.general()
}

// translates reports an operation whose answers are otherwise than ours.
func (o Operation) translates() bool {
	return len(o.Members)+len(o.Factors) > 0 || o.Answer != "" || o.Single || o.Amounts != "" || o.Dates != ""
}

// Request is the mapping of what an operation is sent.
func (d *Dialect) Request(operation string, form *Form, places func(string) int) Mapping {
	if d == nil {
		return Mapping{}
	}
	o := d.Operations[operation]
	return Mapping{
		Places: places, Money: first(o.Amounts, d.Amounts), Days: first(o.Dates, d.Dates),
		Members: d.members(form, o.Body), Meanings: d.meanings(form), Words: d.words(form), Factors: o.Factors,
	}
}

// general reports a dialect that says something of every answer.
func (d *Dialect) general() bool {
	return len(d.Members) > 0 || len(d.Words) > 0 || d.Amounts != "" || d.Dates != ""
}

func first[T ~string](own, general T) T {
	if own != "" {
		return own
	}
	return general
}

// members joins what is said of one operation with what is said of all.
func (d *Dialect) members(form *Form, own map[string]string) map[string]string {
	all := make(map[string]string, len(own))
	form.Walk(func(path string, f Field) {
		if theirs, ok := d.Members[f.Name]; ok {
			all[path] = theirs
		}
	})
	maps.Copy(all, own)
	return all
}

// meanings turns the words of a dialect round for the fields of a form.
func (d *Dialect) meanings(form *Form) map[string]map[string]string {
	return d.eachWord(form, func(all map[string]string, ours, theirs string) {
		for one := range commas(theirs) {
			all[one] = ours
		}
	})
}

// words are the words that are sent in the fields of a form.
func (d *Dialect) words(form *Form) map[string]map[string]string {
	return d.eachWord(form, func(all map[string]string, ours, theirs string) {
		for one := range commas(theirs) {
			all[ours] = one
			return
		}
	})
}

// eachWord notes the words of a dialect by the fields of a form that they are of.
func (d *Dialect) eachWord(form *Form, note func(all map[string]string, ours, theirs string)) map[string]map[string]string {
	if len(d.Words) == 0 {
		return nil
	}
	all := make(map[string]map[string]string)
	form.Walk(func(path string, f Field) {
		words := d.Words[f.Form.Vocabulary]
		if f.Form.Vocabulary == "" || words == nil {
			return
		}
		all[path] = make(map[string]string, len(words))
		for ours, theirs := range words {
			note(all[path], ours, theirs)
		}
	})
	return all
}

// Word is the word that the API has for one of ours.
func (d *Dialect) Word(vocabulary, ours string) string {
	if d == nil {
		return ours
	}
	for one := range commas(d.Words[vocabulary][ours]) {
		return one
	}
	return ours
}

// Meaning is our word for one of the API's; ok is false for one that it does not
// have.
func (d *Dialect) Meaning(vocabulary, theirs string) (ours string, ok bool) {
	if d == nil {
		return "", false
	}
	for ours, words := range d.Words[vocabulary] {
		for one := range commas(words) {
			if one == theirs {
				return ours, true
			}
		}
	}
	return "", false
}

// Parameter is the name that the API has for a query parameter of an operation.
// ok is false for one that it does not have.
func (d *Dialect) Parameter(operation, ours string) (theirs string, ok bool) {
	if d == nil {
		return ours, true
	}
	switch theirs = d.Operations[operation].Parameters[ours]; {
	case theirs == "-":
		return "", false
	case theirs != "":
		return theirs, true
	case ours == "page" && d.Pages.Page != "":
		return d.Pages.Page, true
	case ours == "size" && d.Pages.Size != "":
		return d.Pages.Size, true
	default:
		return ours, true
	}
}
