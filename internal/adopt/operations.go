package adopt

import (
	"cmp"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// affinity is how much speaks for one of their operations being one of ours.
type affinity struct {
	ours, theirs int
	score        int
	certain      bool
	why          string
}

// least is the score below which nothing is paired.
const least = 45

// pair finds their operation for each of ours: the likeliest first, and each of
// theirs once.
func (a *adoption) pair(ours, theirs []contract.Operation) []pairing {
	var all []affinity
	for i, o := range ours {
		for j, t := range theirs {
			if f := affinityOf(o, t); f.score >= least {
				f.ours, f.theirs = i, j
				all = append(all, f)
			}
		}
	}
	slices.SortStableFunc(all, func(x, y affinity) int { return cmp.Compare(y.score, x.score) })
	taken, given := make(map[int]bool), make(map[int]affinity)
	for _, f := range all {
		if _, has := given[f.ours]; !has && !taken[f.theirs] {
			given[f.ours], taken[f.theirs] = f, true
		}
	}
	var pairs []pairing
	for i, o := range ours {
		f, found := given[i]
		if !found {
			// Without its permissions all is offered that a credential might use.
			must := fisklapi.Operation(o.ID) != fisklapi.OpGetPermissions
			a.note(Finding{Grade: Missing, Required: must, Operation: fisklapi.Operation(o.ID), Part: "operation", Why: "the document has nothing like " + o.Method + " " + o.Path})
			continue
		}
		if p := (pairing{o, theirs[f.theirs]}); a.move(p, f) {
			pairs = append(pairs, p)
		}
	}
	return pairs
}

// affinityOf weighs two operations.
func affinityOf(ours, theirs contract.Operation) affinity {
	if !sameEffect(ours, theirs) || len(ours.InPath) != len(theirs.InPath) || theirs.Deprecated {
		return affinity{}
	}
	mine, other := resource(ours.Path), resource(theirs.Path)
	s := signs{
		path: shape(ours.Path) == shape(theirs.Path),
		id:   theirs.ID != "" && strings.EqualFold(letters(ours.ID), letters(theirs.ID)),
		tail: same(plainWords(mine), plainWords(other)), topic: same(canonical(mine), canonical(other)),
		near: alike(canonical(mine), canonical(other)), idNear: alike(canonical(ours.ID), canonical(theirs.ID)),
		summary: alike(canonical(ours.Summary), canonical(theirs.Summary)), beside: mentioned(ours, theirs),
	}
	if ours.Method == theirs.Method {
		s.beside += 3
	}
	if theirs.Method != http.MethodGet && !s.named() {
		return affinity{} // a write is never taken for one that is only similar
	}
	return s.weigh()
}

func same(a, b []string) bool { return len(a) > 0 && slices.Equal(a, b) }

// signs are what two operations have in common.
type signs struct {
	path, id     bool // the same, whatever parameters and letters are called
	tail, topic  bool // the path behind its beginning: the same words, or words that mean the same
	near, idNear int  // how much of the words of path and operationId, from 0 to 100
	summary      int  // likewise of the summary
	beside       int  // points for scope, tag and method
}

// named reports operations whose path or operationId alone says that they are
// the same.
func (s signs) named() bool { return s.path || s.id || s.tail || s.topic }

func (s signs) certain() bool {
	return s.path || s.id || s.named() && (s.idNear == 100 || s.summary >= 50)
}

// weigh adds the signs up. What it says is the strongest of them.
func (s signs) weigh() affinity {
	f := affinity{certain: s.certain()}
	add := func(points int, reason string) {
		if points > 0 {
			f.score += points
			f.why = cmp.Or(f.why, reason)
		}
	}
	switch {
	case s.path:
		add(70, "the same path")
	case s.tail:
		add(60, "the same path but for what it begins with")
	case s.topic:
		add(45, "a path of words that mean the same")
	default:
		add(s.near*30/100, "")
	}
	if s.id {
		add(45, "the same operationId")
	} else {
		add(s.idNear*25/100, "an operationId of words that mean the same")
	}
	add(s.summary*15/100, "a summary of words that mean the same")
	add(s.beside, "")
	return f
}

// sameEffect reports methods of which one can stand for the other.
func sameEffect(ours, theirs contract.Operation) bool {
	switch {
	case ours.Method == http.MethodGet || theirs.Method == http.MethodGet:
		return ours.Method == theirs.Method
	case ours.Method == http.MethodPut:
		return theirs.Method == http.MethodPut || theirs.Method == http.MethodPatch
	case len(ours.InPath) == 0:
		return theirs.Method == http.MethodPost
	default:
		return theirs.Method != http.MethodDelete
	}
}

func shape(path string) string { return regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(path, "{}") }

func letters(s string) string { return regexp.MustCompile(`[^A-Za-z0-9]`).ReplaceAllString(s, "") }

// mentioned are points for our permission or scope in their words, and for a
// tag that is about the same.
func mentioned(ours, theirs contract.Operation) int {
	points := 0
	text := strings.ToLower(theirs.Description + " " + theirs.Summary + " " + theirs.Permission)
	if ours.Permission != "" && strings.Contains(text, ours.Permission) || slices.ContainsFunc(ours.Scopes, func(s string) bool { return slices.Contains(theirs.Scopes, s) }) {
		points += 6
	}
	if alike(canonical(strings.Join(ours.Tags, " ")), canonical(strings.Join(theirs.Tags, " "))) == 100 {
		points += 6
	}
	return points
}

// move notes where an operation is, if that is elsewhere. It reports whether it
// can be used there.
func (a *adoption) move(p pairing, f affinity) bool {
	grade := Certain
	if !f.certain {
		grade = Guessed
	}
	path := renamed(p.theirs.Path, p.ours.Path)
	method := p.theirs.Method
	if method == p.ours.Method && path == p.ours.Path {
		return true
	}
	moved := dialect.Operation{}
	if method != p.ours.Method {
		moved.Method = method
	}
	if path != p.ours.Path {
		moved.Path = path
	}
	trial := dialect.Dialect{Version: dialect.Version, Operations: map[string]dialect.Operation{p.ours.ID: moved}}
	if err := trial.Validate(); err != nil {
		a.note(Finding{Grade: Missing, Required: true, Operation: p.op(), Part: "operation", Theirs: method + " " + p.theirs.Path, Why: "it is at a path that cannot be used"})
		return false
	}
	a.dialect.Operations[p.ours.ID] = moved
	a.note(Finding{Grade: grade, Operation: p.op(), Part: "operation", Theirs: method + " " + p.theirs.Path, Why: cmp.Or(f.why, "several words are the same")})
	return true
}

// renamed is their path with our names of its parameters, of which there are as
// many, in the same order.
func renamed(theirs, ours string) string {
	names := regexp.MustCompile(`\{[^}]*\}`).FindAllString(ours, -1)
	return regexp.MustCompile(`\{[^}]*\}`).ReplaceAllStringFunc(theirs, func(string) string {
		if len(names) == 0 {
			return "{}"
		}
		first := names[0]
		names = names[1:]
		return first
	})
}
