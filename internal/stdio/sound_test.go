package stdio_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/fiskl-mcp/fiskl-mcp/internal/stdio"
)

// TestNoMessage finds that a line which is no message is answered, by its id
// where it has one, also when nothing follows it, and that the library never
// sees it.
func TestNoMessage(t *testing.T) {
	t.Parallel()
	refused := func(id, code, message string) string {
		return `{"jsonrpc":"2.0","id":` + id + `,"error":{"code":` + code + `,"message":"` + message + `"}}` + "\n"
	}
	noMethod := func(id string) string { return refused(id, "-32600", "the message has no method") }
	noMessage := refused("null", "-32600", "the line is not a JSON-RPC message")
	noJSON := refused("null", "-32700", "the line is not valid JSON")
	for line, want := range map[string]string{
		"":                                  "",
		" \t\r":                             "",
		"oops":                              noJSON,
		`{"id":oops`:                        noJSON,
		`{"id":5,"method":"ping"} {}`:       noJSON,
		`[{"id":5,"method":"ping"}]`:        refused("null", "-32600", "batches are not taken: send one message a line"),
		`5`:                                 noMessage,
		`"ping"`:                            noMessage,
		`{}`:                                noMethod("null"),
		`{"jsonrpc":"2.0","id":5}`:          noMethod("5"),
		`{"id":9007199254740993}`:           noMethod("9007199254740993"),
		`{"id":"a\"b","method":null}`:       noMethod(`"a\"b"`),
		`{"id":{"a":1}}`:                    noMethod("null"),
		`{"id":true,"method":7}`:            noMethod("null"),
		`{"params":{"id":1},"id":6}`:        noMethod("6"),
		`{"jsonrpc":"2.0","id":6,"id":7}`:   noMethod("null"),
		`{"params":{"method":"a"},"id":-6}`: noMethod("-6"),
	} {
		synctest.Test(t, func(t *testing.T) {
			var out bytes.Buffer
			l := &library{says: reply}
			if err := stdio.Serve(t.Context(), settled{strings.NewReader(line + "\n")}, &out, l.listen); err != nil {
				t.Error(err)
			}
			if got := out.String(); got != want || len(l.lines) != 0 {
				t.Errorf("%s: out came %q, want %q; the library got %q", line, got, want, l.lines)
			}
		})
	}
}
