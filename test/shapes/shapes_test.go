package shapes_test

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
)

var (
	full   = flag.Bool("full", false, "ask over all shapes, not a part of them")
	update = flag.Bool("update", false, "write the golden file anew")
)

// quick is which of the shapes are asked unless all are: one of so many.
var quick = slowtest.Times(27, 9)

// TestShapes asks everything over every shape. An answer may be refused, or
// say what is wrong with it; it must not be wrong and say nothing.
func TestShapes(t *testing.T) {
	t.Parallel()
	all := shapes()
	if *full && len(all) < 60 {
		t.Errorf("there are only %d shapes", len(all))
	}
	p := newPlain(t)
	golden := goldenLines(t)
	var mu sync.Mutex
	found := make(map[string]string)
	t.Cleanup(func() {
		if *update {
			writeGolden(t, all, found)
		}
	})
	for i, s := range all {
		if !*full && !*update && i%quick != 0 {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			r := p.over(t, s, nil)
			for _, line := range r.silent {
				t.Errorf("silent: %s", line)
			}
			mu.Lock()
			found[s.name] = r.String()
			mu.Unlock()
			if want := golden[s.name]; !*update && want != r.String() {
				t.Errorf("got\n%swant\n%s(go test ./test/shapes -update)", r, want)
			}
		})
	}
}

// plain is what the sandbox answers in its own form.
type plain struct {
	sandbox                     http.Handler
	reads, writes, after        []call
	toReads, toWrites, toAfters []told
}

func newPlain(t *testing.T) *plain {
	t.Helper()
	box := newSandbox()
	c := server(t, box, nil)
	p := &plain{sandbox: box, reads: named(t, c, readings()), writes: named(t, c, writings()), after: named(t, c, written())}
	p.toReads = askAll(t, c, p.reads)
	own := newSandbox()
	p.toWrites = askAll(t, server(t, own, nil), p.writes)
	p.toAfters = askAll(t, server(t, own, nil), p.after)
	for i, q := range slices.Concat(p.reads, p.writes, p.after) {
		if a := slices.Concat(p.toReads, p.toWrites, p.toAfters)[i]; a.failed {
			t.Fatalf("%s is refused over the plain shape: %s", q, a.text)
		}
	}
	return p
}

// report is what became of the calls over one shape.
type report struct {
	by     map[verdict][]string
	silent []string
}

func (r *report) add(t *testing.T, q call, was, got told) {
	t.Helper()
	v, first := judge(was, got)
	line := q.String()
	if v == silent {
		r.silent = append(r.silent, line+": "+first)
	}
	if v != same {
		t.Logf("%s: %s: %s", v, line, first)
	}
	r.by[v] = append(r.by[v], line)
}

// over asks everything over a shape, with what is known of it. What was written
// is read from the books as they are, not over the shape.
func (p *plain) over(t *testing.T, s shape, d *fisklapi.Dialect) *report {
	t.Helper()
	r := &report{by: make(map[verdict][]string)}
	c := server(t, s.handler(p.sandbox), d)
	for i, q := range p.reads {
		r.add(t, q, p.toReads[i], ask(t, c, q))
	}
	own := newSandbox()
	c = server(t, s.handler(own), d)
	done := true
	for i, q := range p.writes {
		got := ask(t, c, q)
		r.add(t, q, p.toWrites[i], got)
		done = done && !got.failed
	}
	if !done {
		return r
	}
	c = server(t, own, nil)
	for i, q := range p.after {
		got := ask(t, c, q)
		if got.failed {
			r.silent = append(r.silent, "in the books, "+q.String()+": "+got.text)
			continue
		}
		r.add(t, call{"in the books, " + q.tool, q.args}, p.toAfters[i], got)
	}
	return r
}

// String says how many answers are the same, and which are not.
func (r *report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "  same %d\n", len(r.by[same]))
	for _, v := range []verdict{texts, said, refused, silent} {
		if len(r.by[v]) > 0 {
			fmt.Fprintf(&b, "  %s %d: %s\n", v, len(r.by[v]), strings.Join(r.by[v], "; "))
		}
	}
	return b.String()
}

const goldenFile = "testdata/shapes.golden"

// goldenLines are what was found last, by the name of the shape.
func goldenLines(t *testing.T) map[string]string {
	t.Helper()
	b, err := os.ReadFile(goldenFile)
	if err != nil && !*update {
		t.Fatal(err)
	}
	all, name := make(map[string]string), ""
	for line := range strings.Lines(string(b)) {
		if !strings.HasPrefix(line, " ") {
			name = strings.TrimSpace(line)
			continue
		}
		all[name] += line
	}
	return all
}

func writeGolden(t *testing.T, all []shape, found map[string]string) {
	t.Helper()
	var b strings.Builder
	for _, s := range all {
		b.WriteString(s.name + "\n" + found[s.name])
	}
	if err := os.MkdirAll(filepath.Dir(goldenFile), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(goldenFile, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}
