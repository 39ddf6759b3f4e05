package dialect_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// FuzzParse finds that what is read is written again as it was, but for white
// space and the spelling of names.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"a":1,"b":[true,false,null,"x",-1.50e+3,{}]}`, `[]`, `{}`, `""`, ` 12 `, `{"a":{"b":[[],[{}]]}}`, `{"\u0061":1}`, `{"a":1,"a":2}`, `{"é":"\ud800"}`, `{"":0}`,
		"\xef\xbb\xbf[1]", `[`, `{"a"`, `{"a":}`, strings.Repeat("[", 70) + strings.Repeat("]", 70), `{"a" : 1 , "b" : [ 1 , 2 ] }`, "\"\xff\"", `{"<":"&"}`, `[1,]`, `{"a b":-0}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		n, err := dialect.Parse(b)
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("the error has several lines: %q", err)
			}
			return
		}
		written := n.Append(nil)
		if !bytes.Equal(compact(t, written), compact(t, bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")))) && !bytes.Contains(b, []byte(`\`)) && !hasOdd(b) {
			t.Errorf("%q is written %q", b, written)
		}
		again, err := dialect.Parse(written)
		if err != nil {
			t.Fatalf("%q is written %q, which is not read: %v", b, written, err)
		}
		if twice := again.Append(nil); !bytes.Equal(twice, written) {
			t.Errorf("%q is written %q, and that %q", b, written, twice)
		}
	})
}

// hasOdd reports bytes that the names of members are not written as they came.
func hasOdd(b []byte) bool {
	return bytes.ContainsFunc(b, func(r rune) bool { return r >= 0x7f || r == '<' || r == '>' || r == '&' })
}

func compact(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := json.Compact(&out, b); err != nil {
		t.Fatalf("%q: %v", b, err)
	}
	return out.Bytes()
}

// TestParseRefused finds that hostile answers are refused.
func TestParseRefused(t *testing.T) {
	t.Parallel()
	wide := `{` + many(2001, func(i int) string { return fmt.Sprintf(`"m%d":1`, i) })
	for name, test := range map[string]struct{ body, want string }{
		"empty":        {"", "cut off"},
		"half":         {`{"a":[1,2`, "cut off"},
		"a page":       {"<html></html>", "not JSON"},
		"two values":   {"1 2", "not JSON"},
		"twice":        {`{"a":1,"a":2}`, `"a" stands there twice`},
		"twice, spelt": {`{"a":1,"\u0061":2}`, `"a" stands there twice`},
		"deep":         {strings.Repeat("[", 100) + strings.Repeat("]", 100), "levels deep"},
		"deeper":       {strings.Repeat(`{"a":`, 9000) + "1" + strings.Repeat("}", 9000), "levels deep"},
		"wide":         {wide + "}", "more than 2000 members"},
	} {
		_, err := dialect.Parse([]byte(test.body))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
}
