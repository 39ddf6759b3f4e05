package journal_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// headed is a journal whose last line is kept in mind beside it, and in a place
// that may be lost.
func headed(path string, o journal.Options) journal.Options {
	o.Path = path
	root := filepath.Dir(filepath.Dir(path))
	o.Heads = []string{filepath.Join(root, "heads", "a.head"), filepath.Join(root, "cache", "a.head")}
	return o
}

func verify(tb testing.TB, path string, known ...journal.Head) journal.Report {
	tb.Helper()
	j, err := journal.Open(headed(path, journal.Options{}))
	if err != nil {
		tb.Fatal(err)
	}
	r, err := j.Verify(context.Background(), known...)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// found says what was found, such as "changed 5-5".
func found(r journal.Report) string {
	var words []string
	for _, f := range r.Findings {
		words = append(words, fmt.Sprintf("%s %d-%d", f.Kind, f.First, f.Last))
	}
	return strings.Join(words, ", ")
}

func wantFound(tb testing.TB, what, path, want string) journal.Report {
	tb.Helper()
	r := verify(tb, path)
	if got := found(r); got != want {
		tb.Errorf("%s: found %q, want %q: %+v", what, got, want, r.Findings)
	}
	return r
}

// filled is a journal of ten lines in a current file, an hour apart.
func filled(t *testing.T) (path string, lines []string) {
	t.Helper()
	path = place(t)
	c := newClock()
	j := open(t, headed(path, journal.Options{Now: c.Now}))
	for n := range 5 {
		id := begin(t, j, fmt.Sprint("d", n))
		c.step(time.Hour)
		end(t, j, id, done(n))
		c.step(time.Hour)
	}
	return path, strings.SplitAfter(strings.TrimSuffix(contents(t, path), "\n")+"\n", "\n")[:10]
}

// TestTampering changes a journal by hand in every way that there is, and finds
// what was done and where.
func TestTampering(t *testing.T) {
	t.Parallel()
	edit := func(n int, old, to string) func([]string) []string {
		return func(l []string) []string {
			changed := strings.Replace(l[n-1], old, to, 1)
			if changed == l[n-1] {
				panic(old + " is not in " + l[n-1])
			}
			l[n-1] = changed
			return l
		}
	}
	cases := map[string]struct {
		do   func([]string) []string
		want string
	}{
		"nothing":                 {func(l []string) []string { return l }, ""},
		"an amount":               {edit(5, "12.50", "92.50"), "changed 5-5"},
		"the first line":          {edit(1, "12.50", "92.50"), "changed 1-1"},
		"the last line":           {edit(10, "PAY-1", "PAY-2"), "changed 10-10"},
		"a link":                  {edit(5, `"prev":"`, `"prev":"0`), "unnumbered 4-4, missing 5-5"},
		"a number":                {edit(5, `"seq":5`, `"seq":50`), "changed 5-5"},
		"a number, to less":       {edit(5, `"seq":5`, `"seq":2`), "changed 5-5"},
		"the first number":        {edit(1, `"seq":1`, `"seq":9`), "changed 1-1"},
		"a line is unreadable":    {func(l []string) []string { l[4] = "rubbish\n"; return l }, "missing 5-5"},
		"a line is taken out":     {func(l []string) []string { return slices.Delete(l, 4, 5) }, "missing 5-5"},
		"three are":               {func(l []string) []string { return slices.Delete(l, 4, 7) }, "missing 5-7"},
		"the first is":            {func(l []string) []string { return l[1:] }, "missing 1-1"},
		"the last is":             {func(l []string) []string { return l[:9] }, "cut 10-10"},
		"the last four are":       {func(l []string) []string { return l[:6] }, "cut 7-10"},
		"all are":                 {func([]string) []string { return nil }, "cut 1-10"},
		"two are swapped":         {func(l []string) []string { l[4], l[5] = l[5], l[4]; return l }, "moved 5-5"},
		"the first two are":       {func(l []string) []string { l[0], l[1] = l[1], l[0]; return l }, "moved 1-1"},
		"the last two are":        {func(l []string) []string { l[8], l[9] = l[9], l[8]; return l }, "moved 9-9"},
		"a line is there twice":   {func(l []string) []string { return slices.Insert(l, 7, l[2]) }, "moved 3-3"},
		"a line is added":         {func(l []string) []string { return slices.Insert(l, 4, bare(l[4])) }, "added 4-4"},
		"a line is added at last": {func(l []string) []string { return append(l, bare(l[4])) }, "unnumbered 10-10"},
		"half a line at last":     {func(l []string) []string { return append(l, l[4][:20]) }, "torn 0-0"},
		"the last line is cut":    {func(l []string) []string { l[9] = l[9][:30]; return l }, "torn 0-0, cut 10-10"},
		"only a line's end is":    {func(l []string) []string { l[9] = strings.TrimSuffix(l[9], "\n"); return l }, ""},
		"rubbish is added":        {func(l []string) []string { return slices.Insert(l, 4, "rubbish\n") }, "added 4-4"},
		"an empty line is added":  {func(l []string) []string { return slices.Insert(l, 4, "\n") }, "added 4-4"},
		"two edits":               {func(l []string) []string { return edit(8, "PAY", "PUY")(edit(2, "PAY", "PUY")(l)) }, "changed 2-2, changed 8-8"},
		"two edits side by side":  {func(l []string) []string { return edit(3, "12.50", "1.50")(edit(2, "PAY", "PUY")(l)) }, "changed 2-3"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path, lines := filled(t)
			write(t, path, strings.Join(c.do(lines), ""))
			r := wantFound(t, name, path, c.want)
			if r.Sound() != (c.want == "" || c.want == "torn 0-0") {
				t.Errorf("sound: %t", r.Sound())
			}
			for _, f := range r.Findings {
				if f.Says == "" || strings.Contains(f.Says, "%!") {
					t.Errorf("got %q, want a sentence", f.Says)
				}
			}
		})
	}
}

// bare is a line as an earlier version wrote it.
func bare(line string) string {
	_, rest, _ := strings.Cut(line, `"event"`)
	return `{"v":1,"event"` + rest
}

// TestSays holds what a person is told.
func TestSays(t *testing.T) {
	t.Parallel()
	path, lines := filled(t)
	write(t, path, strings.Join(slices.Delete(lines, 4, 6), ""))
	r := verify(t, path)
	want := "Lines 5 to 6 are missing: taken out or made unreadable, between 2026-11-22 21:33:00 UTC and 2026-11-23 00:33:00 UTC (at line 5 of api.fiskl.com-501.jsonl). Whether line 4 was changed cannot be told without them."
	if len(r.Findings) != 1 || r.Findings[0].Says != want {
		t.Errorf("got %+v, want %s", r.Findings, want)
	}
	write(t, path, strings.Join(lines[:4], ""))
	want = "Lines 5 to 10 are missing at the end: the journal was cut short, or an older copy was put back. The record of its last line knows line 10 of 2026-11-23 03:33:00 UTC; the last line before it that is here is of 2026-11-22 21:33:00 UTC."
	if r = verify(t, path); len(r.Findings) != 1 || r.Findings[0].Says != want {
		t.Errorf("got %+v, want %s", r.Findings, want)
	}
}

// TestAnyChange makes one change at random: it is found.
func TestAnyChange(t *testing.T) {
	t.Parallel()
	path := place(t)
	c := newClock()
	j := open(t, headed(path, journal.Options{Now: c.Now, MaxSize: 3000}))
	for n := range 12 {
		id := begin(t, j, fmt.Sprint("d", n))
		c.step(time.Minute)
		end(t, j, id, done(n))
	}
	if r := wantFound(t, "before", path, ""); r.Files < 3 || r.Lines != 24 {
		t.Fatalf("got %+v, want 24 lines in 3 files or more", r)
	}
	var before []string
	all := names(t, path)
	for _, file := range all {
		before = append(before, contents(t, file))
	}
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(0, len(all)-1).Draw(r, "file")
		text := changedAnyhow(r, before[n])
		if text == before[n] {
			r.Skip("nothing was changed")
		}
		if n == len(all)-1 && text == strings.TrimSuffix(before[n], "\n") {
			r.Skip("the end of the last line is no part of what it tells")
		}
		if err := os.WriteFile(all[n], []byte(text), 0o600); err != nil {
			r.Fatal(err)
		}
		defer func() {
			if err := os.WriteFile(all[n], []byte(before[n]), 0o600); err != nil {
				r.Fatal(err)
			}
		}()
		got, err := j.Verify(context.Background())
		if err != nil || got.Sound() {
			r.Fatalf("found %+v, %v", got.Findings, err)
		}
	})
}

func changedAnyhow(r *rapid.T, text string) string {
	lines := strings.SplitAfter(text, "\n")
	lines = lines[:len(lines)-1]
	n, m := rapid.IntRange(0, len(lines)-1).Draw(r, "line"), rapid.IntRange(0, len(lines)-1).Draw(r, "other")
	switch rapid.SampledFrom([]string{"edit", "delete", "swap", "cut", "insert"}).Draw(r, "how") {
	case "edit":
		b := []byte(lines[n])
		b[rapid.IntRange(0, len(b)-1).Draw(r, "at")] = rapid.Byte().Draw(r, "to")
		lines[n] = string(b)
	case "delete":
		lines = slices.Delete(lines, n, n+1)
	case "swap":
		lines[n], lines[m] = lines[m], lines[n]
	case "cut":
		return text[:rapid.IntRange(0, len(text)-1).Draw(r, "cut")]
	default:
		lines = slices.Insert(lines, n, lines[m])
	}
	return strings.Join(lines, "")
}

// TestRestored puts an older copy back, and writes on: it is noticed before and
// after.
func TestRestored(t *testing.T) {
	t.Parallel()
	path, lines := filled(t)
	write(t, path, strings.Join(lines[:4], ""))
	wantFound(t, "restored", path, "cut 5-10")
	c := newClock()
	c.step(100 * time.Hour)
	j := open(t, headed(path, journal.Options{Now: c.Now}))
	begin(t, j, "next")
	end(t, j, begin(t, j, "after"), done(1))
	r := wantFound(t, "written on", path, "restored 5-10")
	if r.Head.Seq != 14 || r.Lines != 8 {
		t.Errorf("got %+v, want 8 lines up to 14", r)
	}
	want := "Lines 5 to 10 are missing or not as written, which was noticed at 2026-11-26 22:33:00 UTC when the next line was written: the journal had been cut short, or an older copy had been put back; the last line before it that is here is of 2026-11-22 21:33:00 UTC (at line 5 of api.fiskl.com-501.jsonl)."
	if r.Findings[0].Says != want {
		t.Errorf("got %s\nwant %s", r.Findings[0].Says, want)
	}
	wantTold(t, "entries", entries(t, j), "after:done next d1:done d0:done")
}

// TestRestoredWithItsRecord puts the journal and the record beside it back: the
// other place knows.
func TestRestoredWithItsRecord(t *testing.T) {
	t.Parallel()
	path, lines := filled(t)
	root := filepath.Dir(filepath.Dir(path))
	write(t, path, strings.Join(lines[:4], ""))
	if err := os.RemoveAll(filepath.Join(root, "heads")); err != nil {
		t.Fatal(err)
	}
	r := wantFound(t, "with its record", path, "cut 5-10, headless 0-0")
	if !strings.Contains(r.Findings[0].Where, filepath.Join(root, "cache", "a.head")) {
		t.Errorf("got %+v, want where the record is", r.Findings)
	}
	if err := os.RemoveAll(filepath.Dir(path)); err != nil {
		t.Fatal(err)
	}
	wantFound(t, "all of it gone", path, "cut 1-10")
	j := open(t, headed(path, journal.Options{}))
	begin(t, j, "next")
	wantFound(t, "and written on", path, "restored 1-10")
}

// TestLastChanged has the last line changed before the next is written.
func TestLastChanged(t *testing.T) {
	t.Parallel()
	path, lines := filled(t)
	write(t, path, strings.Replace(strings.Join(lines, ""), `"id":"4"`, `"id":"5"`, 1))
	wantFound(t, "changed", path, "changed 10-10")
	begin(t, open(t, headed(path, journal.Options{})), "next")
	wantFound(t, "written on", path, "restored 10-10")
}

// TestNoted finds a line that somebody noted down, and one that is not there.
func TestNoted(t *testing.T) {
	t.Parallel()
	path, lines := filled(t)
	head := verify(t, path).Head
	begin(t, open(t, headed(path, journal.Options{})), "next")
	if r := verify(t, path, head); !r.Found || !r.Sound() || head.Seq != 10 {
		t.Errorf("got %+v after line %d, want line 10 found and all sound", r, head.Seq)
	}
	if r := verify(t, path, journal.Head{Seq: 10, Hash: strings.Repeat("0", 64)}); r.Found || found(r) != "not there 10-10" {
		t.Errorf("got %+v, want line 10 not there", r)
	}
	// Everything made anew, the records too: only what was noted tells.
	again, root := place(t), filepath.Dir(filepath.Dir(path))
	begin(t, open(t, headed(again, journal.Options{})), "another")
	if err := errors.Join(os.RemoveAll(root), os.Rename(filepath.Dir(filepath.Dir(again)), root)); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, path, head); r.Found || found(r) != "not there 10-10" {
		t.Errorf("got %+v after %d lines, want line 10 not there", r, len(lines))
	}
}

// TestEarlierVersion goes on in a journal that an earlier version wrote, which
// then is covered, and beside one that still writes.
func TestEarlierVersion(t *testing.T) {
	t.Parallel()
	old, lines := filled(t)
	for i, l := range lines {
		lines[i] = bare(l)
	}
	stem := strings.TrimSuffix(filepath.Base(old), ".jsonl")
	path := place(t)
	write(t, filepath.Join(filepath.Dir(path), stem+"-20251231T000000.000Z.jsonl"), strings.Join(lines[:2], ""))
	write(t, filepath.Join(filepath.Dir(path), stem+"-20260101T000000.000Z.jsonl"), strings.Join(lines[2:4], ""))
	write(t, path, strings.Join(lines[4:], ""))
	if r := wantFound(t, "before", path, ""); r.Before != 10 || r.Lines != 0 {
		t.Errorf("got %+v, want no line, and 10 before", r)
	}
	j := open(t, headed(path, journal.Options{}))
	begin(t, j, "next")
	wantTold(t, "entries", entries(t, j), "next d4:done d3:done d2:done d1:done d0:done")
	if r := wantFound(t, "after", path, ""); r.Before != 10 || r.Lines != 1 {
		t.Errorf("got %+v, want one line, and 10 before", r)
	}
	mine := contents(t, path)
	write(t, path, mine+lines[0]+lines[1])
	wantFound(t, "beside it", path, "unnumbered 1-1")
	begin(t, j, "last")
	wantFound(t, "beside it, then written on", path, "unnumbered 1-1")
	write(t, path, strings.Replace(mine, "d3", "d9", 1))
	if err := os.RemoveAll(filepath.Join(filepath.Dir(filepath.Dir(path)), "heads")); err != nil {
		t.Fatal(err)
	}
	if got := found(verify(t, path)); !strings.HasPrefix(got, "earlier 0-0") {
		t.Errorf("an earlier line was changed: got %q, want that", got)
	}
}

// TestRetention drops what is old, notes it, and can check what is left.
func TestRetention(t *testing.T) {
	t.Parallel()
	path := place(t)
	c := newClock()
	o := headed(path, journal.Options{Now: c.Now, Retention: 240 * time.Hour})
	j := open(t, o)
	first := begin(t, j, "open")
	for n := range 40 {
		c.step(12 * time.Hour)
		end(t, j, begin(t, j, fmt.Sprint("n", n)), done(1))
		if r := wantFound(t, fmt.Sprint("after ", n), path, ""); n == 39 && (len(r.Dropped) < 5 || r.From.Before(c.Now().Add(-300*time.Hour))) {
			t.Errorf("got %+v, want what was dropped, from 300 hours ago on", r)
		}
	}
	got := told(entries(t, j))
	if !strings.Contains(got, "n21:done") || strings.Contains(got, "n10:") || !strings.HasSuffix(got, " open") {
		t.Errorf("got %s, want n21 and what is open, without n10", got)
	}
	end(t, j, first, done(1))
	wantFound(t, "ended", path, "")
	// One more than was noted is taken out.
	all := names(t, path)
	if err := os.Remove(all[0]); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, path); r.Sound() || r.Findings[0].Kind != journal.Missing {
		t.Errorf("found %+v", r.Findings)
	}
}

// TestDropCutOff stops between the note and the removal.
func TestDropCutOff(t *testing.T) {
	t.Parallel()
	path := place(t)
	c := newClock()
	j := open(t, headed(path, journal.Options{Now: c.Now, Retention: 240 * time.Hour}))
	for range 30 {
		c.step(12 * time.Hour)
		all := names(t, path)
		text := ""
		if len(all) > 1 {
			text = contents(t, all[0])
		}
		end(t, j, begin(t, j, "a"), done(1))
		if text == "" || exists(all[0]) {
			continue
		}
		write(t, all[0], text)
		wantFound(t, "put back", path, "")
		end(t, j, begin(t, j, "b"), done(1))
		if wantFound(t, "then written on", path, ""); exists(all[0]) || strings.Count(contents(t, path), `"drop"`) > 1 {
			t.Errorf("%s stayed, or was noted twice", all[0])
		}
		return
	}
	t.Error("nothing was dropped")
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// TestHeadInTheWay writes nothing where the last line cannot be kept in mind;
// the other place does not matter.
func TestHeadInTheWay(t *testing.T) {
	t.Parallel()
	path := place(t)
	root := filepath.Dir(filepath.Dir(path))
	write(t, filepath.Join(root, "cache"), "a file")
	j := open(t, headed(path, journal.Options{}))
	begin(t, j, "a")
	if err := os.RemoveAll(filepath.Join(root, "heads")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(root, "heads"), "a file")
	wantRefused(t, j, "the record of its last line: ")
	wantTold(t, "entries", entries(t, j), "a")
}

// TestTornChain cuts the last line at every byte, as a crash does that comes
// before the line is kept in mind: nothing is wrong, before and after the next.
func TestTornChain(t *testing.T) {
	t.Parallel()
	path, lines := filled(t)
	behind := contents(t, filepath.Join(filepath.Dir(filepath.Dir(path)), "heads", "a.head"))
	begin(t, open(t, headed(path, journal.Options{})), "crashed")
	whole := contents(t, path)
	for cut := len(strings.Join(lines, "")); cut <= len(whole); cut += 7 {
		again := place(t)
		root := filepath.Dir(filepath.Dir(again))
		write(t, again, whole[:cut])
		write(t, filepath.Join(root, "heads", "a.head"), behind)
		write(t, filepath.Join(root, "cache", "a.head"), behind)
		if r := verify(t, again); !r.Sound() {
			t.Errorf("cut at %d: found %+v", cut, r.Findings)
		}
		begin(t, open(t, headed(again, journal.Options{})), "next")
		r := verify(t, again)
		if torn := strings.Contains(found(r), "torn"); !r.Sound() || r.Findings != nil && torn != (cut > len(strings.Join(lines, "")) && cut < len(whole)-1) {
			t.Errorf("cut at %d, then written on: found %+v", cut, r.Findings)
		}
	}
}

// TestListed lists and checks the last files only, and says so.
func TestListed(t *testing.T) {
	t.Parallel()
	path := place(t)
	j := open(t, headed(path, journal.Options{MaxSize: small, Listed: 2}))
	for n := range 8 {
		end(t, j, begin(t, j, fmt.Sprint("n", n)), done(n))
	}
	r, err := j.VerifyListed(t.Context())
	if err != nil || !r.Partial || r.Files != 3 || !r.Sound() {
		t.Errorf("got %+v, error %v, want a sound part of 3 files", r, err)
	}
	if all := entries(t, j); len(all) == 0 || len(all) > 6 {
		t.Errorf("got %s, want 1 to 6 entries", told(all))
	}
	if r := verify(t, path); r.Partial || r.Lines != 16 {
		t.Errorf("got %+v, want all 16 lines", r)
	}
}

// TestMemoryChain follows the chain of a journal in memory.
func TestMemoryChain(t *testing.T) {
	t.Parallel()
	j := open(t, journal.Options{MaxSize: small})
	for range 6 {
		end(t, j, begin(t, j, "a"), done(1))
	}
	r, err := j.Verify(t.Context())
	if err != nil || r.Lines != 12 || !r.Sound() || r.Company != "Acme <GmbH>" {
		t.Errorf("got %+v, error %v, want 12 sound lines of Acme <GmbH>", r, err)
	}
}

// TestAccepted has somebody say that what was found is known: it counts no more,
// and what comes later does.
func TestAccepted(t *testing.T) {
	t.Parallel()
	path, lines := filled(t)
	j := open(t, headed(path, journal.Options{}))
	if n, err := j.Accept(t.Context()); n != 0 || err != nil || contents(t, path) != strings.Join(lines, "") {
		t.Errorf("got %d, error %v, want nothing accepted or written", n, err)
	}
	lines = slices.Delete(lines[:8], 2, 3)
	lines[0] = strings.Replace(lines[0], "12.50", "92.50", 1)
	write(t, path, strings.Join(lines, ""))
	wantFound(t, "before", path, "changed 1-1, missing 3-3, cut 9-10")
	if n, err := j.Accept(t.Context()); n != 3 || err != nil {
		t.Errorf("got %d, error %v, want 3 accepted", n, err)
	}
	begin(t, j, "next")
	if r := wantFound(t, "accepted", path, "changed 1-1, missing 3-3, restored 9-10"); !r.Sound() || r.Findings[2].Accepted.IsZero() {
		t.Errorf("got %+v, want all accepted", r)
	}
	write(t, path, strings.Replace(contents(t, path), `"d3"`, `"d9"`, 1))
	if r := wantFound(t, "then changed", path, "changed 1-1, missing 3-3, changed 7-7, restored 9-10"); r.Grave() != 1 {
		t.Errorf("got %+v, want one that is not accepted", r)
	}
}
