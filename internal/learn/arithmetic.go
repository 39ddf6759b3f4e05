package learn

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// maxTries bounds the readings that are tried for one kind of record.
const maxTries = 4000

// byArithmetic reads the answer with the amounts that were not found at every
// place where they may be, and takes the one reading for which the accounting
// speaks.
func (s *session) byArithmetic(r *reading, l level, spots []spot) bool {
	var fields []dialect.Field
	var places [][]spot
	tries := 1
	for _, f := range l.lacking(r.mapping) {
		if !wanted(f) || f.Form.Kind != dialect.Amount && f.Form.Kind != dialect.Decimal {
			continue
		}
		all := slices.DeleteFunc(l.free(f, r.mapping, spots), func(c spot) bool { return strings.Contains(c.where, ".") && f.Form.Kind == dialect.Decimal })
		if len(all) == 0 {
			continue
		}
		fields, places = append(fields, f), append(places, all)
		tries *= len(all) + 1
	}
	if len(fields) == 0 || tries > maxTries {
		return false
	}
	t := trial{session: s, reading: r, level: l, fields: fields, places: places}
	return t.best(tries)
}

// trial tries places for the amounts of one kind of record.
type trial struct {
	*session
	*reading
	level
	fields []dialect.Field
	places [][]spot
}

// option is an assignment of fields to places, with what speaks for it.
type option struct {
	chosen map[int]int
	weight
	liking int
}

// beats prefers an assignment under which more holds; of two that hold alike
// the one whose names are nearer.
func (o option) beats(other option) bool {
	if o.weight == other.weight && other.chosen != nil {
		return o.liking > other.liking
	}
	return o.better(other.weight)
}

// equals reports two assignments of as many fields that nothing tells apart.
func (o option) equals(other option) bool {
	return o.weight == other.weight && o.liking == other.liking && len(o.chosen) == len(other.chosen)
}

// best takes the assignment under which most holds, if there is only one and
// every place in it counts.
func (t trial) best(tries int) bool {
	none := t.weigh(nil)
	best, twice := option{weight: none, liking: -1}, false
	for i := 1; i < tries; i++ {
		chosen, ok := t.chosen(i)
		if !ok {
			continue
		}
		o := option{chosen, t.weigh(chosen), t.liking(chosen)}
		twice = !o.beats(best) && (twice || o.equals(best))
		if o.beats(best) {
			best = o
		}
	}
	if best.chosen == nil || twice || !best.holds() {
		return false
	}
	t.drop(best)
	for k, at := range best.chosen {
		t.put(t.level, t.fields[k], t.places[k][at].where, fmt.Sprintf("%d checks of the amounts hold with it, and %d without", best.held, none.held))
	}
	return len(best.chosen) > 0
}

// drop takes the fields out of an assignment for which nothing speaks.
func (t trial) drop(best option) {
	for k := range t.fields {
		less := maps.Clone(best.chosen)
		delete(less, k)
		if len(less) < len(best.chosen) && !best.better(t.weigh(less)) {
			delete(best.chosen, k)
		}
	}
}

// chosen is the assignment of this number: fields to places, each taken once.
func (t trial) chosen(i int) (map[int]int, bool) {
	all, used := make(map[int]int), make(map[string]bool)
	for k := range t.fields {
		n := i % (len(t.places[k]) + 1)
		i /= len(t.places[k]) + 1
		if n == 0 {
			continue
		}
		where := t.places[k][n-1].where
		if used[where] {
			return nil, false
		}
		all[k], used[where] = n-1, true
	}
	return all, true
}

func (t trial) liking(chosen map[int]int) int {
	sum := 0
	for k, at := range chosen {
		sum += int(dialect.LikenessOf(t.fields[k], t.places[k][at].where, t.level.form.Noun))
	}
	return sum
}

// weight is how often checks held and did not.
type weight struct{ held, broken int }

func (w weight) holds() bool { return w.held > 0 && w.broken*tolerance <= w.held }

// better prefers a reading in which more holds and nothing is broken for it.
func (w weight) better(than weight) bool {
	return w.held-3*w.broken > than.held-3*than.broken
}

// weigh reads the first answer with an assignment, and counts what holds.
func (t trial) weigh(chosen map[int]int) weight {
	m := t.mapping
	m.Members = maps.Clone(m.Members)
	for k, at := range chosen {
		m.Members[dialect.Join(t.path, t.fields[k].Name)] = t.places[k][at].where
	}
	var w weight
	for _, body := range t.bodies[:min(len(t.bodies), 2)] {
		out, err := m.Read(t.reading.form, body)
		if err != nil {
			return weight{broken: 1 << 20}
		}
		e := dialect.Weigh(t.reading.form, &out)
		w.held, w.broken = w.held+e.Held, w.broken+e.Broken
		held, broken := t.laws(t.endpoint.Operation, t.reading.form, &out)
		w.held, w.broken = w.held+held, w.broken+broken
	}
	return w
}
