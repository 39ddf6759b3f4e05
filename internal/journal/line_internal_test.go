package journal

import (
	"bytes"
	"slices"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// FuzzLine reads anything: what it takes for a line can be written and read
// again, and a field that a later version adds changes nothing.
func FuzzLine(f *testing.F) {
	f.Add([]byte(`{"v":1,"event":"begin","id":"0123456789abcdef","time":"2026-11-22T18:33:00.123Z","process":"7-a","company":"A","tool":"t","arguments":"d","write":{"amount":"1.50","twins":[1]}}`))
	f.Add([]byte(`{"v":1,"event":"end","id":"0123456789abcdef","time":"2026-11-22T18:33:00+01:00","result":{"outcome":"done","id":9}}`))
	f.Add([]byte(`{"v":1,"event":"carry","id":"0123456789abcdef","time":"9999-12-31T23:59:59-01:00","process":"7-a","tool":"t"}`))
	f.Add([]byte(`{"v":2}`))
	f.Add([]byte("\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		l, ok := parse(b)
		if !ok {
			return
		}
		written, err := encode(l)
		if err != nil {
			t.Fatalf("%q cannot be written: %v", b, err)
		}
		if bytes.Count(written, []byte("\n")) != 1 || !bytes.HasSuffix(written, []byte("\n")) {
			t.Fatalf("%q is written as several lines: %q", b, written)
		}
		later := bytes.Replace(written, []byte("{"), []byte(`{"in_later_versions":[{}],`), 1)
		for _, other := range [][]byte{written, later} {
			again, ok := parse(other)
			if !ok {
				t.Fatalf("%q is no line any more: %q", b, other)
			}
			if rewritten, err := encode(again); err != nil || !bytes.Equal(rewritten, written) {
				t.Fatalf("got %q, want %q, %v", rewritten, written, err)
			}
		}
	})
}

// TestEarlierLines reads lines whose ids are numbers, as earlier versions wrote them, and writes them as texts.
func TestEarlierLines(t *testing.T) {
	t.Parallel()
	l, ok := parse([]byte(`{"v":1,"event":"begin","id":"0123456789abcdef","time":"2026-11-22T18:33:00.123Z","process":"7-a","company":"A","tool":"t","arguments":"d","write":{"operation":"recordPayment","noun":"invoice","id":5253,"content":"c","twins":[4,9007199254740993]}}`))
	if !ok || l.Write.ID != "5253" || !slices.Equal(l.Write.Twins, []schemas.ID{"4", "9007199254740993"}) {
		t.Fatalf("got %+v, want the ids as texts", l.Opening)
	}
	written, err := encode(l)
	if err != nil || !bytes.Contains(written, []byte(`"id":"5253"`)) || !bytes.Contains(written, []byte(`"twins":["4","9007199254740993"]`)) {
		t.Errorf("got %s and error %v, want the ids as texts", written, err)
	}
	l, ok = parse([]byte(`{"v":1,"event":"end","id":"0123456789abcdef","time":"2026-11-22T18:33:01Z","result":{"outcome":"done","id":8613}}`))
	if !ok || l.Result.ID != "8613" {
		t.Errorf("got %+v, want id 8613", l.Result)
	}
}
