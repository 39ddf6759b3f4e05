package learn

import (
	"fmt"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// Report says what was learned, and what was not. It holds names of members
// and words of statuses, and nothing else of the books.
type Report struct {
	Requests   int       `json:"requests"`
	Operations []Learned `json:"operations"`
	Facts      []string  `json:"facts,omitempty"`   // what is good to know, as sentences
	Doubts     []Doubt   `json:"doubts,omitempty"`  // what is not certain
	Stopped    string    `json:"stopped,omitempty"` // why not all was asked
}

// Learned is one operation.
type Learned struct {
	Operation fisklapi.Operation `json:"operation"`
	Path      string             `json:"path"`
	Read      bool               `json:"read"`              // all that is needed of its answer was found
	Why       string             `json:"why,omitempty"`     // where it was not read
	Missing   []string           `json:"missing,omitempty"` // what was not found
	Evidence  []string           `json:"evidence,omitempty"`
}

// Doubt is something that was left out because it is not certain.
type Doubt struct {
	Operation  fisklapi.Operation `json:"operation"`
	What       string             `json:"what"` // the path of a field, or a word
	Candidates []string           `json:"candidates,omitempty"`
}

// String says a doubt as a sentence.
func (d Doubt) String() string {
	s := fmt.Sprintf("%s: %s is not certain", d.Operation, d.What)
	if len(d.Candidates) > 0 {
		s += "; it could be " + strings.Join(d.Candidates, ", ")
	}
	return s + "."
}

// Sentences is the report for a person to read.
func (r Report) Sentences() []string {
	var all []string
	for _, o := range r.Operations {
		switch {
		case o.Why != "":
			all = append(all, fmt.Sprintf("%s (%s): not read, %s.", o.Operation, o.Path, o.Why))
		case len(o.Missing) > 0:
			all = append(all, fmt.Sprintf("%s (%s): not understood, it lacks %s.", o.Operation, o.Path, strings.Join(o.Missing, "; ")))
		default:
			all = append(all, fmt.Sprintf("%s (%s): understood.", o.Operation, o.Path))
		}
		for _, e := range o.Evidence {
			all = append(all, "  "+e)
		}
	}
	for _, d := range r.Doubts {
		all = append(all, "Not certain: "+d.String())
	}
	for _, f := range r.Facts {
		all = append(all, "Note: "+f)
	}
	if r.Stopped != "" {
		all = append(all, "Not all was asked: "+r.Stopped+".")
	}
	return append(all, fmt.Sprintf("%d requests were made, all of them to read.", r.Requests))
}
