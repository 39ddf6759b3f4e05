package journal_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// TestStandingAsClause goes on with a journal of a version that kept how an invoice stood as an English clause. The
// lines are as that version wrote them.
func TestStandingAsClause(t *testing.T) {
	t.Parallel()
	lines, err := os.ReadFile("testdata/standing_as_clause.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	path := place(t)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, lines, 0o600); err != nil {
		t.Fatal(err)
	}
	j := open(t, journal.Options{Path: path})
	entries, err := j.Entries(t.Context())
	if err != nil || len(entries) != 2 || !entries[0].Open() {
		t.Fatalf("got %+v and error %v, want two entries, the newest open", entries, err)
	}
	for i, want := range []fisklapi.Standing{
		{Status: "Sent", Outstanding: "4980.00", Currency: "GBP"},
		{Status: "Partial", Outstanding: "2600.00", Currency: "GBP"},
	} {
		if got := entries[i].Write.Before; got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	for range 2 {
		r, err := j.Verify(t.Context())
		if err != nil || len(r.Findings) != 0 {
			t.Errorf("got %+v and error %v, want a whole chain", r, err)
		}
		if err := j.End(t.Context(), entries[0].ID, fisklapi.Result{Outcome: fisklapi.Unknown}); err != nil {
			t.Fatal(err)
		}
	}
}
