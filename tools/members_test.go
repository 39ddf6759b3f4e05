package tools_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// TestMembers finds that an answer which is sent as it is written says what the
// protocol library would have made of it.
func TestMembers(t *testing.T) {
	t.Parallel()
	for name, a := range map[string]tools.Answer{
		"plain":        {Text: "1 row", Structured: json.RawMessage(`{"rows":[1]}`)},
		"marks":        {Text: "a \"b\" <c> & d\n\u2028é", Structured: json.RawMessage(`{"name":"a & b"}`)},
		"no UTF-8":     {Text: "a\xffb\x7f\x00", Structured: json.RawMessage(`{}`)},
		"a failure":    {Text: "there is no client \"x\"", Err: errors.New("lost")},
		"with picture": {Text: "", Structured: json.RawMessage(`{}`), Picture: []byte{1, 2, 3}},
	} {
		whole, err := json.Marshal(a.Result())
		if err != nil {
			t.Fatal(err)
		}
		if got, want := parsed(t, "{"+string(a.Members())+"}"), parsed(t, string(whole)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

func parsed(t *testing.T, text string) (v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}
