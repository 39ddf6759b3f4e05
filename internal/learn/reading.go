package learn

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// reading is one operation with what it answered and how that is read.
type reading struct {
	endpoint fisklapi.Endpoint
	form     *dialect.Form
	ids      []string
	query    url.Values
	bodies   []*dialect.Node

	mapping  dialect.Mapping
	by       map[string]string // our path to what spoke for its place
	ours     []dialect.Node    // the bodies in the canonical form
	missing  []string
	evidence []string
	proofs   []string // what else was found out by asking
	problem  string   // why it was not read
}

// sound reports that an answer was understood.
func (r *reading) sound() bool {
	return r != nil && len(r.bodies) > 0 && r.problem == "" && len(r.missing) == 0
}

// rows are the records that were read.
func (r *reading) rows() []*dialect.Node {
	var all []*dialect.Node
	if r == nil || r.problem != "" {
		return nil
	}
	for i := range r.ours {
		if r.form.Kind != dialect.List {
			all = append(all, &r.ours[i])
			continue
		}
		for k := range r.ours[i].Items {
			all = append(all, &r.ours[i].Items[k])
		}
	}
	return all
}

// infer takes what the answers themselves leave no doubt about. An answer
// beside the first may add places, and takes none away.
func (s *session) infer(r *reading) {
	r.mapping = dialect.Mapping{Members: make(map[string]string), Places: s.places}
	r.by = make(map[string]string)
	r.problem = ""
	for i, body := range r.bodies {
		in, err := dialect.Infer(r.form, body, dialect.Known{Money: s.money, Days: s.days, Places: s.places})
		if err != nil && in.Members != nil {
			in, err = s.otherwise(r, body)
		}
		if err != nil && in.Members == nil {
			if i == 0 {
				r.problem = err.Error()
				return
			}
			continue
		}
		r.take(in, i == 0)
	}
}

// otherwise reads an answer whose amounts or dates do not look as in most: whole
// numbers among decimals are decimals of which the zeros were left out, unless
// there are so many that one would have had some.
func (s *session) otherwise(r *reading, body *dialect.Node) (dialect.Inferred, error) {
	const many = 12
	in, err := dialect.Infer(r.form, body, dialect.Known{Days: s.days, Places: s.places})
	if in.Members == nil {
		return in, err
	}
	if err != nil || !in.Money.Major() && s.money.Major() && amounts(r.form, in.Mapping, body) < many {
		in.Money = s.money
	}
	if in.Days == "" {
		in.Days = s.days
	}
	return in, err
}

// amounts counts the amounts of an answer that are not zero.
func amounts(form *dialect.Form, m dialect.Mapping, body *dialect.Node) int {
	count := 0
	for _, l := range levels(form, m, []*dialect.Node{body}) {
		for _, f := range l.form.Fields {
			at, _ := m.Place(dialect.Join(l.path, f.Name), f.Name)
			for _, n := range l.nodes {
				if v := n.At(at); f.Form.Kind == dialect.Amount && v != nil && strings.Trim(v.String(), "0.") != "" {
					count++
				}
			}
		}
	}
	return count
}

func (r *reading) take(in dialect.Inferred, first bool) {
	if first {
		r.mapping.Answer, r.mapping.Single, r.mapping.Money, r.mapping.Days = in.Answer, in.Single, in.Money, in.Days
	}
	for path, where := range in.Members {
		if r.takes(path, where) {
			r.mapping.Members[path] = where
			r.by[path] = "its name"
		}
	}
	for _, f := range in.Fields {
		if f.By < dialect.Certain {
			r.by[f.Path] = "the arithmetic"
		}
	}
	if in.Money.Major() {
		r.mapping.Money = in.Money
	}
	if r.mapping.Days == dialect.ISODays {
		r.mapping.Days = in.Days
	}
}

// takes reports a place that can be taken: the field has none yet, and the place
// is no other field's, nor the currency that an amount comes with.
func (r *reading) takes(path, where string) bool {
	_, known := r.mapping.Members[path]
	ofAmount := strings.HasSuffix(where, ".currency") && !strings.HasSuffix(path, "currency")
	return !known && !ofAmount && !r.occupied(path, where)
}

// occupied reports a place that another field of the same record has.
func (r *reading) occupied(path, where string) bool {
	for other, at := range r.mapping.Members {
		if at == where && parent(other) == parent(path) && (strings.HasSuffix(other, "*") == strings.HasSuffix(path, "*")) {
			return true
		}
	}
	return false
}

func parent(path string) string {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[:i]
	}
	return ""
}

// read reads the answers as the mapping has them.
func (s *session) read(r *reading) {
	r.ours, r.missing, r.evidence = nil, nil, nil
	if r.problem != "" {
		return
	}
	var sum dialect.Evidence
	for _, body := range r.bodies {
		out, err := r.mapping.Read(r.form, body)
		if err != nil {
			r.problem = err.Error()
			return
		}
		r.ours = append(r.ours, out)
		e := dialect.Weigh(r.form, &out)
		held, broken := s.laws(r.endpoint.Operation, r.form, &r.ours[len(r.ours)-1])
		sum.Held, sum.Broken = sum.Held+e.Held+held, sum.Broken+e.Broken+broken
		if sum.First == "" {
			sum.First = e.First
		}
	}
	r.missing = s.missing(r)
	r.say(sum)
}

// missing are the fields that an answer lacks, for the first answer counts.
func (s *session) missing(r *reading) []string {
	if len(r.ours) == 0 {
		return nil
	}
	return dialect.Missing(r.form, &r.ours[0])
}

// say puts into words what speaks for a reading.
func (r *reading) say(e dialect.Evidence) {
	r.evidence = append(r.evidence, r.proofs...)
	if e.Held > 0 {
		r.evidence = append(r.evidence, fmt.Sprintf("of %d checks of its amounts %d hold", e.Held+e.Broken, e.Held))
	}
	if e.Broken*tolerance > e.Held {
		r.missing = append(r.missing, "amounts that agree: "+cmp.Or(e.First, "with what other operations say"))
	}
	for _, path := range slices.Sorted(maps.Keys(r.mapping.Members)) {
		if where := r.mapping.Members[path]; r.by[path] != "" && r.by[path] != "its name" {
			r.evidence = append(r.evidence, fmt.Sprintf("%s is %s: %s", path, where, r.by[path]))
		}
	}
}

// tolerance is one record of so many in which a check may fail, when the books
// have a reason for it: nothing is owed of an invoice that was rejected.
const tolerance = 3

// keep keeps an answer and reads it.
func (s *session) keep(r *reading, body *dialect.Node) {
	r.bodies = append(r.bodies, body)
	s.solve(r)
}

// solve finds the places of all fields of a reading.
func (s *session) solve(r *reading) {
	s.infer(r)
	s.harder(r)
	s.read(r)
}
