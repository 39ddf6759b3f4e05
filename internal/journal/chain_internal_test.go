package journal

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// FuzzRead takes anything for a journal: it is read, checked and written on, and
// what is written on is of the chain and makes nothing worse.
func FuzzRead(f *testing.F) {
	j, err := Open(Options{})
	if err != nil {
		f.Fatal(err)
	}
	for range 2 { // short, so that a find is made small soon
		if err := j.End(f.Context(), "0123456789abcdef", fisklapi.Result{Outcome: fisklapi.Done}); err != nil {
			f.Fatal(err)
		}
	}
	b, _, err := j.shelf.proceed(place{})
	if err != nil {
		f.Fatal(err)
	}
	whole := string(b)
	f.Add(whole)
	f.Add(whole[:len(whole)-30])
	f.Add(strings.ReplaceAll(whole, `"seq":2`, `"seq":9007199254740991`))
	f.Add(strings.ReplaceAll(whole, `"seq":1`, `"seq":-1`))
	f.Add(strings.ReplaceAll(whole, `"seq"`, `"sequence"`))
	f.Add(`{"v":1,"seq":3,"prev":"` + strings.Repeat("0", 64) + `","event":"gap","lost":null}` + "\n" + whole)
	f.Fuzz(func(t *testing.T, text string) {
		j, err := Open(Options{})
		if err != nil {
			t.Fatal(err)
		}
		j.shelf = &memory{current: []byte(text)}
		before := check(t, j)
		if _, err := j.Begin(t.Context(), Opening{Tool: "next"}, nil); err != nil {
			return // there are no numbers left
		}
		after := check(t, j)
		if after.Lines != before.Lines+1 || after.Head.Seq != max(before.Head.Seq, 0)+1 || after.Grave() > before.Grave() {
			t.Errorf("before %+v, after %+v", before, after)
		}
	})
}

func check(t *testing.T, j *Journal) Report {
	t.Helper()
	r, err := j.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		if f.Says == "" || strings.Contains(f.Says, "%!") {
			t.Errorf("got %q, want a sentence", f.Says)
		}
	}
	return r
}

// FuzzHead takes anything for the record of a last line.
func FuzzHead(f *testing.F) {
	f.Add([]byte(`{"seq":1,"hash":"` + strings.Repeat("0", 64) + `","time":"2026-11-22T18:33:00Z"}`))
	f.Add([]byte("   \n"))
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := parseHead(b)
		if err == nil && h.Seq != 0 && (h.Seq < 0 || !isHash(h.Hash) || !isTime(h.Time)) {
			t.Errorf("got %+v, want a head or an error", h)
		}
	})
}
